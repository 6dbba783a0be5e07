import { instanceProcessor } from '../../lib/values/instance-processor';
import { instanceType, instanceTypeNames } from '../../lib/values/instance-type';
import { cpuTest, runsOn } from '../../lib/values/target';

test.each([
  ['c5.24xlarge', true],
  ['c6i.24xlarge', true],
  ['c7i.24xlarge', true],
  ['m7i-flex.large', true],
  ['hpc7a.96xlarge', true],
  ['p4d.24xlarge', true],
  ['c5a.24xlarge', false],
  ['m5a.24xlarge', false],
  ['c6a.24xlarge', false],
  ['hpc6a.48xlarge', false],
  ['g5.48xlarge', false],
  ['p5.48xlarge', false],
])('%s has AVX-512: %s', (type, has) => {
  expect(runsOn('x86_64_v4', instanceProcessor(type) ?? 'x86_64')).toBe(has);
});

test.each(['c6gn.16xlarge', 'm7g.large', 'c8gd.48xlarge', 'hpc7g.16xlarge'])('%s is an Arm machine', (type) => {
  expect(runsOn('aarch64', instanceProcessor(type) ?? 'x86_64')).toBe(true);
});

test.each(['z9.large', 'c7i', '', 'xc7i.large', '.large'])('nothing is known of %j', (type) => {
  expect(instanceProcessor(type)).toBeUndefined();
});

test('each family of the catalogue has the architecture that EC2 says', () => {
  const wrong = instanceTypeNames().filter((name) => {
    const processor = instanceProcessor(name);
    const arch = { x86_64: 'x86_64', arm64: 'aarch64' }[instanceType(name)?.arch ?? 'x86_64'];
    return processor !== undefined && cpuTest(processor).machine !== arch;
  });
  expect(wrong).toEqual([]);
});

test('families of the catalogue that are not known are these', () => {
  const unknown = instanceTypeNames().filter((name) => instanceProcessor(name) === undefined);
  expect([...new Set(unknown.map((name) => name.split('.')[0]))]).toEqual(['g7e', 'p6-b200', 'p6-b300']);
});

import { bestFor, canBuild, cpuTest, lineage, mostSpecificFirst, runsOn, Target } from '../../lib/values/target';

describe('microarchitectures', () => {
  test('are named as Spack does', () => {
    expect([Target.X86_64_V3, Target.ZEN4, Target.NEOVERSE_V1]).toEqual(['x86_64_v3', 'zen4', 'neoverse_v1']);
  });

  test('run the code of their ancestors, not of their siblings', () => {
    expect(runsOn('x86_64_v3', 'zen2')).toBe(true);
    expect(runsOn('x86_64_v4', 'zen3')).toBe(false);
    expect(runsOn('x86_64_v4', 'zen4')).toBe(true);
    expect(runsOn('icelake', 'zen4')).toBe(false);
    expect(runsOn('x86_64_v2', 'neoverse_v1')).toBe(false);
    expect(lineage('skylake_avx512')).toContain('haswell');
  });

  test('a machine gets the nearest target that was built', () => {
    expect(bestFor('sapphirerapids', ['x86_64_v3', 'x86_64_v4'])).toBe('x86_64_v4');
    expect(bestFor('zen3', ['x86_64_v3', 'x86_64_v4'])).toBe('x86_64_v3');
    expect(bestFor('a64fx', ['x86_64_v3'])).toBeUndefined();
    expect(mostSpecificFirst(['x86_64_v3', 'zen4', 'x86_64_v4'])).toEqual(['zen4', 'x86_64_v4', 'x86_64_v3']);
  });

  test('are built by compilers that know them', () => {
    expect(canBuild('oneapi', '2025.3.1', 'zen3')).toBe(true);
    expect(canBuild('oneapi', '2025.3.1', 'zen4')).toBe(false);
    expect(canBuild('gcc', '13.3.0', 'zen4')).toBe(true);
    expect(canBuild('gcc', '13.3.0', 'zen5')).toBe(false);
    expect(canBuild('gcc', '14.1.0', 'zen5')).toBe(true);
  });

  test('are recognised by the flags of all of their ancestors', () => {
    expect(cpuTest('x86_64_v4')).toMatchObject({
      machine: 'x86_64',
      flags: expect.arrayContaining(['avx2', 'avx512f']),
    });
    expect(cpuTest('zen4')).toMatchObject({
      vendor: 'AuthenticAMD',
      flags: expect.arrayContaining(['clzero', 'gfni']),
    });
    expect(cpuTest('neoverse_v1')).toEqual({ machine: 'aarch64', part: ['0x41', '0xd40'] });
  });
});

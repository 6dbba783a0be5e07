import fc from '../fast-check';
import { Spec } from '../../lib/values/spec';
import { valueCodes } from '../../lib/values/codes';
import { anySpec, specLike } from './spec-examples';

const good = (text: string) => {
  const spec = Spec.parse(text);
  expect(spec.problem).toBeUndefined();
  return spec;
};

describe('Spec', () => {
  test('knows the parts of a spec', () => {
    const spec = good(
      'builtin.hdf5@1.14.5 ~shared +mpi api=v110 cflags="-O2 -g" arch=linux-debian12-x86_64_v3 %c,cxx=gcc@13.3 ^[virtuals=mpi] openmpi@5: +pmix',
    );
    expect(spec).toMatchObject({ name: 'hdf5', namespace: 'builtin', version: '1.14.5', versions: '1.14.5' });
    expect(spec).toMatchObject({ platform: 'linux', os: 'debian12', target: 'x86_64_v3', hash: undefined });
    expect([...spec.variants]).toEqual([
      ['shared', false],
      ['mpi', true],
      ['api', ['v110']],
    ]);
    expect(spec.flags.get('cflags')).toBe('-O2 -g');
    expect(spec.compiler?.toString()).toBe('gcc@13.3');
    const [compiler, mpi] = spec.dependencies;
    expect(compiler).toMatchObject({ direct: true, virtuals: ['c', 'cxx'] });
    expect(mpi).toMatchObject({ direct: false, virtuals: ['mpi'] });
    expect(mpi!.spec.variants.get('pmix')).toBe(true);
    expect(Spec.isSpec(spec)).toBe(true);
    expect(Spec.isSpec({})).toBe(false);
  });

  test.each([
    ['hdf5 +mpi', 'hdf5+mpi'],
    ['hdf5 +z -a+m', 'hdf5~a+m+z'],
    ['hdf5@1.14:+mpi', 'hdf5@1.14:+mpi'],
    ['hdf5 b=2 +mpi a="x y"', "hdf5+mpi a='x y' b=2"],
    ['hdf5 cflags=-O2 +mpi cflags="-g -I /x"', "hdf5 cflags='-O2 -g -I /x' +mpi"],
    ['hdf5 api=b,a,b', 'hdf5 api=a,b'],
    ['hdf5 mpi=TRUE ++x --y z==1 w:=2', 'hdf5+mpi++x~~y w:=2 z==1'],
    ['hdf5@1.2,1.3:1.5,=1.4,2:', 'hdf5@1.2:1.5,2:'],
    ['hdf5@=1.14.5', 'hdf5@=1.14.5'],
    ['hdf5@:', 'hdf5'],
    ['hdf5@git.main=2.0', 'hdf5@git.main=2.0'],
    ['hdf5@ 1.2 , 1.4', 'hdf5@1.2,1.4'],
    ['foo%gcc@13+bar', 'foo %gcc@13+bar'],
    ['foo %clang', 'foo %clang'],
    ['foo %llvm', 'foo %clang'],
    ['foo %c=gcc %cxx=gcc ^b ^a%gcc@12', 'foo %c,cxx=gcc ^a %gcc@12 ^b'],
    ['foo %[virtuals=mpi] openmpi', 'foo %mpi=openmpi'],
    ['foo ^[virtuals=mpi when=+mpi deptypes=link,build] openmpi', "foo ^[when='+mpi' deptypes=build,link] mpi=openmpi"],
    ['foo %%gcc', 'foo %%gcc'],
    ['foo/abc123', 'foo /abc123'],
    ['foo target=zen4 os=debian12', 'foo os=debian12 target=zen4'],
    ['foo x="it\'s"', 'foo x="it\'s"'],
    ['foo x=*', "foo x='*'"],
    ['foo ^+x', 'foo ^* +x'],
  ])('%s is %s', (text, canonical) => {
    expect(good(text).toString()).toBe(canonical);
    expect(good(canonical).toString()).toBe(canonical);
  });

  test.each([
    ['hdf5+mpi~x', 'hdf5 ~x +mpi', true],
    ['hdf5@1.2-3', 'hdf5@1.2.3', true],
    ['hdf5@1.2', 'hdf5@=1.2', false],
    ['hdf5@1:2,3:4', 'hdf5@1:4', true],
    ['hdf5 a=1 ^x ^y', 'hdf5 ^y ^x a=1', false],
    ['hdf5 ^x ^y', 'hdf5 ^y ^x', true],
    ['hdf5 %gcc', 'hdf5 ^gcc', false],
    ['hdf5 cflags="-a -b"', 'hdf5 cflags="-b -a"', false],
  ])('%s equals %s: %p', (a, b, equal) => expect(good(a).equals(good(b))).toBe(equal));

  test.each([
    ['hdf5 +-mpi', 6, 'HPC1100', "did you mean '+mpi' or '~mpi'?"],
    ['hdf5 +mpi+', 10, 'HPC1100', 'remove it'],
    ['hdf5 mpi=+', 6, 'HPC1100', "did you mean '+mpi'?"],
    ['hdf5=+mpi', 1, 'HPC1100', "did you mean 'hdf5 +mpi'?"],
    ['hdf5 +mpi=true', 10, 'HPC1100', "'+mpi' or 'mpi=true'"],
    ['hdf5@@1.14', 5, 'HPC1100', "did you mean '@1.14'?"],
    ['hdf5@', 5, 'HPC1100', "'@1.14'"],
    ['hdf5 cflags="-O2', 12, 'HPC1100', 'close the quote'],
    ['hdf5 cflags=-O2 -g"', 19, 'HPC1100', 'close the quote'],
    ['hdf5 api = v110', 10, 'HPC1100', "write 'api=value'"],
    ['hdf5>=1.12', 5, 'HPC1100', "'@1.2:'"],
    ['hdf5 [virtuals=mpi] openmpi', 6, 'HPC1100', '^[virtuals=mpi] openmpi'],
    ['hdf5 target=zen4%gcc', 6, 'HPC1100', "did you mean 'target=zen4 %gcc'?"],
    ['hdf5 api=v110+mpi', 6, 'HPC1100', "did you mean 'api=v110 +mpi'?"],
    ['hdf5 € x', 6, 'HPC1100', undefined],
    ['hdf5 arch==zen4', 6, 'HPC1100', "write 'arch=zen4'"],
    ['./x.yaml', 1, 'HPC1100', undefined],
    ['HDF5@1.14', 1, 'HPC1107', "did you mean 'hdf5'?"],
    ['builtin.HDF5', 1, 'HPC1107', "did you mean 'builtin.hdf5'?"],
    ['hdf5 ^OpenMPI', 7, 'HPC1107', "did you mean 'openmpi'?"],
    ['hdf5 %c=GCC', 6, 'HPC1107', "did you mean 'gcc'?"],
    ['hdf5 zlib', 6, 'HPC1102', "'^zlib'"],
    ['hdf5 %c=gcc clang', 13, 'HPC1102', undefined],
    ['hdf5@1 @2', 8, 'HPC1103', 'list'],
    ['hdf5 +mpi ~mpi', 11, 'HPC1103', undefined],
    ['hdf5 os=a os=b', 11, 'HPC1103', undefined],
    ['hdf5 os=a arch=zen4', 11, 'HPC1103', "write 'target=zen4'"],
    ['hdf5 /a/b', 8, 'HPC1103', undefined],
    ['hdf5 ^a@1 ^a@2', 11, 'HPC1103', undefined],
    ['hdf5@2:1', 5, 'HPC1104', undefined],
    ['hdf5 ^', 6, 'HPC1101', undefined],
    ['hdf5 ^[types=build] a', 8, 'HPC1105', undefined],
    ['hdf5 ^[deptypes=all] a', 6, 'HPC1105', undefined],
    ['hdf5 ^[virtuals=mpi openmpi', 21, 'HPC1105', undefined],
    ["hdf5 ^[when='+a,b'] c", 6, 'HPC1105', undefined],
    ['hdf5 x="it\'s \\"y\\""', 6, 'HPC1106', undefined],
  ])('%s is refused at character %d', (text, at, code, fix) => {
    const { problem } = Spec.parse(text);
    expect(problem).toMatchObject({ code, message: expect.stringContaining(`at character ${at},`) });
    if (fix !== undefined) expect(problem!.fix).toContain(fix);
  });

  test('a package needs a name, a constraint does not', () => {
    expect(Spec.parse('+mpi').problem).toMatchObject({ code: 'HPC1101', fix: "write e.g. 'hdf5 +mpi'" });
    expect(Spec.parse(' ').problem?.code).toBe('HPC1101');
    expect(Spec.constraint('%gcc@13').problem).toBeUndefined();
    expect(Spec.constraint('%gcc@13').compiler?.version).toBe('13');
    expect(Spec.constraint('*').toString()).toBe('*');
  });

  test('the canonical text is read as the same spec, and is its own canonical text', () => {
    let read = 0;
    fc.assert(
      fc.property(anySpec, (text) => {
        const spec = Spec.parse(text);
        if (spec.problem) return;
        read++;
        const again = good(spec.toString());
        expect(again.toString()).toBe(spec.toString());
        expect(again.equals(spec)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(300);
  });

  test('never throws, whatever the text, and every problem has a known code', () => {
    fc.assert(
      fc.property(fc.oneof(specLike, fc.string({ unit: 'binary' }), anySpec), (text) => {
        const { problem } = Spec.parse(text);
        if (problem) expect(valueCodes).toHaveProperty(problem.code);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['@1.14', '1.14.5', true],
    ['@1.14', '1.140', false],
    ['@=1.14', '1.14.5', false],
    ['@=1.14', '1.14', true],
    ['@1.12:1.14,2:', '1.14.9', true],
    ['@1.12:1.14,2:', '1.15', false],
    ['@1.12:1.14,2:', 'develop', true],
    ['@:6.0.19', '18.1.40', false],
    ['@git.main=2.0', 'git.main=2.0', true],
    ['@git.main=2.0', '2.0', false],
    ['+mpi', '1.0', true],
  ])('%s allows %s: %s', (text, version, expected) => {
    expect(Spec.constraint(text).allows(version)).toBe(expected);
  });
});

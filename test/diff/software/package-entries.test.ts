import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Declare } from '../../../lib/app/definition';
import { diffSides, type DiffOptions } from '../../../lib/diff';
import { explainEntries } from '../../../lib/diff/explain';
import type { Side } from '../../../lib/diff/side';
import { readAdvisories } from '../../../lib/diff/software/advisories';
import { readPackages } from '../../../lib/diff/software/package-table';
import { sideOf } from '../support/sides';
import { head, lines, locked, manifestOnly, openmpi, software } from './support';

const refuse = ({ message }: { readonly message: string }) => {
  throw new Error(message);
};
/** What a test knows of packages: advisories as `package affected-from fixed-in CVE severity`, and a table. */
function knowing(advisories: readonly string[] | undefined, packages?: object): DiffOptions {
  const documents = advisories?.map((text) => {
    const [name, introduced, fixed, id, severity] = text.split(' ');
    const events = [{ introduced }, ...(fixed === '-' ? [] : [{ fixed }])];
    return {
      id,
      modified: '2026-10-30T00:00:00Z',
      ...(severity !== undefined && { database_specific: { severity } }),
      summary: `what ${id} is about`,
      affected: [{ package: { name }, ranges: [{ type: 'ECOSYSTEM', events }] }],
    };
  });
  const table = { format: 'hpcdk-packages', version: 1, date: '2026-11-01', source: 'Spack', packages };
  const known = documents && readAdvisories(JSON.stringify(documents), refuse);
  const facts = packages && readPackages(JSON.stringify(table), refuse);
  return { ...(known && { advisories: known }), ...(facts && { packages: facts }) };
}

const same = (side: Side): Side => side;
async function diffOf(before: Declare, after: Declare, options: DiffOptions, change = [same, same]) {
  const [a, b] = [await sideOf('before', before), await sideOf('after', after)];
  return diffSides((change[0] ?? same)(a), (change[1] ?? same)(b), options);
}
const specs = (...all: string[]) => software({ stack: { specs: all, core: [] } });

describe('of roots alone', () => {
  test('a version that is vulnerable is marked, and stands first among software', async () => {
    const options = knowing(['hdf5 0 1.14.6 CVE-2025-1 HIGH', 'hdf5 1.10 1.14.4 CVE-2024-1 CRITICAL']);
    const { entries } = await diffOf(specs('hdf5@1.14.6'), specs('hdf5@1.14.5'), options);
    const [first] = entries.filter(({ section }) => section === 'software');
    expect(first && head(first)).toBe(
      'software | vulnerable | software stack apps: hdf5 1.14.6 → 1.14.5 brings CVE-2025-1 (high), fixed in 1.14.6',
    );
    expect(first).toMatchObject({ level: 'field', field: 'specs', notes: ['what CVE-2025-1 is about'], items: [] });
  });

  test('several of one package are one entry, the worst first', async () => {
    const options = knowing(['gsl 0 2.9 CVE-2 LOW', 'gsl 0 2.9 CVE-1', 'gsl 0 - CVE-3 CRITICAL']);
    const { entries } = await diffOf(specs('hdf5@1.14.6'), specs('hdf5@1.14.6', 'gsl@2.8'), options);
    const [first] = entries.filter(({ section }) => section === 'software');
    expect(first?.title).toBe('software stack apps: gsl 2.8 brings 3 known vulnerabilities, the worst critical');
    expect(first && lines(first)).toEqual([
      '+ CVE-3 (critical), what CVE-3 is about, no fix is named',
      '+ CVE-2 (low), what CVE-2 is about, fixed in 2.9',
      '+ CVE-1 (no severity that is known), what CVE-1 is about, fixed in 2.9',
    ]);
  });

  test('an acknowledgement holds until another vulnerability is known, however its text is worded', async () => {
    const idOf = async (...advisories: string[]) => {
      const { entries } = await diffOf(specs('hdf5@1.14.6'), specs('hdf5@1.14.5'), knowing(advisories));
      return entries.find(({ marks }) => marks.includes('vulnerable'))?.id;
    };
    const known = await idOf('hdf5 0 1.14.6 CVE-1 LOW');
    expect(await idOf('hdf5 1.10 1.14.6 CVE-1 HIGH')).toBe(known);
    const both = await idOf('hdf5 0 1.14.6 CVE-1 LOW', 'hdf5 0 1.14.6 CVE-2 HIGH');
    expect(both).not.toBe(known);
    expect(await idOf('hdf5 0 1.14.6 CVE-2 LOW', 'hdf5 0 1.14.6 CVE-1 HIGH')).toBe(both);
  });

  test('a version that mends is said, harmless, and what stays is counted', async () => {
    const options = knowing(['hdf5 0 1.14.6 CVE-1 HIGH', 'hdf5 0 2 CVE-2', 'gsl 0 - CVE-3']);
    const [old, now] = [specs('hdf5@1.14.5', 'gsl@2.8'), specs('hdf5@1.14.6', 'gsl@2.8')];
    const { entries, notes } = await diffOf(old, now, options);
    const fixed = entries.find(({ title }) => title.includes('fixes'));
    expect(fixed && head(fixed)).toBe('software | software stack apps: hdf5 1.14.5 → 1.14.6 fixes CVE-1 (high)');
    expect(fixed?.effect.harmless).toBe(true);
    expect(entries.flatMap((entry) => entry.notes)).toContain(
      'known vulnerabilities of the roots alone: 0 brought, 1 fixed, 2 kept; not compared, for the hosts have them: gcc',
    );
    expect(notes).toEqual(['known vulnerabilities are those of 3 advisories, the newest of 2026-10-30']);
  });

  test('a root that goes is not mended: it may be there for another one', async () => {
    const options = knowing(['gsl 0 - CVE-3 HIGH']);
    const { entries } = await diffOf(specs('hdf5@1.14.6', 'gsl@2.8'), specs('hdf5@1.14.6'), options);
    expect(entries.filter(({ title }) => /CVE|known vulnerabilities/.test(title))).toEqual([]);
  });

  test('an MPI of the stack counts, and a manifest alone is enough', async () => {
    const mpi = (version: string) => software({ stack: { mpis: [openmpi(version)] } });
    const options = knowing(['openmpi 5.0.0 5.0.9 CVE-1']);
    const { entries } = await diffOf(mpi('4.1.6'), mpi('5.0.8'), options, [manifestOnly, manifestOnly]);
    expect(entries.map(({ title }) => title)).toContain(
      'software stack apps: openmpi 4.1.6 → 5.0.8 brings CVE-1 (no severity that is known), fixed in 5.0.9',
    );
  });

  test('two names of one vulnerability are one', async () => {
    const options = knowing(['gsl 0 2.9 CVE-1 LOW', 'gsl 0 2.10 CVE-1 HIGH']);
    const { entries } = await diffOf(specs('hdf5@1.14.6'), specs('hdf5@1.14.6', 'gsl@2.8'), options);
    expect(entries.map(({ title }) => title)).toContain(
      'software stack apps: gsl 2.8 brings CVE-1 (high), fixed in 2.10',
    );
  });

  test('two stacks that bring the same are one decision with an id for each', async () => {
    const both = (version: string) => {
      const roots = { specs: [`hdf5@${version}`], core: [] };
      return software({ stack: roots, older: roots });
    };
    const { entries } = await diffOf(both('1.14.6'), both('1.14.5'), knowing(['hdf5 0 1.14.6 CVE-1 HIGH']));
    const found = entries.filter(({ marks }) => marks.includes('vulnerable'));
    expect(found.map(({ title }) => title)).toEqual([
      '2 software stacks (apps, apps-2025.1): hdf5 1.14.6 → 1.14.5 brings CVE-1 (high), fixed in 1.14.6',
    ]);
    expect(found[0]?.also).toHaveLength(1);
  });

  test('another licence is said, and a licence that comes new', async () => {
    const options = knowing(undefined, {
      hdf5: {
        licences: [
          { when: '@:1.14.5', licence: 'BSD-3-Clause' },
          { when: '@1.14.6:', licence: 'LGPL-2.1-only' },
        ],
      },
      gsl: { licences: [{ licence: 'GPL-3.0-or-later' }] },
      fftw: { licences: [{ when: '+gpl', licence: 'GPL-2.0-or-later' }] },
    });
    const { entries } = await diffOf(specs('hdf5@1.14.5'), specs('hdf5@1.14.6', 'gsl@2.8', 'fftw@3.3.10'), options);
    const found = entries.find(({ title }) => title.includes('licence'));
    expect(found && head(found)).toBe('software | software stack apps: licences of 2 packages that are others or new');
    expect(found && lines(found)).toEqual([
      '+ gsl 2.8 comes with the licence GPL-3.0-or-later',
      'hdf5 1.14.5 → 1.14.6: licence BSD-3-Clause → LGPL-2.1-only',
    ]);
    expect(entries.flatMap(({ notes }) => notes)).toContain(
      'licence not known of 1 package of those that come or change: fftw',
    );
  });

  test('one licence stands in the title', async () => {
    const licences = [{ when: '@:1.14.5', licence: 'BSD-3-Clause' }, { licence: 'MIT' }];
    const { entries } = await diffOf(
      specs('hdf5@1.14.5'),
      specs('hdf5@1.14.6'),
      knowing(undefined, { hdf5: { licences } }),
    );
    expect(entries.map(({ title }) => title)).toContain(
      'software stack apps: hdf5 1.14.5 → 1.14.6, licence BSD-3-Clause → MIT',
    );
  });

  test('the time is that of the roots that are others, once for each environment', async () => {
    const options = knowing(undefined, {
      hdf5: { builds: [{ version: '1.14.6', seconds: 1800 }] },
      gsl: { builds: [] },
    });
    const { entries } = await diffOf(
      specs('hdf5@1.14.5', 'zlib@1.3'),
      specs('hdf5@1.14.6', 'zlib@1.3', 'gsl@2.8'),
      options,
    );
    expect(entries.flatMap(({ notes }) => notes)).toContain(
      'about 1 h of building for the roots alone, if one is built after the other, by the times of 2026-11-01; no time known of 1 package: gsl',
    );
  });

  test('another compiler builds all of its roots again', async () => {
    const options = knowing(undefined, { openmpi: { builds: [{ seconds: 60 }] } });
    const { entries } = await diffOf(software(), software({ stack: { mpis: [openmpi('5.0.8')] } }), options);
    expect(entries.flatMap(({ notes }) => notes).find((note) => note.includes('of building'))).toMatch(
      /no time known of 2 packages: gromacs, hdf5$/,
    );
  });
});

describe('with locks', () => {
  const lock = (name: string) => readFileSync(join(__dirname, `locks/${name}.lock`), 'utf8');
  const stack = { specs: ['bwa@0.7.19', 'samtools@1.19.2', 'zlib-ng@2.2.4 ~new_strategies'], mpis: [], core: [] };
  const newer = { ...stack, specs: ['bwa@0.7.19', 'samtools@1.21', 'zlib-ng@2.2.4 +new_strategies'] };
  const tool = JSON.stringify({
    _meta: { 'lockfile-version': 6 },
    roots: [],
    concrete_specs: { c: { name: 'gcc', version: '13.3.0', external: { path: '/opt/gcc/13.3.0' } } },
  });
  const of = (name: string) => locked((path) => (path.includes('/core/') ? tool : lock(name)));
  const both = (options: DiffOptions) =>
    diffOf(software({ stack }), software({ stack: newer }), options, [of('before'), of('after')]);

  test('every package of the graph counts, and who needs it is said', async () => {
    // WHEN the locks are told in the other order, the older htslib comes
    const options = knowing(['htslib 0 1.20 CVE-1 HIGH', 'bzip2 0 - CVE-2']);
    const { entries } = await diffOf(software({ stack: newer }), software({ stack }), options, [
      of('after'),
      of('before'),
    ]);
    const [first] = entries.filter(({ section }) => section === 'software');
    expect(first && head(first)).toBe(
      'software | vulnerable | software stack apps: htslib 1.21 → 1.19.1 brings CVE-1 (high), fixed in 1.20',
    );
    expect(first).toMatchObject({ level: 'lock', notes: ['what CVE-1 is about', 'needed by samtools'] });
    expect(entries.find(({ title }) => title.includes('to build'))?.notes).toContain(
      'known vulnerabilities: 1 brought, 0 fixed, 1 kept; not compared, for the hosts have them: cmake, curl, gcc, glibc, gmake, ncurses, perl, python',
    );
  });

  test('the time is that of every build, of another version where its own is not known', async () => {
    const options = knowing(undefined, {
      samtools: {
        builds: [
          { version: '1.19.2', seconds: 100 },
          { version: '1.9', seconds: 7 },
        ],
      },
      htslib: { builds: [{ version: '1.21', seconds: 7200 }] },
    });
    const { entries } = await both(options);
    expect(entries.find(({ level }) => level === 'lock')?.notes).toContain(
      'about 2 h 2 min of building, if one is built after the other, by the times of 2026-11-01; 1 of 2 times is of another version; no time known of 4 packages: bwa, libdeflate, openssl, zlib-ng',
    );
  });

  test('of an environment without a lock its roots count', async () => {
    const some = (name: string) => locked((path) => (path.includes('/core/') ? undefined : lock(name)));
    const options = knowing(['htslib 1.20 - CVE-1 HIGH']);
    const { entries } = await diffOf(software({ stack }), software({ stack: newer }), options, [
      some('before'),
      some('after'),
    ]);
    expect(entries.flatMap(({ notes }) => notes).join()).toContain(
      'known vulnerabilities of the roots and of what some locks have: 1 brought, 0 fixed, 0 kept',
    );
  });

  test('an entry of locks is explained by its stack', async () => {
    const [a, b] = [await sideOf('before', software({ stack })), await sideOf('after', software({ stack: newer }))];
    const sides = [of('before')(a), of('after')(b)] as const;
    const diff = diffSides(...sides, knowing(['samtools 1.20 - CVE-1 HIGH']));
    const all = explainEntries(diff, ...sides, 'campus/apps').filter(({ entry }) => entry.level === 'lock');
    expect(all.map(({ constructs, rule }) => [constructs.at(-1)?.kind, rule.text])).toEqual([
      ['SoftwareStack', 'a locked package that is changed'],
      ['SoftwareStack', 'a locked package that is changed'],
    ]);
    expect(diff.places).toMatchObject([{ path: 'campus', entries: 3 }]); // with that of the field
  });

  test('the same locks say nothing', async () => {
    const options = knowing(['zlib-ng 0 - CVE-1 HIGH'], { bwa: { licences: [{ licence: 'MIT' }] } });
    const diff = await diffOf(software({ stack }), software({ stack }), options, [of('before'), of('before')]);
    expect([diff.entries, diff.notes]).toEqual([[], []]);
  });

  test('a lock from before its roots does not speak of them', async () => {
    const options = knowing(['samtools 1.20 1.22 CVE-1 HIGH']);
    const { entries } = await diffOf(software({ stack }), software({ stack: newer }), options, [
      of('before'),
      of('before'),
    ]);
    expect(entries.map(({ title }) => title)).toContain(
      'software stack apps: samtools 1.19.2 → 1.21 brings CVE-1 (high), fixed in 1.22',
    );
  });
});

test('a stack that comes is told of all that it brings', async () => {
  const options = knowing(['hdf5 0 - CVE-1 HIGH'], { openblas: { builds: [{ seconds: 60 }] } });
  const { entries } = await diffOf(
    software(),
    software({ older: { specs: ['hdf5@1.14.6', 'openblas@0.3.30'] } }),
    options,
  );
  expect(entries.filter(({ marks }) => marks.includes('vulnerable')).map(({ title }) => title)).toEqual([
    'software stack apps-2025.1: hdf5 1.14.6 brings CVE-1 (high), no fix is named',
  ]);
  const added = entries.find(({ kind, action }) => kind === 'SoftwareStack' && action === 'added');
  expect(added?.notes.filter((note) => /of building|known vuln/.test(note))).toHaveLength(2);
});

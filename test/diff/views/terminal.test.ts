import fc from '../../fast-check';
import { createColors } from 'picocolors';
import { Duration, NodeType, Site, Size, SlurmCluster } from '../../../lib';
import type { App } from '../../../lib/app/app';
import { terminalDiff } from '../../../lib/diff/views/terminal';
import { displayWidth } from '../../../lib/diff/views/wrap';
import { diffOf } from '../support/sides';
import { anyText, diffs, diffWith, entryWith, plain, tagged } from './support';

const show = (diff: Parameters<typeof terminalDiff>[0], width = 100, expand = false) =>
  terminalDiff(diff, plain, { width, expand });

describe('a diff on a terminal', () => {
  test('begins with how much and how bad, where it stands, and what reaches hosts', () => {
    const diff = diffWith([
      entryWith({ section: 'data', effect: { class: 'data-loss', reason: 'r' } }),
      entryWith({ action: 'added' }),
    ]);

    expect(show(diff).split('\n').slice(0, 3)).toEqual([
      'main → HEAD: 2 changes (1 added, 1 changed), worst: data loss',
      'Data at risk 1, User contract 1',
      '2 files differ, 1 of them on hosts',
    ]);
  });

  test('without a change says so, and that no file reaches a host', () => {
    expect(show(diffWith([]))).toBe('main → HEAD: no changes\n0 files differ, 0 files on hosts\n');
  });

  test('of real definitions, in full', async () => {
    const declare = (days: number, hosts: string, place: string) => (app: App) => {
      const site = new Site(app, 'campus', { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' });
      const hpc = new SlurmCluster(site, 'hpc', {
        slurm: '22.05',
        controller: 'ctl1',
        login: 'login1',
        stateSaveLocation: place,
      });
      const cpu = hpc.addNodes('cpu', { hosts, type: NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) }) });
      for (const name of ['batch', 'long']) {
        hpc.addPartition(name, { nodes: [cpu], maxTime: Duration.days(days), default: name === 'batch' });
      }
    };
    const diff = await diffOf(declare(7, 'cn[001-064]', '/a'), declare(2, 'cn[001-072]', '/b'));
    const text = show(diff, 100);

    expect(text).toMatch(/^before → after: \d+ changes \(.*\), worst: data loss\n/);
    const order = ['\nData at risk\n', '/a → /b', 'pending jobs are lost', '\nUser contract\n', 'maxTime 7d → 2d'];
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(text).toMatch(/terminal\.test\.ts:\d+, changes sites\/campus\//);
  });

  test('shows the sections that are not empty, each entry as a branch of a tree', () => {
    const diff = diffWith(
      [
        entryWith({ items: [{ direction: 'added', text: 'x' }], notes: ['a note'] }),
        entryWith({ section: 'other', action: 'removed', title: 'file gone', effect: { class: 'none', reason: 'r' } }),
      ],
      {
        plan: [
          {
            action: 'reconfigure',
            text: 'slurmctld reads its files',
            hosts: 'ctl1',
            command: 'scontrol reconfigure',
            because: [],
          },
        ],
        hidden: [{ rule: 'same-meaning', what: 'files that say the same', count: 8 }],
        notes: ['the base was evaluated with the present node_modules'],
      },
    );

    expect(show(diff)).toBe(
      `main → HEAD: 2 changes (1 removed, 1 changed), worst: reconfigure
User contract 1, Other 1
2 files differ, 1 of them on hosts; 1 step to roll out

User contract
└─ ~ partition batch: maxTime 7d → 2d
     reconfigure: a lower MaxTime
     running jobs keep the limit that they started with
     pending jobs beyond it wait for ever
     a note
     stacks/campus.ts:12, changes sites/campus/slurm/hpc/slurm.conf

Other
└─ - file gone
     no disruption: r
     stacks/campus.ts:12, changes sites/campus/slurm/hpc/slurm.conf

Roll-out
  1. slurmctld reads its files (ctl1)
     $ scontrol reconfigure

Hidden
  8 hidden: same-meaning 8 (--strict shows changes that rules hide)
  same-meaning: files that say the same

Notes
  - the base was evaluated with the present node_modules
`,
    );
  });

  test('folds the parts of an entry beyond six, and shows all of them when asked', () => {
    const items = Array.from({ length: 10 }, (_, n) => ({ direction: 'removed' as const, text: `module-${n}` }));
    const diff = diffWith([entryWith({ items })]);

    expect(show(diff)).toContain('- module-5\n     and 4 more (--expand shows all)\n');
    expect(show(diff)).not.toContain('module-6');
    expect(show(diff, 100, true)).toContain('- module-9\n');
  });

  test('cuts a text that nobody reads to its end, and shows it all when asked', () => {
    const packages = Array.from({ length: 300 }, (_, n) => `package-${n}`).join(', ');
    const diff = diffWith([entryWith({ notes: [packages] })]);

    expect(show(diff)).toMatch(/… \(\d+ more\s+characters\)/);
    expect(show(diff)).not.toContain('package-299');
    expect(show(diff, 100, true)).toContain('package-299');
  });

  test('shows no part that the title has said', () => {
    const diff = diffWith([
      entryWith({ title: 'Slurm cluster hpc: privateData - jobs', items: [{ direction: 'removed', text: 'jobs' }] }),
    ]);

    expect(show(diff)).not.toMatch(/^ +- jobs$/m);
  });

  test('colours what is added, what is removed, and how bad it is', () => {
    const diff = diffWith([
      entryWith({ action: 'added', title: 'new', effect: { class: 'none', reason: 'calm' }, marks: [] }),
      entryWith({ action: 'removed', title: 'gone', effect: { class: 'stop-fleet', reason: 'bad' } }),
    ]);
    const text = terminalDiff(diff, tagged, { width: 100 });

    expect(text).toContain('<green>+ new</green>');
    expect(text).toContain('<red>- gone</red>');
    expect(text).toContain('<red>all nodes stop: bad</red>');
    expect(text).toContain('<dim>no disruption: calm</dim>');
  });

  test('says who acknowledged it, and until when', () => {
    const text = show(
      diffWith([
        entryWith({
          acknowledged: { reason: 'agreed with the users', until: '2027-01-31' },
        }),
      ]),
    );

    expect(text).toContain('acknowledged until 2027-01-31: agreed with the users');
  });

  test('shows capacity and cost where no entry stands beside them', () => {
    const text = show(
      diffWith([], {
        capacity: {
          figures: [{ what: 'nodes', before: '64', after: '72', percent: 12.5 }],
          cost: { before: 100, after: 210, currency: 'USD', date: '2026-09-01' },
          notEstimated: ['data transfer'],
          acknowledged: { reason: 'agreed', until: '2027-01-31' },
        },
      }),
    );

    expect(text).toContain('Cost and capacity\n  nodes 64 → 72 (+12.5 %)\n');
    expect(text).toContain('at most 100 → 210 USD a month, at the prices of 2026-09-01 (+110 %)');
    expect(text).toContain('  acknowledged until 2027-01-31: agreed\n');
    expect(text).toContain('not estimated: 1 (data transfer)');
  });

  test('no line is wider than the terminal, and nothing steers it', () => {
    fc.assert(
      fc.property(diffs(anyText, 4), fc.integer({ min: 40, max: 120 }), fc.boolean(), (diff, width, expand) => {
        const text = terminalDiff(diff, createColors(false), { width, expand });
        const wide = text
          .split('\n')
          .filter((line) => displayWidth(line) > width && !line.trimStart().startsWith('$ '));
        expect(wide).toEqual([]);
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 60 },
    );
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from '../fast-check';
import { containerfile } from '../../lib/documents/containerfile';
import type { ContainerfileStep } from '../../lib/documents/containerfile-step';
import { collect, hostile } from '../documents/hostile';
import { describeWith, runOk } from './support/tools';

describeWith(['buildah', 'root'], 'a Containerfile and buildah', () => {
  test('every value and argument reaches the image', async () => {
    // GIVEN an image without a base, with hostile values
    const carried = (value: string) => {
      const { report, problems } = collect();
      containerfile.print({ steps: [{ instruction: 'LABEL', pairs: [['x', value]] }] }, report);
      return problems.length === 0;
    };
    const values = [
      'two  words',
      '"q" \'s\'',
      '\\ \\\\ \\"',
      '$HOME ${HOME} $$',
      ' # ',
      'é 😀',
      '<<EOF',
      '[x]',
      '',
      '\t',
    ]
      .concat(fc.sample(hostile, { numRuns: 200, seed: 7 }))
      .filter(carried);
    const steps: ContainerfileStep[] = [
      { comment: 'hostile' },
      { instruction: 'ARG', pairs: [['GIVEN', 'a "b" $c']] },
      { instruction: 'FROM', words: ['scratch'] },
      { instruction: 'LABEL', pairs: values.map((value, i) => [`l${i}`, value]) },
      ...values.map((value, i): ContainerfileStep => ({ instruction: 'ENV', pairs: [[`E${i}`, value]] })),
      { instruction: 'ENV', pairs: [['JOINED', ['/x:', { variable: 'E0' }, ':"$y"']]] },
      { instruction: 'CMD', exec: [...values, 'two\nlines'] },
    ];
    const { report, problems } = collect();
    const dir = mkdtempSync(join(tmpdir(), 'hpcdk-containerfile-'));
    try {
      writeFileSync(join(dir, 'Containerfile'), containerfile.print({ steps }, report));
      expect(problems).toEqual([]);
      // WHEN buildah builds it
      const storage = ['--root', join(dir, 'root'), '--runroot', join(dir, 'run'), '--storage-driver', 'vfs'];
      await runOk('buildah', [
        ...storage,
        'bud',
        '--isolation',
        'chroot',
        '-t',
        'hostile',
        '-f',
        join(dir, 'Containerfile'),
        dir,
      ]);
      // THEN its configuration has exactly these values
      const inspected = JSON.parse(await runOk('buildah', [...storage, 'inspect', '--type', 'image', 'hostile']));
      const { Labels, Env, Cmd } = inspected.OCIv1.config as {
        Labels: Record<string, string>;
        Env: string[];
        Cmd: string[];
      };
      expect(values.map((_, i) => Labels[`l${i}`])).toEqual(values);
      expect(values.map((_, i) => Env.find((e) => e.startsWith(`E${i}=`))?.slice(`E${i}=`.length))).toEqual(values);
      expect(Env).toContain('JOINED=/x:two  words:"$y"');
      expect(Cmd).toEqual([...values, 'two\nlines']);
      expect(values.length).toBeGreaterThan(30);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

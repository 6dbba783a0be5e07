import type { Effect, Effects } from '../../app/effect';
import type { KeyOptions } from '../../app/field';
import type { CodecType } from '../../values/codec';
import type { SlurmChange, SlurmFile, SlurmOption, SlurmScope } from './option';
import { keyMeaning, type KeyMeaning, type Meaning } from './key-meanings';
import { slurmOption } from './options';

/**
 * What a change of the keys of a Slurm file does, for the field of a map: by the option table, which knows what the
 * daemons need at each version, and by what the key means to users. Of a key that the table does not have, the worst is
 * said that a key can need: a restart of all daemons.
 */
export const slurmKeys =
  (file: SlurmFile, scope: SlurmScope = 'global') =>
  (key: string): KeyOptions => {
    const option = slurmOption(file, scope, key);
    if (!option) return { effects: { any: UNKNOWN(file, key) } };
    const meaning = keyMeaning(file, scope, key);
    const type = typeOf(option, meaning);
    return {
      ...(meaning && { section: meaning.section }),
      effects: meaning?.effects ?? withMeaning(needs(option), meaning?.means),
      ...(type && { type }),
    };
  };

const DAEMONS: Readonly<Record<Exclude<SlurmChange, 'reconfigure' | 'stop all'>, [who: string, steps: string[]]>> = {
  'restart slurmctld': ['slurmctld reads', ['restart slurmctld']],
  'restart slurmd': ['slurmd reads', ['restart slurmd on every node']],
  'restart slurmdbd': ['slurmdbd reads', ['restart slurmdbd']],
  'restart all': ['slurmctld and slurmd read', ['restart slurmctld', 'restart slurmd on every node']],
};

const UNKNOWN = (file: SlurmFile, key: string): Effect => ({
  class: 'daemon-restart',
  reason: `no release from 22.05 to 26.05 documents ${key} of ${file}, so every daemon is restarted to be sure`,
  steps: file === 'slurmdbd.conf' ? ['restart slurmdbd'] : ['restart slurmctld', 'restart slurmd on every node'],
});

/** What the daemons need, the newest Slurm first; where the version is not known, the last one counts. */
function needs(option: SlurmOption): readonly Effect[] {
  const { key, change, reconfigureSince, source, file, scope } = option;
  const anew: Effect[] = reconfigureSince
    ? [
        {
          class: 'reconfigure',
          reason: `from ${reconfigureSince} on, scontrol reconfigure starts the daemons anew, and they read ${key} (scontrol(1))`,
          when: { slurm: `>= ${reconfigureSince}` },
        },
      ]
    : [];
  if (change === 'reconfigure') {
    const who = scope === 'partition' || scope === 'downnodes' ? 'slurmctld reads' : 'slurmctld and slurmd read';
    const where = file === 'slurm.conf' && scope === 'global' ? key : `${key} of ${file}`;
    return [{ class: 'reconfigure', reason: `${who} ${where} again at scontrol reconfigure (${source})` }];
  }
  if (change === 'stop all') {
    return [
      {
        class: 'stop-fleet',
        reason: `every daemon and command has to stop before ${key} changes (${source})`,
        running: 'running steps are cut off and cannot end well: no job should run',
        steps: [
          'drain every node and wait for the running jobs',
          'stop slurmctld',
          'stop slurmd on every node',
          'stop slurmdbd',
          ...(key === 'AuthType' ? ['put the key of the new way on every host: no play does'] : []),
          'place the files',
          'start slurmdbd',
          'start slurmctld',
          'start slurmd on every node',
          'resume every node',
        ],
      },
    ];
  }
  const [who, steps] = DAEMONS[change];
  const only = who.endsWith('read') ? 'at their start only' : 'at its start only';
  return [...anew, { class: 'daemon-restart', reason: `${who} ${key} ${only} (${source})`, steps }];
}

function withMeaning(rules: readonly Effect[], means: KeyMeaning['means'] = {}): Effects {
  const say = (meaning: Meaning | undefined): readonly Effect[] =>
    rules.map((rule) => ({ ...rule, ...meaning, reason: [meaning?.reason, rule.reason].filter(Boolean).join('; ') }));
  const directions = Object.entries(means).map(([direction, meaning]) => [direction, say(meaning)] as const);
  return { any: say(undefined), ...Object.fromEntries(directions) };
}

/** How values compare. Numbers that stand for something else, such as 0 for no limit, compare as text. */
function typeOf({ type, bits, list }: SlurmOption, meaning: KeyMeaning | undefined): CodecType | undefined {
  if (meaning?.zeroIsNone || meaning?.ordered) return undefined;
  if (type === 'hostlist') return { codec: 'hostlist' };
  if (type === 'list' || list) return { codec: 'words' };
  if (type === 'time') return { codec: 'duration' };
  if ((type === 'int' || type === 'size') && bits !== undefined) return { codec: 'integer' };
  return undefined;
}

import type { JobSummary, JobTally } from '../model';
import { count } from '../words';

/** Accounts and users that are named. */
const MOST_NAMES = 5;

/** How many jobs all changes together concern, one line for each thing there is to say. */
export function jobLines(jobs: JobSummary): string[] {
  const { killed, stuck, running, pending, refused, submissions, accounts, users, notes } = jobs;
  return [
    ...(running === undefined
      ? []
      : [`${killed} of ${count(running, 'running job')} would be killed if it were rolled out at once`]),
    ...(pending === undefined ? [] : [`${stuck} of ${count(pending, 'pending job')} could never start`]),
    ...windowLines(jobs),
    ...(submissions === undefined
      ? []
      : [`${refused ?? 0} of ${count(submissions, 'past submission')} would now be refused or wait for ever`]),
    ...tallyLines('by account', accounts, 'no account'),
    ...tallyLines('by user', users, 'no user'),
    ...notes,
  ];
}

function windowLines({ window }: JobSummary): string[] {
  if (!window) return [];
  const { at, after, unlimited } = window;
  return [
    ...(at === undefined
      ? []
      : [
          `safest window: from ${at} on${after ? ` (${after} after the export)` : ''} the time limits of those jobs have passed, if no others are let in`,
        ]),
    ...(unlimited > 0 ? [`${count(unlimited, 'job')} of those ${unlimited === 1 ? 'has' : 'have'} no time limit`] : []),
  ];
}

function tallyLines(title: string, tallies: readonly JobTally[], nameless: string): string[] {
  if (tallies.length === 0) return [];
  const shown = tallies.slice(0, MOST_NAMES).map((tally) => `${tally.name || nameless} ${tallyText(tally)}`);
  const more = tallies.length > MOST_NAMES ? [`and ${tallies.length - MOST_NAMES} more`] : [];
  return [`${title}: ${[...shown, ...more].join('; ')}`];
}

const tallyText = ({ killed, stuck, refused = 0 }: JobTally): string =>
  [
    ...(killed > 0 ? [`${killed} running`] : []),
    ...(stuck > 0 ? [`${stuck} pending`] : []),
    ...(refused > 0 ? [`${refused} submitted`] : []),
  ].join(', ');

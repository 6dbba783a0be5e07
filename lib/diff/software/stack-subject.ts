import type { Effect } from '../../app/effect';
import { labelOf } from '../../app/words';
import type { Origin } from '../../values/origin';
import { entryId, makeEntry } from '../entry';
import type { Entry, EntryItem, Mark } from '../model';
import { lastPart } from '../words';
import type { StackPackages } from './installed';

/** A stack that entries are about. */
export interface StackSubject {
  readonly path: string;
  readonly source?: Origin;
}

/** What an entry says of a stack. */
export interface StackSaying {
  /** What it is about, for its id: `licences`, `vulnerable zlib`. */
  readonly about: string;
  readonly title: string;
  readonly effect: Effect;
  readonly notes?: readonly string[];
  readonly items?: readonly EntryItem[];
  readonly marks?: readonly Mark[];
  /** What an acknowledgement of it is for: it holds as long as this stays. @default - the title and the items */
  readonly identity?: readonly string[];
}

const KIND = 'SoftwareStack';

/**
 * An entry on the packages of a stack.
 *
 * @param locks where they were read from; without any, they are the roots that it states
 */
export function stackEntry(
  { path, source }: StackSubject,
  { locks }: Pick<StackPackages, 'locks'>,
  saying: StackSaying,
): Entry {
  const isLocked = locks.length > 0;
  const { about, title, effect, notes = [], items = [], marks = [], identity } = saying;
  return makeEntry({
    id: entryId(`${path} ${about}`, 'changed', identity ?? [title, items]),
    section: 'software',
    action: 'changed',
    level: isLocked ? 'lock' : 'field',
    kind: KIND,
    path,
    field: isLocked ? 'spack.lock' : 'specs',
    direction: 'changed',
    title: `${labelOf(KIND)} ${lastPart(path)}: ${title}`,
    effect,
    notes,
    items,
    marks,
    ...(source && { source }),
  });
}

import type { Effect } from '../../app/effect';
import type { Json } from '../../values/json';
import { entryId, makeEntry } from '../entry';
import { count } from '../words';
import type { Action, Entry, EntryItem } from '../model';
import { aboutOf, type StackContext } from './context';
import { forgottenRenames } from './renames';
import { type Fate, fateOf, holdsData, replacementTable } from './replacement';
import { type ResourceChange, resourceOf } from './resource-changes';
import { nameOf, readable, type Stack } from './stack';

/** Changes of resources that one entry speaks of. */
interface Group {
  readonly fate: Fate;
  readonly because: readonly string[];
  readonly changes: readonly ResourceChange[];
}

/** Entries of resources that no change of a field explains; what Terraform does alike with several is one. */
export function resourceEntries(changes: readonly ResourceChange[], context: StackContext): Entry[] {
  const groups = new Map<string, Group & { changes: ResourceChange[] }>();
  for (const change of changes) {
    const { fate, because } = fateOf(change);
    const { type } = resourceOf(change);
    const alike =
      fate === 'moved' ? 'moved' : JSON.stringify(change.consequence ? [fate] : [fate, type, change.attributes]);
    // One that holds data is judged by itself.
    const key = holdsData(type) && fate !== 'moved' ? `${alike} ${resourceOf(change).address}` : alike;
    const group = groups.get(key) ?? { fate, because, changes: [] };
    group.changes.push(change);
    groups.set(key, group);
  }
  const forgotten = forgottenRenames(context.comparison);
  return [...groups.values()].map((group) => entryOf(group, context, forgotten));
}

function entryOf({ fate, because, changes }: Group, context: StackContext, forgotten: readonly string[]): Entry {
  const [first, ...others] = changes as readonly [ResourceChange, ...ResourceChange[]];
  const resource = resourceOf(first);
  const one = others.length === 0;
  const ofOneType = fate !== 'moved' && !first.consequence;
  const subject = one ? nameOf(resource) : `${changes.length} ${ofOneType ? `of ${resource.type}` : 'resources'}`;
  const arguments_ = attributeItems(first, context);
  const [only] = arguments_.length === 1 ? arguments_ : [];
  const tagsOnly = first.attributes.length > 0 && first.attributes.every((name) => name === 'tags');
  const together = first.consequence === true && !one;
  const what = together
    ? `what they refer to ${fate === 'changed' ? 'changes' : 'is made anew'}`
    : one && only
      ? only.text
      : first.attributes.join(', ');
  const { sources } = context.comparison.after;
  const owner = context.ownerOf(resource);
  const source = sources[owner ?? context.cloud];
  return makeEntry({
    id: entryId(`${context.file}#${resource.address}`, fate, changes.map(fingerprint)),
    section: fate === 'moved' ? 'state' : fate === 'replaced' || fate === 'removed' ? 'disruption' : 'other',
    action: ACTIONS[fate],
    level: 'file',
    kind: resource.type,
    path: resource.address,
    about: aboutOf(owner, context),
    ...(tagsOnly && { field: 'tags' }),
    title:
      fate === 'changed'
        ? `${subject}: ${what}`
        : `${subject} ${fate === 'perhaps replaced' ? 'may be replaced' : fate}${what === '' ? '' : `: ${what}`}`,
    effect: together ? effectOfConsequence(fate) : effectOfFate(fate, because, resource.type),
    items: one
      ? only
        ? []
        : arguments_
      : changes.map((change) => ({ direction: 'changed', text: nameOf(resourceOf(change)) })),
    notes: fate === 'replaced' ? forgotten : [],
    files: [context.file],
    ...(source && { source }),
  });
}

/** Several, perhaps of different types, that change with what they refer to. */
const effectOfConsequence = (fate: Fate): Effect =>
  fate === 'replaced'
    ? { class: 'replace', reason: 'terraform destroys them and makes them anew with what they refer to' }
    : fate === 'perhaps replaced'
      ? { class: 'replace', reason: 'terraform may make them anew with what they refer to; terraform plan says it' }
      : { class: 'none', reason: 'terraform changes them in place with what they refer to' };

const ACTIONS: Readonly<Record<Fate, Action>> = {
  added: 'added',
  removed: 'removed',
  moved: 'moved',
  changed: 'changed',
  replaced: 'changed',
  'perhaps replaced': 'changed',
};

const fingerprint = ({ before, after }: ResourceChange): unknown => [before?.values, after?.values];

function effectOfFate(fate: Fate, because: readonly string[], type: string): Effect {
  const { provider, date } = replacementTable();
  const gone = holdsData(type) ? ', with what is in it' : '';
  switch (fate) {
    case 'added':
      return { class: 'none', reason: 'terraform makes it' };
    case 'moved':
      return { class: 'none', reason: 'terraform notes its new address and changes nothing', harmless: true };
    case 'changed':
      return { class: 'none', reason: 'terraform changes it in place' };
    case 'removed':
      return { class: gone ? 'data-loss' : 'replace', reason: `terraform destroys it${gone}` };
    case 'replaced':
      return {
        class: gone ? 'data-loss' : 'replace',
        reason: `terraform destroys it${gone} and makes it anew: ${because.join(' and ')} of ${type} cannot change (${provider}, tried on ${date})`,
      };
    case 'perhaps replaced':
      return {
        class: gone ? 'data-loss' : 'replace',
        reason: `terraform may destroy it${gone} and make it anew: hpcdk does not know what a change of ${because.join(' and ')} of ${type} does; terraform plan says it`,
      };
  }
}

/** Names of arguments whose values are nobody's business. */
const SECRET = /password|secret|token|private_key|credential/i;

/** Each argument that differs, with its values where they are short. */
function attributeItems({ before, after, attributes, unknown }: ResourceChange, context: StackContext): EntryItem[] {
  return attributes.map((name) => {
    const [was, is] = [before?.values[name], after?.values[name]];
    if (JSON.stringify(was) === JSON.stringify(is)) {
      const how = unknown?.includes(name) ? 'is made anew' : 'changes';
      return { direction: 'changed', text: `${name}, because what it refers to ${how}` };
    }
    const texts = [short(was, context.before), short(is, context.after)];
    if (SECRET.test(name)) return { direction: 'changed', text: `${name} (its value is not shown)` };
    return { direction: 'changed', text: texts.includes(undefined) ? name : `${name} ${texts.join(' → ')}` };
  });
}

function short(value: Json | undefined, stack: Stack): string | undefined {
  if (value === undefined || value === null) return 'none';
  const text = readable(typeof value === 'string' ? value : JSON.stringify(value), stack);
  return text.length <= 80 && (typeof value !== 'object' || !SECRET.test(text)) ? text : undefined;
}

/** What Terraform does with the resources behind a change of a field, in sentences. */
export function resourceNotes(changes: readonly ResourceChange[], { after }: StackContext): string[] {
  if (after.resources.size === 0)
    return [`${count(changes.length, 'resource')} stay in the cloud until terraform destroy`];
  const byFate = new Map<Fate, ResourceChange[]>();
  for (const change of changes) {
    const { fate } = fateOf(change);
    byFate.set(fate, [...(byFate.get(fate) ?? []), change]);
  }
  return (Object.keys(ACTIONS) as Fate[]).flatMap((fate) => {
    const found = byFate.get(fate);
    return found ? [`terraform ${SENTENCES[fate]} ${namesOf(found)}`] : [];
  });
}

const SENTENCES: Readonly<Record<Fate, string>> = {
  added: 'makes',
  removed: 'destroys',
  moved: 'destroys nothing, and notes the new address of',
  changed: 'changes in place',
  replaced: 'destroys and makes anew',
  'perhaps replaced': 'changes, and may make anew,',
};

/** Resources by name as long as they are few. */
function namesOf(changes: readonly ResourceChange[]): string {
  if (changes.length > 4) return `${changes.length} resources`;
  return changes
    .map((change) => {
      const { attributes } = change;
      return nameOf(resourceOf(change)) + (attributes.length > 0 ? ` (${attributes.join(', ')})` : '');
    })
    .join(', ');
}

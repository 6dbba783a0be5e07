import { labelOf } from '../../app/words';
import { Cidr } from '../../values/cidr';
import type { Json } from '../../values/json';
import { kindOf } from '../change-set';
import type { Comparison } from '../comparison';
import { entryId, makeEntry } from '../entry';
import type { Entry, EntryItem, Mark } from '../model';
import { count, lastPart, signed } from '../words';
import { type Breadth, together } from './breadth';
import { aboutOf, isAtOrAbove, type StackContext } from './context';
import { type Finding, findingsOf, groupName } from './findings';
import { nameOf } from './stack';

/** The marks of a change that lets more through, or less. */
export const marksOf = ({ wider, narrower }: Breadth): Mark[] => [
  ...(wider ? (['security-broadened'] as const) : []),
  ...(narrower ? (['security-narrowed'] as const) : []),
];

/**
 * Marks the fields of a cloud that say who reaches it: the networks on the premises, and the way out.
 */
export function markFields(entries: readonly Entry[], comparison: Comparison): Entry[] {
  return entries.map((entry) => {
    if (entry.level !== 'field' || entry.kind !== 'AwsCloud' || entry.action !== 'changed') return entry;
    const [before, after] = [comparison.before, comparison.after].map(({ manifest }) =>
      Object.values(manifest.constructs).length > 0
        ? fieldOf(manifest.constructs[entry.path]?.values, entry.field)
        : undefined,
    );
    const breadth = breadthOfField(entry.field, before, after);
    return breadth ? { ...entry, marks: [...new Set([...entry.marks, ...marksOf(breadth)])] } : entry;
  });
}

const fieldOf = (values: Readonly<Record<string, Json>> | undefined, field: string | undefined): Json | undefined =>
  field === undefined ? undefined : values?.[field];

function breadthOfField(field: string | undefined, before: Json | undefined, after: Json | undefined) {
  if (field === 'egress') return { wider: after === 'nat', narrower: before === 'nat' };
  if (field !== 'onPremises') return undefined;
  const [was, is] = [networks(before), networks(after)];
  const covered = (one: Cidr, by: readonly Cidr[]) => by.some((network) => network.contains(one));
  return { wider: !is.every((one) => covered(one, was)), narrower: !was.every((one) => covered(one, is)) };
}

const networks = (value: Json | undefined): Cidr[] =>
  (Array.isArray(value) ? (value as readonly Json[]) : []).map((one) => Cidr.parse(String(one)));

/** What the security of a stack comes to: entries of their own, and the entries of fields that say it already. */
export interface Security {
  readonly entries: readonly Entry[];
  /** Sentences for entries of fields, by the id of the entry. */
  readonly notes: ReadonlyMap<string, readonly string[]>;
  /** What is said, by the address of the resource. */
  readonly said: ReadonlyMap<string, readonly Finding[]>;
}

/** Says who reaches what now, and did not, in one stack. */
export function securityOf(context: StackContext, entries: readonly Entry[]): Security {
  const notes = new Map<string, readonly string[]>();
  const groups = new Map<string, { readonly lifecycle?: Entry; readonly findings: Finding[] }>();
  const said = new Map<string, readonly Finding[]>();
  for (const finding of findingsOf(context.likened, context.after)) {
    const { address } = finding.resource;
    said.set(address, [...(said.get(address) ?? []), finding]);
    const owner = context.ownerOf(finding.resource);
    const field = fieldThatSays(finding, context, entries);
    if (field) {
      const lines = finding.items.map((item) => `${nameOfFinding(finding, context)}: ${line(item)}`);
      notes.set(field.id, [...(notes.get(field.id) ?? []), ...lines]);
      continue;
    }
    // The whole stack stands elsewhere: who reaches what is the same there.
    if (context.explanationOf(context.cloud)?.action === 'moved' && isWhole(context)) continue;
    const lifecycle = entries.find(
      ({ level, action, path }) =>
        level === 'field' && (action === 'added' || action === 'removed') && isAtOrAbove(path, owner ?? context.cloud),
    );
    const key = JSON.stringify(
      lifecycle ? [lifecycle.id] : [finding.about, (finding.about !== 'firewall' && owner) || address],
    );
    const group = groups.get(key) ?? { ...(lifecycle && { lifecycle }), findings: [] };
    group.findings.push(finding);
    groups.set(key, group);
  }
  return {
    entries: [...groups.values()].map(({ lifecycle, findings }) => securityEntry(findings, lifecycle, context)),
    notes,
    said,
  };
}

const isWhole = ({ before, after }: StackContext): boolean => before.resources.size === 0 || after.resources.size === 0;

const line = ({ direction, text }: EntryItem): string => signed(direction, text);

/** The field of the cloud that says the same as a firewall: its networks are those that the rules open to. */
function fieldThatSays({ peers }: Finding, { cloud, comparison }: StackContext, entries: readonly Entry[]) {
  if (!peers) return undefined;
  const of = (field: string) =>
    entries.find(
      (one) => one.path === cloud && one.level === 'field' && one.field === field && one.action === 'changed',
    );
  const premises = of('onPremises');
  const listed = new Set(
    [comparison.before, comparison.after].flatMap(({ manifest }) =>
      networks(manifest.constructs[cloud]?.values.onPremises).map(String),
    ),
  );
  if (premises && peers.every((peer) => listed.has(peer))) return premises;
  const egress = of('egress');
  return egress && peers.every((peer) => peer === '0.0.0.0/0' || /endpoints/.test(peer)) ? egress : undefined;
}

function securityEntry(findings: readonly Finding[], lifecycle: Entry | undefined, context: StackContext): Entry {
  const { comparison, file } = context;
  const [first] = findings as [Finding, ...Finding[]];
  const breadth = together(findings.map((one) => one.breadth));
  const several = findings.length > 1;
  const items = findings.flatMap((finding) =>
    finding.items.map(({ direction, text }) => ({
      direction,
      text: several ? `${nameOfFinding(finding, context)}: ${text}` : text,
    })),
  );
  const owner = context.ownerOf(first.resource);
  const subject = lifecycle
    ? lifecycle.title.replace(/ (added|removed)\b.*$/, '')
    : subjectOf(first, several, owner, context);
  const [only] = items.length === 1 ? items : [];
  const source = comparison.after.sources[owner ?? context.cloud];
  return makeEntry({
    id: entryId(`${file}#${lifecycle?.path ?? first.resource.address}`, 'security', items),
    section: 'security',
    action: 'changed',
    level: 'file',
    kind: first.resource.type,
    path: first.resource.address,
    about: aboutOf(owner, context),
    direction: breadth.wider && !breadth.narrower ? 'increased' : breadth.wider ? 'changed' : 'decreased',
    title: only ? `${subject}: ${line(only)}` : `${subject}: ${headline(findings)}`,
    effect: { class: 'none', reason: reasonOf(breadth, lifecycle) },
    notes: notesOf(findings, context),
    items: only ? [] : items,
    marks: marksOf(breadth),
    files: [file],
    ...(source && { source }),
  });
}

/** How one of several findings is told apart: the group, or the resource with the policy. */
const nameOfFinding = ({ resource, about }: Finding, { before, after }: StackContext): string =>
  about === 'firewall' ? `security ${groupName(resource.address, before, after)}` : nameOf(resource);

/** How findings are headed: the group, or whom the rights belong to. */
function subjectOf(finding: Finding, several: boolean, owner: string | undefined, context: StackContext): string {
  const { about, resource } = finding;
  if (about === 'firewall') return `Security ${groupName(resource.address, context.before, context.after)}`;
  const isOwned = owner !== undefined && (several || owner !== context.cloud);
  const of = isOwned ? `${labelOf(kindAt(context, owner))} ${lastPart(owner)}` : nameOf(resource);
  return about === 'policy' ? `IAM of ${of}` : several ? of : nameOf(resource);
}

const kindAt = ({ comparison: { before, after } }: StackContext, path: string): string => {
  const side = [after, before].find(({ manifest }) => Object.hasOwn(manifest.constructs, path));
  const construct = side?.manifest.constructs[path];
  return side && construct ? kindOf(side.manifest, construct) : '';
};

/** `3 firewall rules, 2 IAM statements`. */
const headline = (findings: readonly Finding[]): string =>
  (['firewall', 'policy', 'safeguard'] as const)
    .map((about) => {
      const items = findings.flatMap((finding) => (finding.about === about ? finding.items : []));
      return items.length > 0 ? count(items.length, WORDS[about]) : '';
    })
    .filter((text) => text !== '')
    .join(', ');

const WORDS = { firewall: 'firewall rule', policy: 'IAM statement', safeguard: 'safeguard' } as const;

function reasonOf({ wider, narrower }: Breadth, lifecycle: Entry | undefined): string {
  if (lifecycle) return lifecycle.action === 'added' ? 'it comes with these rights' : 'its rights go with it';
  if (wider && narrower) return 'something is let through that was not, and something no longer is';
  if (wider) return 'something is let through that was not';
  return narrower ? 'something is no longer let through' : 'the same is let through as before';
}

/** Whom a firewall protects, and what an open door means. */
function notesOf(findings: readonly Finding[], context: StackContext): string[] {
  const groups = findings.filter(({ about }) => about === 'firewall');
  const users = [...new Set(groups.flatMap(({ resource }) => usersOf(resource.address, context)))];
  const open = groups.some(({ items }) =>
    items.some(({ direction, text }) => direction !== 'removed' && opensToAll(text)),
  );
  return [
    ...(users.length > 0 ? [`Behind it: ${users.join(', ')}`] : []),
    ...(open ? ['0.0.0.0/0 and ::/0 are every address there is, the internet among them'] : []),
  ];
}

const opensToAll = (text: string): boolean =>
  /(0\.0\.0\.0|::)\/0$|(0\.0\.0\.0|::)\/0, /.test(text.split(' → ').at(-1) ?? '');

/** What has a security group: pools and file systems by their names. */
function usersOf(group: string, context: StackContext): string[] {
  const users = [...context.after.resources.values()].filter(
    ({ type, values }) => !/security_group|_rule$|iam/.test(type) && JSON.stringify(values).includes(`\${${group}.`),
  );
  return users
    .map((user) => {
      const owner = context.ownerOf(user);
      return owner && owner !== context.cloud ? `${labelOf(kindAt(context, owner))} ${lastPart(owner)}` : nameOf(user);
    })
    .filter((name, index, all) => all.indexOf(name) === index);
}

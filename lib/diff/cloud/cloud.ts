import type { Analyser, Comparison } from '../comparison';
import type { Entry } from '../model';
import { openStack, type StackContext } from './context';
import type { Finding } from './findings';
import { fateOf, holdsData } from './replacement';
import { plannedChanges } from './planned-changes';
import { type ResourceChange, resourceOf } from './resource-changes';
import { resourceEntries, resourceNotes } from './resource-entries';
import { markFields, securityOf } from './security';
import { keepDeclared, renameNotes } from './renames';

/**
 * What changes in a cloud: who reaches what, as entries of their own; resources with no field behind them; and, at the
 * entries of fields, what Terraform does about them.
 */
export const analyseCloud: Analyser = (entries, comparison) => {
  const stacks = comparison.changes.files.filter(({ before, after }) => (after ?? before)?.format === 'terraform');
  const listed = stacks.some(({ before, after }) => !before || !after);
  return stacks.reduce<readonly Entry[]>(
    (all, { path }) => withStack(path, all, comparison),
    keepDeclared(markFields(entries, comparison), comparison).filter((entry) => !(listed && isListOfStacks(entry))),
  );
};

/** What cdktf's own tools read: it names the stacks, and says nothing that the stacks do not. */
const isListOfStacks = ({ level, path, action }: Entry): boolean =>
  level === 'file' && path === 'manifest.json' && action === 'rendering';

function withStack(file: string, entries: readonly Entry[], comparison: Comparison): readonly Entry[] {
  const context = openStack(file, entries, comparison);
  if (!context) return entries;
  const changes = plannedChanges(context.before, context.after);
  const security = securityOf(context, entries);
  const notes = new Map<string, readonly string[]>(security.notes);
  const left: ResourceChange[] = [];
  const explained = new Map<Entry, ResourceChange[]>();
  for (const change of changes) {
    if (isSaid(change, security.said)) continue;
    const entry = context.explanationOf(context.ownerOf(resourceOf(change)));
    if (!entry || isWorse(change, entry)) left.push(change);
    else explained.set(entry, [...(explained.get(entry) ?? []), change]);
  }
  for (const [{ id }, behind] of explained)
    notes.set(id, [...resourceNotes(behind, context), ...(notes.get(id) ?? [])]);
  const ofStack = new Set([...explained.keys()].map(({ id }) => id));
  const found = [...security.entries, ...resourceEntries(left, context)];
  const declared = renameNotes(entries, context).map((entry) => {
    const more = notes.get(entry.id);
    if (!more) return entry;
    // what it does to a stack is in that file, whatever else the file is made from
    const files = ofStack.has(entry.id) && !entry.files.includes(file) ? [...entry.files, file] : entry.files;
    return { ...entry, notes: [...entry.notes, ...more], files };
  });
  return [...withoutRendering(declared, context, changes.length + found.length), ...found];
}

/** Resources that are nothing but a rule of a firewall or a policy: the security of the stack speaks of them. */
const RULE = /^aws_(vpc_security_group_(in|e)gress_rule|security_group_rule)$/;
const POLICY =
  /^(aws_iam_(role_policy|policy|user_policy|group_policy|.*_attachment)|aws_s3_bucket_policy|data\.aws_iam_policy_document)$/;
const POLICY_ARGUMENTS: ReadonlySet<string> = new Set([
  'policy',
  'assume_role_policy',
  'inline_policy',
  'managed_policy_arns',
  'policy_arn',
  'statement',
  'ingress',
  'egress',
]);

/** Whether the entries of security say all of a change. */
function isSaid(change: ResourceChange, said: ReadonlyMap<string, readonly Finding[]>): boolean {
  const { type, values, address } = resourceOf(change);
  if (change.consequence && fateOf(change).fate === 'replaced') return false;
  if (RULE.test(type)) {
    const group = String(values.security_group_id);
    return said.has(/^\$\{([^}]+)\.\w+\}$/.exec(group)?.[1] ?? group);
  }
  const findings = said.get(address);
  if (!findings) return false;
  if (!change.before || !change.after) return POLICY.test(type);
  const named = new Set(findings.flatMap((one) => one.arguments ?? [...POLICY_ARGUMENTS]));
  return change.attributes.every((name) => named.has(name));
}

/** Data that goes is said where no entry says so yet. */
function isWorse(change: ResourceChange, { effect }: Entry): boolean {
  const { fate } = fateOf(change);
  const goes = fate === 'removed' || fate === 'replaced';
  return goes && holdsData(resourceOf(change).type) && effect.class !== 'data-loss';
}

/** The entry of the file as a whole says nothing more once its resources are told. */
function withoutRendering(entries: readonly Entry[], { file, before, after }: StackContext, told: number): Entry[] {
  const restDiffers = JSON.stringify(before.rest) !== JSON.stringify(after.rest);
  return entries.flatMap((entry) => {
    if (entry.level !== 'file' || entry.path !== file || entry.kind !== 'terraform') return [entry];
    if (entry.action !== 'rendering') return told > 0 ? [] : [entry];
    if (told > 0 && !restDiffers) return [];
    if (!restDiffers) {
      const effect = { class: 'none', reason: 'Terraform finds the same in it', harmless: true } as const;
      return [{ ...entry, items: [], effect, title: `${file}: other bytes, the same meaning` }];
    }
    const items = entry.items.filter(({ text }) => !/^(resource|data|moved|\/\/)\b/.test(text));
    return [{ ...entry, items, title: `${file}: settings of the provider or of the state changed` }];
  });
}

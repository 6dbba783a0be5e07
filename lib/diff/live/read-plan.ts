import { byCodeUnit, isRecord } from '../../values/json';
import { type Problem, quote } from '../../values/problem';
import { lineOfFault } from '../jobs/json-lines';
import type { LiveExport, PlannedAttribute, PlannedResource } from './export';
import { isSecret } from './same-value';

type Fields = Readonly<Record<string, unknown>>;

const FIX = 'export it with: terraform plan -out=PLAN && terraform show -json PLAN';

/**
 * Reads what `terraform show -json PLAN` prints, of any format 1.x; keys that are not known are ignored. Of values that
 * terraform calls sensitive nothing is kept but the name of the attribute.
 *
 * @param json the text from its first character that is no blank
 */
export function readPlan(json: string, text: string, file: string): LiveExport {
  const refused = (message: string, line = 1): LiveExport => {
    const problem: Problem = { code: 'HPC2751', message, fix: FIX, origin: { file, line } };
    return { clusters: [], plans: [], problems: [problem] };
  };
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    return refused(`${quote(file)} is no JSON`, lineOfFault(text.replace(/^\ufeff/, '')));
  }
  const plan = record(content);
  const format = plan?.format_version;
  if (!plan || typeof format !== 'string')
    return refused(`${quote(file)} has no format_version, so terraform did not write it`);
  if (!/^1\.\d+/.test(format)) return refused(`the format of ${quote(file)} is ${quote(format)}; 1.x is read`);
  if (!Array.isArray(plan.resource_changes) && !record(plan.planned_values)) {
    return refused(`${quote(file)} is the state of a stack, not a plan for it`);
  }
  const cloud = cloudOf(plan);
  return {
    clusters: [],
    plans: [
      {
        kind: 'terraform',
        file,
        ...(cloud !== undefined && { cloud }),
        version: typeof plan.terraform_version === 'string' ? plan.terraform_version : '',
        errored: plan.errored === true,
        drift: resources(plan.resource_drift),
        resources: resources(plan.resource_changes),
      },
    ],
    problems: [],
  };
}

/** The tag of all that the AWS provider of a stack makes, which names the stack. */
function cloudOf({ configuration }: Fields): string | undefined {
  const { aws } = record(record(configuration)?.provider_config) ?? {};
  const [first] = [record(record(aws)?.expressions)?.default_tags].flat();
  const tag = record(record(record(first)?.tags)?.constant_value)?.[CLOUD_TAG];
  return typeof tag === 'string' ? tag : undefined;
}

/** The tag that stacks of hpcdk put on everything. */
export const CLOUD_TAG = 'hpcdk:cloud';

/** Resources by their address; data sources are read and not changed. */
const resources = (list: unknown): PlannedResource[] =>
  (Array.isArray(list) ? list : []).flatMap((item): PlannedResource[] => {
    const { address, previous_address: from, mode, change } = record(item) ?? {};
    const fields = record(change);
    if (typeof address !== 'string' || !fields || mode === 'data') return [];
    const actions = (Array.isArray(fields.actions) ? fields.actions : []).filter((one) => typeof one === 'string');
    return [
      {
        address,
        ...(typeof from === 'string' && from !== address && { from }),
        actions,
        attributes: actions.join() === 'update' ? attributesOf(fields) : [],
      },
    ];
  });

/** What differs, one level deep: `tags.Owner`. */
function attributesOf({ before, after, before_sensitive, after_sensitive, after_unknown }: Fields): PlannedAttribute[] {
  const [was, is] = [record(before) ?? {}, record(after) ?? {}];
  const masks = [before_sensitive, after_sensitive, after_unknown];
  const found = namesOf(was, is).flatMap((name): PlannedAttribute[] => {
    if (same(was[name], is[name])) return [];
    const [a, b] = [record(was[name]), record(is[name])];
    const inner = masks.map((mask) => (mask === true ? true : record(mask)?.[name]));
    if (!a || !b || inner.includes(true)) return [attribute(name, was[name], is[name], inner.some(hides))];
    return namesOf(a, b).flatMap((key) => {
      const hidden = inner.some((mask) => hides(record(mask)?.[key]));
      return same(a[key], b[key]) ? [] : [attribute(`${name}.${key}`, a[key], b[key], hidden)];
    });
  });
  // tags_all is tags with those of the provider
  const names = new Set(found.map(({ name }) => name));
  return found.filter(({ name }) => !(/^tags_all\b/.test(name) && names.has(name.replace('tags_all', 'tags'))));
}

const namesOf = (a: Fields, b: Fields): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(byCodeUnit);

/** Whether a mask of terraform hides anything of a value. */
const hides = (mask: unknown): boolean =>
  mask === true || (typeof mask === 'object' && mask !== null && Object.values(mask).some(hides));

const same = (a: unknown, b: unknown): boolean =>
  (a ?? null) === (b ?? null) || JSON.stringify(a) === JSON.stringify(b);

function attribute(name: string, before: unknown, after: unknown, hidden: boolean): PlannedAttribute {
  const [a, b] = [shown(before), shown(after)];
  if (hidden || isSecret(name) || a === undefined || b === undefined) return { name };
  return { name, before: a, after: b };
}

/** Characters of a value that is shown; longer ones are scripts and policies. */
const MOST_TEXT = 100;

/** A value that stands in a line; lists and documents do not. */
function shown(value: unknown): string | undefined {
  if (value === null || value === undefined) return 'not set';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || value.length > MOST_TEXT || /[\r\n]/.test(value)) return undefined;
  return value === '' ? 'empty' : value;
}

const record = (value: unknown): Fields | undefined => (isRecord(value) ? value : undefined);

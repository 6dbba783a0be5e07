import type { Effect, Effects } from '../../app/effect';
import type { FieldTable } from '../../app/field';

const STEPS = ['play slurm_accounts: sacctmgr brings QOS, accounts and users to what is declared'];

/** Effects of what is no line of a file that a daemon reads: sacctmgr changes it in the database, which tells slurmctld. */
export const bySacctmgr = (effects: Effects): Effects =>
  Object.fromEntries(
    Object.entries(effects).map(([direction, rules]) => [
      direction,
      ([rules].flat() as Effect[]).map((rule) => ({ ...rule, steps: [...STEPS, ...(rule.steps ?? [])] })),
    ]),
  );

/** A field table of what sacctmgr sets. */
export const setBySacctmgr = <T extends FieldTable>(fields: T): T =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, { ...field, effects: bySacctmgr(field.effects) }]),
  ) as T;

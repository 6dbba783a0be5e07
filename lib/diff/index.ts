export { type DiffOptions, diffSides } from './diff';
export type { Diff, Entry, EntryItem, EntrySection, PlanStep } from './model';
export { openSide, type Side } from './side';

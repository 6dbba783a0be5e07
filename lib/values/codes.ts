/** What the page of a code says. */
export interface CodeEntry {
  /** The rule in a few words, e.g. "a hostlist that cannot be read". */
  readonly title: string;
  /** Why the rule exists, with its source (man page, schema, measurement) when it is not obvious. */
  readonly why: string;
  /** How to mend it. */
  readonly fix: string;
}

/** A catalogue of codes: the code is the key. */
export type Codes = Readonly<Record<string, CodeEntry>>;

/** Codes of quantities and names (HPC1xxx), whatever construct they stand in. */
export const valueCodes = {
  HPC1001: {
    title: 'a value of the wrong type',
    why: 'A definition in plain JavaScript, or a row of a CSV or YAML file, is not seen by the compiler.',
    fix: 'Give a value of the type that the message names.',
  },
} as const satisfies Codes;

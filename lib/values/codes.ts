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
  HPC1002: {
    title: 'text with characters that its field cannot hold',
    why: 'Names end up in files, shells and DNS; a field allows just what every one of its readers takes unchanged.',
    fix: 'Use the characters that the message lists.',
  },
  HPC1003: {
    title: 'a value that is known only after terraform apply',
    why: 'A cdktf token is a placeholder that only Terraform can fill in; in any other file it would stand there as text.',
    fix: 'Use a name that you choose yourself, or hand the value over with AfterApply.',
  },
  HPC1004: {
    title: 'a number outside its range',
    why: 'The program that reads the value refuses it, or silently uses another.',
    fix: 'Give a whole number within the range that the message names.',
  },
  HPC1005: {
    title: 'a word that is not one of the choices',
    why: 'Most readers ignore an unknown word without a message.',
    fix: 'Use one of the words that the message lists.',
  },
  HPC1006: {
    title: 'the same item twice in a list',
    why: 'Items are told apart by their identity; of two with the same one, a reader takes either.',
    fix: 'Remove one, or give it a name of its own.',
  },
  HPC1007: {
    title: 'a list with too few items',
    why: 'The file that the construct emits would be refused by its reader.',
    fix: 'Add what the message asks for.',
  },
  HPC1008: {
    title: 'a property that the construct does not have',
    why: 'A misspelt property would silently do nothing.',
    fix: 'Use the name that the message suggests, or remove it.',
  },
  HPC1009: {
    title: 'a required property is missing',
    why: 'The construct cannot be rendered without it.',
    fix: 'Add the property.',
  },
} as const satisfies Codes;

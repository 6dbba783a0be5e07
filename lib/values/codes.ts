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
    fix: 'Use a name that you choose yourself: a tag, the name of a launch template, a private DNS name for an address.',
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
  HPC1010: {
    title: 'a hostlist that cannot be read',
    why: 'scontrol drops half a bracket or an empty place without a message; the machines that were meant are then missing.',
    fix: 'Write names with brackets and a comma between them, e.g. cn[001-064],login1.',
  },
  HPC1011: {
    title: 'a host name with a character that it cannot hold',
    why: 'Slurm itself takes nearly any character; DNS, Ansible and the shell scripts that get the name do not.',
    fix: 'Use letters, digits, dots, underscores and dashes, and start with a letter, a digit or an underscore.',
  },
  HPC1012: {
    title: 'a range of a hostlist that is empty, reversed or has a step',
    why: "Slurm refuses the whole list (scontrol show hostnames: Invalid range), or reads 'cn[1-]' as cn1 alone.",
    fix: 'Write the smaller number first; write the numbers of a range with a step one by one.',
  },
  HPC1013: {
    title: 'a range whose ends are padded to different widths',
    why: "Zero padding is a part of a name and Slurm takes the width of the first number: it reads 'cn[1-010]' as cn1 to cn10, not as cn001 to cn010.",
    fix: 'Pad both numbers to the width that the machines have in their names.',
  },
  HPC1014: {
    title: 'a host named twice in one list',
    why: 'Slurm keeps both and counts the machine twice; mostly one of the two was to be another machine.',
    fix: 'Name each host once.',
  },
  HPC1015: {
    title: 'a number in a host name that is too large',
    why: 'Slurm cuts a number beyond 64 bits to another number without a message; hpcdk counts exactly up to 15 digits.',
    fix: 'Give the hosts shorter numbers.',
  },
  HPC1020: {
    title: 'a duration that cannot be read',
    why: 'A time without a unit means minutes to Slurm, seconds to Ansible and days to a lease; only known forms are taken.',
    fix: "Write '7d', '1d12h', '90m', Slurm's '1-12:00:00', or 'unlimited'.",
  },
  HPC1021: {
    title: 'a duration that is not a whole number of its unit',
    why: 'Programs round a fraction each in its own way, and a negative time means "for ever" to some of them.',
    fix: 'Use a smaller unit: Duration.hours(36) for a day and a half.',
  },
  HPC1022: {
    title: 'a duration of more than 68 years',
    why: 'Slurm counts seconds in 32 bits (time_str2secs); a longer time turns negative.',
    fix: "Write 'unlimited' for a time without an end.",
  },
  HPC1030: {
    title: 'a size that cannot be read',
    why: "Without a unit, or with 'G' alone, Slurm means powers of 1024 and a disk's maker powers of 1000.",
    fix: "Write a number and a unit: '512GiB', '500GB'.",
  },
  HPC1031: {
    title: 'a size that is not a whole number of bytes',
    why: 'A fraction of a byte, a negative size and NaN come from a mistake in a calculation.',
    fix: 'Write a whole number, in a smaller unit where needed.',
  },
  HPC1032: {
    title: 'a size below nothing, or of 8 PiB or more',
    why: 'A reserve that is larger than what it is taken off; or more bytes than a number holds exactly.',
    fix: 'Check both amounts and their units.',
  },
  HPC1040: {
    title: 'a version that cannot be read',
    why: 'Versions stand in paths, Spack specs and module names, and rules compare them.',
    fix: "Write numbers and letters with dots, dashes or underscores between them: '22.05', '1.1.1w'; no leading v.",
  },
  HPC1041: {
    title: 'a constraint on a version that cannot be read',
    why: 'A rule with such a constraint would hold for no version.',
    fix: "Write an operator and a version: '< 24.11', '>= 22.05, < 24.11'.",
  },
  HPC1050: {
    title: 'a network that cannot be read',
    why: 'Clouds and firewalls take CIDR notation only; numbers with leading zeros are octal to some of them.',
    fix: "Write the first address and the length of the prefix: '10.42.0.0/16'.",
  },
  HPC1051: {
    title: 'a network with bits behind its prefix',
    why: 'Readers differ: EC2 takes the network around it without a message, the Terraform provider and firewalls refuse it.',
    fix: 'Write the first address of the network, as the message proposes.',
  },
  HPC1052: {
    title: 'a subnet that does not fit',
    why: 'A network has two times as many subnets for each bit that their prefix is longer.',
    fix: 'Declare a larger network, or fewer or smaller subnets.',
  },
  HPC1060: {
    title: 'an amount of money that cannot be read',
    why: 'A budget without a currency, or with a thousands separator, is read as another amount.',
    fix: "Write a number and an ISO 4217 code: '100 USD', '99.95 EUR'.",
  },
  HPC1061: {
    title: 'an unknown currency',
    why: 'Clouds and budgets take the three-letter codes of ISO 4217.',
    fix: 'Use the code that the message proposes.',
  },
  HPC1062: {
    title: 'two currencies in one sum',
    why: 'Exchange rates change; a synth never looks one up.',
    fix: 'Give both amounts in one currency.',
  },
  HPC1063: {
    title: 'an amount of money that is too large or too fine',
    why: 'Money is counted in whole millionths, so that sums are exact, up to 9 thousand million.',
    fix: 'Write an amount with at most six decimals.',
  },
  HPC1070: {
    title: 'a power that cannot be read',
    why: 'Without a unit, 1.3 may be watts or kilowatts; and what a label states in VA is apparent power, which is more than what is drawn.',
    fix: "Write a number and a unit: '650W', '1.3kW'.",
  },
  HPC1071: {
    title: 'a power that is not a whole number of watts',
    why: 'Nodes are measured in whole watts; a fraction of one, a negative power and NaN come from a mistake in a calculation.',
    fix: 'Write a whole number of watts.',
  },
  HPC1072: {
    title: 'a power of 1 GW or more',
    why: 'No centre draws as much: the unit is wrong.',
    fix: 'Write what one node draws at full load, in W or kW.',
  },
  HPC1100: {
    title: 'a Spack spec that cannot be read',
    why: 'The concretizer would stop at the same character, but only on the build host (grammar: spec_parser.py of Spack 1.x).',
    fix: 'Mend the character that the message points at.',
  },
  HPC1101: {
    title: 'a spec without a package name',
    why: 'A root of a software stack names what is installed; a spec without a name is a constraint on any package.',
    fix: "Begin with the name of the package: 'hdf5 +mpi'.",
  },
  HPC1102: {
    title: 'two packages in one spec',
    why: 'A spec names one package; others are its dependencies after ^ or %.',
    fix: "Write two specs, or 'hdf5 ^zlib' for a dependency.",
  },
  HPC1103: {
    title: 'one property given twice in a spec',
    why: 'A version, a variant, a part of the architecture, a hash or a dependency has one value; Spack refuses a second one.',
    fix: 'Keep one of the two.',
  },
  HPC1104: {
    title: 'a version of a spec that cannot be',
    why: 'A range low:high is empty when high is older than low.',
    fix: 'Write the older version first.',
  },
  HPC1105: {
    title: 'a property of a dependency that Spack does not know',
    why: 'Between ^[ and ] or %[ and ] stand deptypes (build, link, run, test), virtuals and when.',
    fix: "Write e.g. '^[virtuals=mpi] openmpi'.",
  },
  HPC1106: {
    title: 'a value that Spack cannot quote',
    why: 'A value is in one line, and has either single quotes or double quotes and backslashes in it, not both.',
    fix: 'Use one kind of quotes in the value.',
  },
  HPC1107: {
    title: 'the name of a package with upper-case letters',
    why: 'Packages of Spack have names in lower case (from Package API 2.0 on it knows no others): HDF5 is hdf5, R is r.',
    fix: 'Write the name in lower case, as `spack list` shows it.',
  },
  HPC1120: {
    title: 'a reference to a secret that is no name',
    why: 'Only the name under which a secret is kept may stand in a definition; what does not look like a name may be the secret itself.',
    fix: 'Keep the secret in the store, and give its name there.',
  },
} as const satisfies Codes;

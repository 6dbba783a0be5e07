import type { Format } from '../documents/format';
import { yaml } from '../documents/yaml';

/** A file that cloud-init writes. */
export interface WrittenFile {
  readonly path: string;
  /** Permissions in octal, e.g. `0700`. */
  readonly permissions: string;
  readonly content: string;
}

/** What cloud-init does at the first boot, as far as hpcdk needs it (cloud-init documentation, "Module reference"). */
export interface CloudConfig {
  readonly preserve_hostname: boolean;
  readonly write_files: readonly WrittenFile[];
  readonly runcmd: readonly (readonly string[])[];
}

const HEAD = '#cloud-config\n';

/** User data of an instance: YAML behind a first line that tells cloud-init what it is. */
export const cloudConfig: Format<CloudConfig> = {
  name: 'cloud-config',
  print: (value, report) => HEAD + yaml.print(value, report),
  parse: (text, report) => yaml.parse(text, report) as unknown as CloudConfig,
};

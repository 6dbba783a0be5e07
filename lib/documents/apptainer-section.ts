import type { Expandable } from './expandable';

/** A section of a definition file. */
export type ApptainerSection =
  | {
      readonly section: 'help' | 'setup' | 'pre' | 'post' | 'test' | 'runscript' | 'startscript';
      /** The rest of the section's line, such as `-c /bin/bash`. */
      readonly args?: string;
      /** Shell text (for help: any text) as it stands. */
      readonly script: string;
    }
  | {
      readonly section: 'environment';
      /** `export NAME=value` in this order. */
      readonly variables: readonly (readonly [name: string, value: Expandable])[];
    }
  | {
      readonly section: 'labels';
      readonly labels: readonly (readonly [name: string, value: string])[];
    }
  | {
      readonly section: 'files';
      /** The stage to copy from. @default - the host */
      readonly from?: string;
      /** Source and target; without a target the source's path is used. */
      readonly files: readonly (readonly [source: string, target?: string])[];
    };

/** One stage: where it starts from, and its sections in order. */
export interface ApptainerStage {
  /** `Bootstrap` comes first: `[['Bootstrap', 'docker'], ['From', 'debian@sha256:...'], ['Stage', 'build']]`. */
  readonly header: readonly (readonly [keyword: string, value: string])[];
  readonly sections: readonly ApptainerSection[];
}

/** An Apptainer definition file. */
export interface ApptainerDefinition {
  /** Lines of the comment at the top. */
  readonly comment?: readonly string[];
  readonly stages: readonly ApptainerStage[];
}

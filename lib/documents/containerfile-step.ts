import type { Expandable } from './expandable';

/** A flag such as `--from=build`; without a value it stands alone. */
export type ContainerfileFlag = readonly [name: string, value?: Expandable];

/** One instruction of a Containerfile, or a comment. */
export type ContainerfileStep =
  | { readonly comment: string }
  | {
      readonly instruction: 'FROM' | 'COPY' | 'ADD' | 'WORKDIR' | 'USER' | 'EXPOSE' | 'VOLUME' | 'STOPSIGNAL';
      readonly flags?: readonly ContainerfileFlag[];
      /** Words without blanks, quotes and backslashes: `['docker.io/debian@sha256:...', 'AS', 'build']`. */
      readonly words: readonly Expandable[];
    }
  | {
      readonly instruction: 'ENV' | 'LABEL' | 'ARG';
      /** Any text in one line is a value; a build argument may have none. */
      readonly pairs: readonly (readonly [name: string, value?: Expandable])[];
    }
  | {
      readonly instruction: 'RUN' | 'CMD' | 'ENTRYPOINT';
      readonly flags?: readonly ContainerfileFlag[];
      /** Shell text in lines, which the builder joins to one. */
      readonly lines: readonly string[];
    }
  | {
      readonly instruction: 'RUN' | 'CMD' | 'ENTRYPOINT' | 'SHELL';
      readonly flags?: readonly ContainerfileFlag[];
      /** The JSON form: a program and its arguments, no shell. */
      readonly exec: readonly string[];
    };

/** A Containerfile: its steps in order. */
export interface Containerfile {
  readonly steps: readonly ContainerfileStep[];
}

import type { Codec } from '../../values/codec';
import { hostlist, matching } from '../../values/codecs';
import { record } from '../../values/collections';
import type { Hostlist } from '../../values/hostlist';

/** One switch of a tree (topology.conf(5)): a leaf has nodes, the others join switches. */
export interface SwitchProps {
  /** Its name. */
  readonly name: string;
  /** The nodes at a leaf. @default - it joins switches */
  readonly nodes?: string | Hostlist;
  /** The switches below. @default - it is a leaf */
  readonly switches?: string | Hostlist;
}

/** A switch as it was read. */
export interface Switch {
  readonly name: string;
  readonly nodes?: Hostlist;
  readonly switches?: Hostlist;
}

/** Switches in field tables. */
export const switches: Codec<SwitchProps, Switch> = record(
  {
    name: matching({
      what: 'the name of a switch',
      pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
      allowed: 'letters, digits, "_" and "-"',
      max: 63,
    }),
  },
  { nodes: hostlist, switches: hostlist },
);

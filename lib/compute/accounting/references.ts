import type { IConstruct } from 'constructs';
import { Noun } from '../../app/noun';
import type { Codec } from '../../values/codec';
import { reference } from '../../values/codecs';

/** A QOS as others refer to it; its id is its name. */
export type IQos = IConstruct;

/** An account as others refer to it; its id is its name. */
export interface IAccount extends IConstruct {
  /** The accounts above it, the nearest first. */
  readonly ancestors: readonly IAccount[];
  /** The body that it belongs to, where it states one. */
  readonly organization: string | undefined;
}

const ofKind = (x: unknown, kind: string): boolean => Noun.isNoun(x) && x.definition.kind === kind;

/** A QOS in field tables. */
export const qosReference: Codec<IQos> = reference('a QOS', (x): x is IQos => ofKind(x, 'Qos'));

/** An account in field tables. */
export const accountReference: Codec<IAccount> = reference('an account', (x): x is IAccount => ofKind(x, 'Account'));

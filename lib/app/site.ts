import type { Construct, IConstruct } from 'constructs';
import { boolean, matching } from '../values/codecs';
import { FOLDER } from '../documents/document';
import { NO_EFFECT } from './effects';
import { defaulted, type Fields, required } from './field';
import { Noun } from './noun';

/** What a site is known by. */
export interface SiteProps {
  /** DNS domain of the hosts, e.g. `hpc.example.edu`. */
  readonly domain: string;
  /** Where users ask for help: an e-mail address. Stands in messages that users see. */
  readonly contact: string;
  /**
   * Whether an Ansible project that places the files on the hosts is emitted.
   * @default true
   */
  readonly ansible?: boolean;
}

const fields = {
  domain: required(
    matching({
      what: 'a DNS domain',
      pattern: /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
      allowed: 'lower-case labels of up to 63 letters, digits and "-", joined by dots (RFC 1035)',
      max: 253,
    }),
    { section: 'other', effects: NO_EFFECT('names of hosts in messages and inventories') },
  ),
  contact: required(
    matching({
      what: 'an e-mail address',
      pattern: /^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/,
      allowed: 'name@domain',
    }),
    { section: 'other', effects: NO_EFFECT('the address stands in messages only') },
  ),
  ansible: defaulted(boolean, true, {
    section: 'other',
    effects: NO_EFFECT('it decides how files are placed, not what they hold'),
  }),
} as const satisfies Fields<SiteProps>;

/** A site: the hosts, software and services of one computing centre, with a folder of the output of its own. */
export class Site extends Noun<typeof fields> {
  static readonly kind = 'Site';
  static readonly docs = 'app/site';
  static readonly fields = fields;
  static readonly lifecycle = { added: NO_EFFECT('a new site'), removed: NO_EFFECT('its hosts keep their files') };

  /** The site that a construct belongs to. */
  static override of(construct: IConstruct): Site | undefined {
    return construct.node.scopes
      .reverse()
      .find((scope): scope is Site => Noun.isNoun(scope) && scope.definition.kind === 'Site');
  }

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id, Site, props);
  }

  get [FOLDER](): string {
    return `sites/${this.node.id}`;
  }
}

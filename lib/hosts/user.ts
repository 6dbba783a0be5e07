import type { Construct } from 'constructs';
import { type Fields, optional } from '../app/field';
import type { HostFact } from '../app/host-fact';
import { absolutePath, integer } from '../values/codecs';
import { ACCOUNT_CHANGED } from './effects';
import { accountName } from './names';
import { OnHosts } from './on-hosts';

/** What a local account is known by. */
export interface UserProps {
  /** @default - the id */
  readonly name?: string;
  /** Number of the user, and of the group of the same name. @default - the next free one, which differs from host to host */
  readonly uid?: number;
  /** Home directory; it is not made. @default - that of the distribution */
  readonly home?: string;
  /** Login shell. @default - that of the distribution */
  readonly shell?: string;
}

const fields = {
  name: optional(accountName, { section: 'security', effects: ACCOUNT_CHANGED }),
  uid: optional(integer(1, 4294967293), { section: 'security', effects: ACCOUNT_CHANGED }),
  home: optional(absolutePath, { section: 'other', effects: ACCOUNT_CHANGED }),
  shell: optional(absolutePath, { section: 'security', effects: ACCOUNT_CHANGED }),
} as const satisfies Fields<UserProps>;

/** A local system account on hosts, such as the one that a service runs as. People come from the directory service. */
export class User extends OnHosts<typeof fields> {
  static readonly kind = 'User';
  static readonly docs = 'hosts/user';
  static readonly fields = fields;
  static readonly lifecycle = { section: 'security' as const, added: ACCOUNT_CHANGED, removed: ACCOUNT_CHANGED };

  constructor(scope: Construct, id: string, props: UserProps = {}) {
    super(scope, id, User, props);
  }

  protected facts(): readonly HostFact[] {
    const { name = this.node.id, uid, home, shell } = this.values;
    return [{ fact: 'user', name, ...(uid !== undefined && { uid }), ...(home && { home }), ...(shell && { shell }) }];
  }
}

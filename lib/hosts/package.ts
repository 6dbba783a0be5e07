import type { Construct } from 'constructs';
import { type Fields, optional } from '../app/field';
import type { HostFact } from '../app/host-fact';
import { PACKAGE_ADDED, PACKAGE_CHANGED, PACKAGE_REMOVED } from './effects';
import { packageName } from './names';
import { OnHosts } from './on-hosts';

/** The names of a package. */
export interface PackageProps {
  /** Its name in Debian and Ubuntu. @default - the id */
  readonly debian?: string;
  /** Its name in Red Hat Enterprise Linux and what is built like it. @default - the id */
  readonly redhat?: string;
}

const fields = {
  debian: optional(packageName, { section: 'other', effects: PACKAGE_CHANGED }),
  redhat: optional(packageName, { section: 'other', effects: PACKAGE_CHANGED }),
} as const satisfies Fields<PackageProps>;

/** A package of the distribution that is installed on hosts. */
export class Package extends OnHosts<typeof fields> {
  static readonly kind = 'Package';
  static readonly docs = 'hosts/package';
  static readonly fields = fields;
  static readonly lifecycle = { section: 'software' as const, added: PACKAGE_ADDED, removed: PACKAGE_REMOVED };

  constructor(scope: Construct, id: string, props: PackageProps = {}) {
    super(scope, id, Package, props);
  }

  protected facts(): readonly HostFact[] {
    const { debian = this.node.id, redhat = this.node.id } = this.values;
    return [{ fact: 'package', debian, redhat }];
  }
}

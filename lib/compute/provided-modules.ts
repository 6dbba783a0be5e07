import type { Construct } from 'constructs';
import { defaulted, type Fields, required } from '../app/field';
import { type Contribution, HOST_FACTS } from '../app/host-fact';
import { Noun } from '../app/noun';
import { boolean } from '../values/codecs';
import { type IModuleTree, isModuleTree, moduleTree } from '../software/module-tree-interface';
import { clusterGroups } from './slurm/host-facts';
import type { SlurmCluster } from './slurm-cluster';

/** Where a cluster offers modules. */
export interface ModulesProps {
  /** Whether users have them where they log in, not only in jobs. @default true */
  readonly login?: boolean;
}

const PLAY = 'play modules: hosts get the modules that are declared for them';

/** A play writes what is declared, and takes nothing away that is not. */
const KEPT = 'hosts that no longer get the modules keep those that they have, as they are';

const fields = {
  tree: required(moduleTree, {
    section: 'contract',
    effects: { any: { class: 'none', reason: 'users find other modules', steps: [PLAY] } },
  }),
  login: defaulted(boolean, true, {
    section: 'contract',
    effects: {
      any: {
        class: 'none',
        reason: `with it, users find the modules where they log in as well, without it in jobs; ${KEPT}`,
        steps: [PLAY],
      },
    },
  }),
} as const satisfies Fields<ModulesProps & { readonly tree: IModuleTree }>;

/** Modules that users of a cluster find on its hosts; made by `cluster.provide`. */
export class ProvidedModules extends Noun<typeof fields> {
  static readonly kind = 'ProvidedModules';
  static readonly docs = 'software/module-tree';
  static readonly fields = fields;
  static readonly lifecycle = {
    section: 'contract' as const,
    added: { any: { class: 'none', reason: 'users find more modules', harmless: true, steps: [PLAY] } },
    removed: {
      any: { class: 'none', reason: KEPT, steps: ['take the profile scripts of the modules from the hosts'] },
    },
  } as const;

  constructor(
    scope: Construct,
    private readonly cluster: SlurmCluster,
    tree: IModuleTree,
    props: ModulesProps,
  ) {
    super(scope, isModuleTree(tree) ? tree.node.path.replaceAll('/', '.') : 'modules', ProvidedModules, {
      ...props,
      tree,
    });
  }

  *[HOST_FACTS](): Iterable<Contribution> {
    const { login, compute } = clusterGroups(this.cluster);
    const facts = this.values.tree.hostFacts();
    if (login && this.values.login) yield { group: login, role: 'modules', facts };
    if (compute.hosts.count > 0) yield { group: compute, role: 'modules', facts };
  }
}

import type { IConstruct } from 'constructs';
import type { Placement } from '../documents/document';

/** The hosts of a site and the order in which things are done there: what a roll-out plan needs beside effects and files. */
export interface ManifestSite {
  /** The folder of the Ansible project, below the output folder. */
  readonly project: string;
  /** Groups of the inventory by name. */
  readonly groups: Readonly<Record<string, SiteGroup>>;
  /** Services in the order in which the play brings them to what was placed, over all hosts. */
  readonly services: readonly SiteService[];
  /** What `--tags` of site.yml takes. */
  readonly tags: SiteTags;
  /** Where a play over all hosts, without `--tags`, leaves the manifest; nothing when it writes to no host. */
  readonly manifest?: { readonly hosts: string; readonly path: string };
}

/** A group of the inventory. */
export interface SiteGroup {
  /** A hostlist. */
  readonly hosts: string;
  /** They control the others. */
  readonly controller?: true;
  /** Nothing is written to them: files are compared. */
  readonly observed?: true;
}

/** A service of a site. */
export interface SiteService {
  readonly name: string;
  /** The groups that run it, sorted. */
  readonly groups: readonly string[];
  /** Services of the site that are brought up before it. */
  readonly after?: readonly string[];
  /** Services that read their files again when `command` is run: itself among them. */
  readonly reconfigures?: readonly string[];
  /** The command that does it, run once on a host of the service. */
  readonly command?: readonly string[];
}

/** The tags of site.yml. */
export interface SiteTags {
  /** In the order of the play: `prepare`, `configure`, `start`, `settle`, as far as there is something to do. */
  readonly phases: readonly string[];
  /** A role is a tag for all that it does in every phase; by name, the groups that have it. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
}

/** Which hosts get a file of the output, and by what. */
export interface PlacedOn {
  /** Groups of the inventory, sorted. */
  readonly groups: readonly string[];
  /** Ansible roles, sorted: each is a tag of the playbook. */
  readonly roles: readonly string[];
  /** Where it stands there, when the file does not say so itself: it is part of a folder that is placed whole. */
  readonly host?: Placement;
}

/** Receives what a renderer knows of the hosts of a site; files by path below the output folder. */
export type HostsReport = (site: IConstruct, hosts: ManifestSite, files: ReadonlyMap<string, PlacedOn>) => void;

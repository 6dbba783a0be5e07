import type { Construct } from 'constructs';

/** Identifiers of what a cloud has; in the files they are references, filled in by Terraform. */
export interface AwsRefs {
  readonly vpcId: string;
  /** Subnets of nodes and file systems, one in each zone, in the order of the zones. */
  readonly subnetIds: readonly string[];
  /** Route tables of those subnets. */
  readonly routeTableIds: readonly string[];
  /** Security group of nodes. */
  readonly nodeSecurityGroupId: string;
  /** The private DNS zone. */
  readonly zoneId: string;
  /** The account that the stack is applied in. */
  readonly accountId: string;
}

/** Adds resources of your own to a stack; `stack` is its TerraformStack. */
export type AddResources = (stack: Construct, refs: AwsRefs) => void;

/**
 * A construct below a cloud with this method adds resources to the stack: how a package brings a service that hpcdk does
 * not have. It runs while files are rendered, after the resources of hpcdk.
 */
export const TERRAFORM = Symbol.for('hpcdk/terraform');

/** A construct that adds resources to the stack of the cloud that it is declared below. */
export interface TerraformContributor extends Construct {
  [TERRAFORM]: AddResources;
}

/** Says whether a construct adds resources of its own. */
export const contributesToTerraform = (construct: object): construct is TerraformContributor =>
  typeof (construct as Partial<TerraformContributor>)[TERRAFORM] === 'function';

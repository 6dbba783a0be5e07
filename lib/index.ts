export { define } from './define';
export { App, type AppProps, type Acknowledgement, type Aspect } from './app/app';
export { Definition, type Declare, type Params } from './app/definition';
export { type Diagnostic, type Severity } from './app/diagnostic';
export { type Effect, type EffectClass, type Effects, type SiteFacts } from './app/effect';
export { always, NO_EFFECT } from './app/effects';
export { defaulted, type Fields, type FieldTable, type KeyOptions, optional, required, type Values } from './app/field';
export { type Fault, type FaultReport, type Kind, Noun } from './app/noun';
export { type Policy, type TreeReport } from './app/policy';
export { type HostsReport, type ManifestSite, type PlacedOn } from './app/manifest-site';
export { type RenderedFile, type Renderer } from './app/renderer';
export { Site, type SiteProps } from './app/site';
export { type Synthesis } from './app/synthesize';
export {
  Document,
  type DocumentProps,
  type FileOwnership,
  FOLDER,
  OWNERSHIP,
  ownershipOf,
  type Placement,
  type Reader,
} from './documents/document';
export { type Format } from './documents/format';
export { type Codec } from './values/codec';
export { type Problem, type Report } from './values/problem';
export { SecretRef } from './values/secret-ref';
export { Cidr } from './values/cidr';
export { Duration } from './values/duration';
export { Hostlist } from './values/hostlist';
export { Money } from './values/money';
export { Power } from './values/power';
export { Size } from './values/size';
export { Version } from './values/version';
export { readTable, type Columns, type Row } from './app/table';
export { type GresProps } from './compute/gres';
export { NodePool, type NodePoolProps } from './compute/node-pool';
export { type NodeShape, NodeType, type NodeTypeProps } from './compute/node-type';
export { type INodes } from './compute/nodes';
export { Partition, type PartitionProps } from './compute/partition';
export { SLURM, type SlurmContribution, type SlurmContributor } from './compute/slurm/contribution';
export { type PriorityWeights } from './compute/slurm/priority';
export { type ModulesProps, ProvidedModules } from './compute/provided-modules';
export { type SwitchProps } from './compute/slurm/topology';
export { SlurmCluster, type SlurmClusterProps } from './compute/slurm-cluster';
export { SlurmVersion } from './compute/slurm-version';
export { Account, type AccountProps } from './compute/accounting/account';
export { type ISlurmDatabase } from './compute/accounting/database';
export { type Tres } from './compute/accounting/tres';
export { Qos, type QosFlag, type QosProps } from './compute/accounting/qos';
export { SlurmDatabase, type SlurmDatabaseProps } from './compute/accounting/slurm-database';
export { AwsCloud, type AwsCloudProps } from './cloud/aws-cloud';
export { type S3StateProps, TerraformState } from './cloud/terraform-state';
export { type AwsRefs, type AddResources, TERRAFORM, type TerraformContributor } from './cloud/terraform-hatch';
export * as codecs from './values/codec-set';
export { text } from './documents/text';
export { renderText } from './documents/template';
export { HOST_FACTS, HOST_GROUP, hostGroupOf, type Contribution, type HostFact, type HostGroup } from './app/host-fact';
export { Host, type HostProps } from './hosts/host';
export { Package, type PackageProps } from './hosts/package';
export { Service, type ServiceProps } from './hosts/service';
export { User, type UserProps } from './hosts/user';
export { type IBurstCloud } from './compute/burst-cloud';
export { BurstPool, type BurstPoolProps } from './compute/burst-pool';
export { type PowerSavingProps } from './compute/power-saving';
export { Purchase } from './compute/purchase';
export { ExistingLustre, type ExistingLustreProps } from './storage/existing-lustre';
export { ExistingNfs, type ExistingNfsProps } from './storage/existing-nfs';
export { type IFileSystem, type MountSource } from './storage/file-system';
export { Mount, type MountOptions, type MountProps } from './storage/mount';
export { type IMountTarget } from './storage/mount-target';
export { Bucket, type BucketProps } from './cloud/bucket';
export { Budget, type BudgetProps } from './cloud/budget';
export { Efs, type EfsProps } from './cloud/efs';
export { FsxLustre, type FsxLustreProps } from './cloud/fsx-lustre';
export { BuildCache } from './software/build-cache';
export { type IBuildCache } from './software/build-cache-interface';
export { Compiler, type CompilerOptions } from './software/compiler';
export { type External } from './software/external';
export { Mpi, type MpichOptions, type OpenMpiOptions } from './software/mpi';
export { SoftwareStack, type Recipes, type SoftwareStackProps } from './software/software-stack';
export { type Install, type Level } from './software/stack/installs';
export { Target } from './values/target';
export { type Deprecation, ModuleTree, type ModuleTreeProps } from './software/module-tree';
export { type IModuleTree } from './software/module-tree-interface';
export { ContainerImage, type ContainerImageProps } from './software/container-image';

import { Noun } from '../../app/noun';
import type { IConstruct } from 'constructs';
import { Bucket } from '../bucket';
import { Budget } from '../budget';
import { Efs } from '../efs';
import { FsxLustre } from '../fsx-lustre';
import type { AwsStack } from './aws-stack';
import { addBucket } from './bucket';
import { addBudget } from './budget';
import { addEfs } from './efs';
import { addFsxLustre } from './fsx-lustre';
import type { Network } from './network';

/** Adds the resources of one noun. */
type Add = (stack: AwsStack, network: Network, noun: never) => void;

const entry = <T extends Noun>(
  kind: { readonly kind: string; new (...props: never): T },
  add: (stack: AwsStack, network: Network, noun: T) => void,
) => [kind.kind, add as Add] as const;

/** What is declared below a cloud, with what it becomes. A new service is one line here. */
const kinds: ReadonlyMap<string, Add> = new Map([
  entry(Bucket, addBucket),
  entry(Budget, addBudget),
  entry(Efs, addEfs),
  entry(FsxLustre, addFsxLustre),
]);

/** Adds the resources of a construct, where it is of a kind that has some. */
export function addService(stack: AwsStack, network: Network, construct: IConstruct): void {
  if (Noun.isNoun(construct)) kinds.get(construct.definition.kind)?.(stack, network, construct as never);
}

import type { App } from '../app/app';
import { Noun } from '../app/noun';
import type { AwsCloud } from './aws-cloud';
import { userData } from './node-config';
import { contributesToTerraform } from './terraform-hatch';

/**
 * All that the stacks of a tree follow from, as text: the values of every construct in the order of the definition, renames,
 * overrides and the user data of nodes.
 *
 * @returns undefined when code that is not ours has a part in it: resources of the definition's own, aspects, kinds of other packages
 */
export function stackIntent(app: App, clouds: readonly AwsCloud[]): string | undefined {
  const constructs = app.node.findAll();
  const nouns = constructs.filter(Noun.isNoun);
  const foreign =
    app.aspects.length > 0 ||
    clouds.some(({ additions }) => additions.length > 0) ||
    constructs.some(contributesToTerraform) ||
    nouns.some((noun) => !isOurs(noun));
  if (foreign) return undefined;
  return JSON.stringify([
    process.env.CDKTF_CONTEXT_JSON ?? '', // cdktf reads it by itself
    app.renames,
    nouns.map((noun) => [noun.node.path, noun.definition.kind, noun.canonical()]),
    clouds.map((cloud) => [cloud.overrides, cloud.pools.map((pool) => [pool.node.path, userData(cloud, pool)])]),
  ]);
}

/** A class of ours, and none that is made from one: the kinds of other packages have the name of the package in front. */
const isOurs = (noun: Noun): boolean =>
  (noun.constructor as unknown) === noun.definition && !noun.definition.kind.includes('.');

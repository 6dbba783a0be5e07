import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../values/json';
import { packageRoot } from '../../values/package-root';
import type { Tags } from './aws-stack';

type Resource = Record<string, Json>;

let loaded: ReadonlySet<string> | undefined;

/** The types of the provider that have no tags, from its schema (scripts/refresh-terraform-tags.mjs). */
function untaggable(): ReadonlySet<string> {
  const path = join(packageRoot(), 'data', 'aws', 'untaggable-types.json');
  return (loaded ??= new Set((JSON.parse(readFileSync(path, 'utf8')) as { types: string[] }).types));
}

/** Whether resources of a type can carry tags of their own. */
export const isTaggable = (type: string): boolean => type.startsWith('aws_') && !untaggable().has(type);

/** What instances bring along; each gets its tags from the launch template. */
const LAUNCHED = ['instance', 'network-interface', 'volume'];

/** Adds tags to a resource; those that it has already win. Also to what a resource will start itself. */
export function tagResource(type: string, resource: Resource, tags: Tags): void {
  if (isTaggable(type)) resource.tags = merged(resource.tags, tags);
  if (type === 'aws_launch_template') tagLaunched(resource, tags);
  if (type === 'aws_autoscaling_group') tagGroup(resource, tags);
  if ((type === 'aws_instance' || type === 'aws_spot_instance_request') && !tagsItsVolumes(resource)) {
    resource.volume_tags = merged(resource.volume_tags, tags);
  }
}

/** Tags may be an expression, such as a reference to those of another resource. */
function merged(present: Json | undefined, tags: Tags): Json {
  if (typeof present === 'string') {
    const expression = /^\$\{([^]*)\}$/.exec(present)?.[1] ?? JSON.stringify(present);
    const pairs = Object.entries(tags).map(([key, value]) => `${JSON.stringify(key)} = ${JSON.stringify(value)}`);
    return `\${merge({${pairs.join(', ')}}, ${expression})}`;
  }
  return { ...tags, ...(present as Record<string, Json> | undefined) };
}

function tagLaunched(template: Resource, tags: Tags): void {
  const present = (template.tag_specifications ?? []) as readonly Resource[];
  const missing = LAUNCHED.filter((type) => !present.some(({ resource_type }) => resource_type === type));
  template.tag_specifications = [
    ...present.map((entry) => ({ ...entry, tags: merged(entry.tags, tags) })),
    ...missing.map((resource_type) => ({ resource_type, tags: { ...tags } })),
  ];
}

function tagGroup(group: Resource, tags: Tags): void {
  const present = (group.tag ?? []) as readonly Resource[];
  const missing = Object.entries(tags).filter(([key]) => !present.some((tag) => tag.key === key));
  group.tag = [...present, ...missing.map(([key, value]) => ({ key, value, propagate_at_launch: true }))];
}

/** `volume_tags` and tags of single volumes exclude each other (provider documentation, aws_instance). */
const tagsItsVolumes = (instance: Resource): boolean =>
  ['root_block_device', 'ebs_block_device'].some((block) =>
    [instance[block]].flat().some((device) => typeof device === 'object' && device !== null && 'tags' in device),
  );

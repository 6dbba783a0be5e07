import { byCodeUnit, type Json } from '../../values/json';
import type { AwsStack } from './aws-stack';
import { movedBlocks } from './moved';
import { applyOverride } from './override';
import { tagResource } from './tag-resource';

type JsonRecord = Record<string, Json>;

/** What cdktf wrote for a stack with the tags on everything, and the overrides of the definition applied last. */
export function finishStack(text: string, stack: AwsStack): string {
  const content = JSON.parse(text) as JsonRecord;
  for (const [type, resources] of Object.entries(
    (content.resource ?? {}) as Record<string, Record<string, JsonRecord>>,
  )) {
    for (const resource of Object.values(resources)) tagResource(type, resource, stack.tagsOf(pathOf(resource)));
  }
  const moved = movedBlocks(pathsOf(content), stack.former);
  if (moved.length > 0) content.moved = moved;
  for (const { path, value } of stack.cloud.overrides) {
    if (applyOverride(content, path, value)) continue;
    stack.report(
      { code: 'HPC5044', message: `the override of '${path}' changes nothing: there is no such place in the stack` },
      stack.cloud,
    );
  }
  return print(content);
}

/** The manifest that cdktf's own tools read, without the stack traces of annotations: they name folders of this machine. */
export function finishManifest(text: string): string {
  const manifest = JSON.parse(text) as { stacks: Record<string, { annotations: { stacktrace?: string[] }[] }> };
  for (const { annotations } of Object.values(manifest.stacks)) {
    for (const annotation of annotations) annotation.stacktrace = [];
  }
  return print(manifest as never);
}

/** The paths of managed resources below the stack, by address. */
function pathsOf({ resource }: JsonRecord): Map<string, string> {
  const types = Object.entries((resource ?? {}) as Record<string, Record<string, JsonRecord>>);
  return new Map(
    types.flatMap(([type, resources]) =>
      Object.entries(resources).map(([id, one]): [string, string] => {
        const path = pathOf(one);
        return [`${type}.${id}`, path.slice(path.indexOf('/') + 1)];
      }),
    ),
  );
}

/** Where cdktf says that a resource stands: `aws/network-main/Resource`. */
const pathOf = (resource: JsonRecord): string =>
  String((resource['//'] as { metadata?: { path?: string } } | undefined)?.metadata?.path ?? '');

const print = (content: Json): string => `${JSON.stringify(sorted(content), null, 2)}\n`;

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

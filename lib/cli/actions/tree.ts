import type { IConstruct } from 'constructs';
import { asDeclared, Noun } from '../../app/noun';
import type { Synthesis } from '../../app/synthesize';
import { isFailure, type Outcome } from '../outcome';
import type { TreeNode } from '../result';
import { type DefinitionOptions, synthesizeProject } from './synthesis';

/** Lists the constructs of a definition with the files that come from them. */
export async function tree(options: DefinitionOptions): Promise<Outcome> {
  const made = await synthesizeProject({ ...options, outline: true });
  if (isFailure(made)) return made;
  const { synthesis, project } = made;
  return {
    diagnostics: synthesis.diagnostics,
    projectDir: project.dir,
    result: { code: 'tree', constructs: nodesBelow(synthesis.app, project.dir, filesByOwner(synthesis)) },
  };
}

function filesByOwner({ files }: Synthesis): Map<string, string[]> {
  const owned = new Map<string, string[]>();
  for (const [path, { owner }] of files) {
    const noun = Noun.of(owner)?.node.path ?? '';
    owned.set(noun, [...(owned.get(noun) ?? []), path]);
  }
  return owned;
}

/** The nouns below a construct; a construct without a field table stands for those below it. */
function nodesBelow(
  construct: IConstruct,
  projectDir: string,
  files: ReadonlyMap<string, readonly string[]>,
): TreeNode[] {
  return construct.node.children.flatMap((child) => {
    const children = nodesBelow(child, projectDir, files);
    if (!Noun.isNoun(child)) return children;
    const source = child.source(projectDir);
    return {
      path: asDeclared(child.node.path, child),
      id: asDeclared(child.node.id, child),
      kind: child.definition.kind,
      ...(source && { source }),
      files: [...(files.get(child.node.path) ?? [])].sort(),
      children,
    };
  });
}

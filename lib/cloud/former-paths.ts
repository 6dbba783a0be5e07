import type { IConstruct } from 'constructs';
import { App } from '../app/app';

/**
 * Where a construct stood before, the oldest path first, by the renames that the definition states. Of a rename of the
 * construct and one of something above it, the one that says more counts.
 */
export function formerPaths(construct: IConstruct): string[] {
  const { path } = construct.node;
  const fitting = Object.entries(App.of(construct).renames).filter(
    ([, to]) => path === to || path.startsWith(`${to}/`),
  );
  const most = Math.max(...fitting.map(([, to]) => to.length));
  return fitting.filter(([, to]) => to.length === most).map(([from, to]) => from + path.slice(to.length));
}

/** The first path of a construct: what has its name in AWS keeps it, for most names there cannot change. */
export const firstPath = (construct: IConstruct): string => formerPaths(construct)[0] ?? construct.node.path;

/** The ids of a construct, from the first one to that of today. */
export const idsOf = (construct: IConstruct): string[] =>
  [...formerPaths(construct), construct.node.path].map((path) => path.slice(path.lastIndexOf('/') + 1));

/** The id by which AWS knows a construct. */
export const firstId = (construct: IConstruct): string => idsOf(construct)[0] as string;

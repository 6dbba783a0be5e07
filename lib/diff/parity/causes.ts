import type { Comparison } from '../comparison';
import { inOrder } from '../entry';
import type { Entry } from '../model';
import type { Found } from './changed-differences';
import { push } from '../../values/multimap';

/** Finds the entries that bring differences about. */
export class Causes {
  private readonly byPath = new Map<string, Entry[]>();
  private readonly byFile = new Map<string, Entry[]>();

  constructor(
    private readonly entries: readonly Entry[],
    private readonly origins: Comparison['origins'],
  ) {
    for (const entry of entries) {
      push(this.byPath, entry.path, entry);
      for (const file of entry.files) push(this.byFile, file, entry);
    }
  }

  /**
   * The worst entry of what stands behind a difference, constructs before single fields; of the files that it is in; of the
   * nodes that it is between or the partitions that they share; or else of the cluster, of its site, of all.
   */
  of({ behind, premises, cloud, meeting }: Found): Entry | undefined {
    const { cluster } = meeting;
    const shared = meeting.shared(premises.path, cloud.path).map((name) => `${cluster}/partitions/${name}`);
    const places = [cluster, cluster.split('/')[0] as string, ''];
    const found = [
      () => behind.filter((reference) => !reference.includes('#')).flatMap((path) => this.at(path)),
      () => behind.flatMap((reference) => this.at(reference)),
      () => behind.flatMap((file) => this.byFile.get(file) ?? []),
      () => [premises.path, cloud.path, ...shared].flatMap((reference) => this.at(reference)),
      ...places.map((place) => () => this.entries.filter(({ path }) => place === '' || isBelow(path, place))),
    ];
    for (const find of found) {
      const [worst] = find().sort(inOrder);
      if (worst) return worst;
    }
    return undefined;
  }

  /** The entries about a construct, or about one of its fields. What came or went took along what stands below it. */
  private at(reference: string): Entry[] {
    const [path = '', field] = reference.split('#');
    return [path, this.origins.get(path) ?? path].flatMap((one) => {
      const own = (this.byPath.get(one) ?? []).filter(
        (entry) => field === undefined || entry.field === undefined || entry.field.split('.')[0] === field,
      );
      const above = ancestors(one).flatMap((top) => this.byPath.get(top) ?? []);
      return [...own, ...above.filter(({ level, action }) => level === 'field' && /^(added|removed)$/.test(action))];
    });
  }
}

const isBelow = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

const ancestors = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, at, parts) => parts.slice(0, at + 1).join('/'));

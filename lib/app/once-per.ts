/**
 * What is worked out of a list once, however often it is asked for. A validation gives all nouns of a kind one and the same
 * list (`alike` of `Noun.check`), so a check that has to see all of them costs what one walk costs, not one for each.
 */
export function oncePer<K extends object, T>(work: (list: K) => T): (list: K) => T {
  const known = new WeakMap<K, { readonly result: T }>();
  return (list) => {
    const entry = known.get(list) ?? { result: work(list) };
    known.set(list, entry);
    return entry.result;
  };
}

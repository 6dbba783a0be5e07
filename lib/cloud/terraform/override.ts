import type { Json } from '../../values/json';

/**
 * Sets a value at each place that a path leads to; says whether there is one. All but the last name must be there, the last
 * one may be new: an argument that was left out.
 */
export function applyOverride(content: Json, path: string, value: Json): boolean {
  const names = path.split('.');
  const last = names.pop() as string;
  const places = names.reduce<Json[]>((at, name) => at.flatMap((place) => below(place, name)), [content]);
  let found = false;
  for (const place of places) {
    if (typeof place !== 'object' || place === null) continue;
    const record = place as Record<string, Json>;
    const keys = last === '*' ? Object.keys(record) : [last];
    for (const key of keys) {
      if (Array.isArray(place) && !(key in place)) continue;
      record[key] = value;
      found = true;
    }
  }
  return found;
}

function below(place: Json, name: string): Json[] {
  if (typeof place !== 'object' || place === null) return [];
  const record = place as Record<string, Json>;
  if (name === '*') return Object.values(record);
  return Object.hasOwn(record, name) ? [record[name] as Json] : [];
}

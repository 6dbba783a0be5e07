import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The licences of the packages whose code is in the bundles.
 *
 * @param inputs the files that went into the bundles, relative to `root`
 */
export function notices(inputs, root) {
  const folders = inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0]);
  const texts = new Map([...new Set(folders)].filter(Boolean).map((folder) => notice(join(root, folder))));
  const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  const rule = '-'.repeat(80);
  const intro = 'The bundles of hpcdk hold code of these packages, under their licences.';
  return `${[intro, ...sorted].join(`\n\n${rule}\n`)}\n`;
}

/** A package and its licence, by name and version. */
function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  const licences = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name}@${version}`, [`${name} ${version} (${license})`, ...licences].join('\n\n')];
}

// Refreshes data/aws/untaggable-types.json from the schema of the provider:
//   terraform providers schema -json | node scripts/refresh-terraform-tags.mjs VERSION
// in a folder whose required_providers name hashicorp/aws of that version.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = process.argv[2];
if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) throw new Error('give the version of the provider, e.g. 5.100.0');
const { provider_schemas: providers } = JSON.parse(readFileSync(0, 'utf8'));
const { resource_schemas: resources } = Object.entries(providers).find(([name]) => name.endsWith('/hashicorp/aws'))[1];
// A type whose tags are required means other tags than its own by them.
const types = Object.keys(resources)
  .filter((type) => resources[type].block.attributes?.tags?.optional !== true)
  .sort();
const target = join(dirname(fileURLToPath(import.meta.url)), '..', 'data', 'aws', 'untaggable-types.json');
writeFileSync(target, `${JSON.stringify({ provider: 'hashicorp/aws', version, types }, null, 1)}\n`);

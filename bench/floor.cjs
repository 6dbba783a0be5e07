// What any program of this kind pays: node floor.cjs PLAN OUTDIR load|build
//
// load   loads cdktf and the submodules that the definition needs, and writes the bytes of the output
// build  builds the same resources with cdktf and synthesises them besides
const { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { dirname, join } = require('node:path');

const [planFile, outdir, mode] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(planFile, 'utf8'));

const classes = new Map();
for (const name of plan.modules) {
  for (const exported of Object.values(require(name))) {
    if (typeof exported?.tfResourceType === 'string') {
      classes.set(`${/\/data-aws-/.test(name) ? 'data ' : ''}${exported.tfResourceType}`, exported);
    }
  }
}
if (mode === 'build' && plan.stacks.length > 0) build();
for (const [path, content, fileMode] of plan.files) {
  mkdirSync(dirname(join(outdir, path)), { recursive: true });
  writeFileSync(join(outdir, path), content, { mode: fileMode });
}

function build() {
  const { App, TerraformOutput, TerraformStack } = require('cdktf');
  const folder = mkdtempSync(join(tmpdir(), 'hpcdk-floor-'));
  const app = new App({ outdir: folder });
  for (const { name, json } of plan.stacks) {
    const stack = new TerraformStack(app, name);
    stack.addOverride('terraform', json.terraform);
    for (const [type, all] of Object.entries(json.provider ?? {})) {
      for (const [index, config] of [all].flat().entries()) add(stack, type, `${type}-${index}`, config);
    }
    for (const [kind, prefix] of Object.entries({ resource: '', data: 'data ' })) {
      for (const [type, all] of Object.entries(json[kind] ?? {})) {
        for (const [id, config] of Object.entries(all))
          add(stack, prefix + type, `${prefix.trim()}${type}-${id}`, config);
      }
    }
    for (const [id, { value }] of Object.entries(json.output ?? {})) new TerraformOutput(stack, `out-${id}`, { value });
  }
  app.synth();
  rmSync(folder, { recursive: true });
}

function add(stack, type, id, config) {
  const Class = classes.get(type);
  if (!Class) throw new Error(`the floor knows no class of ${type}`);
  new Class(stack, id, camel(config));
}

/** The attributes of Terraform as the properties of cdktf; the keys of a map of tags are the user's. */
function camel(value, key) {
  if (Array.isArray(value)) return value.map((item) => camel(item));
  if (typeof value !== 'object' || value === null || /tags/.test(key ?? '')) return value;
  const names = Object.entries(value).filter(
    ([name]) => name !== '//' && name !== 'lifecycle' && name !== 'depends_on',
  );
  return Object.fromEntries(
    names.map(([name, inner]) => [name.replace(/_(\w)/g, (_, c) => c.toUpperCase()), camel(inner, name)]),
  );
}

import type { IConstruct } from 'constructs';
import type { Origin } from '../values/origin';
import type { Problem } from '../values/problem';
import { App } from './app';
import { type CallSite, resolveCallSite } from './call-site';
import { type Diagnostic, hasErrors, sortDiagnostics } from './diagnostic';
import { makeManifest, makeSources, type Manifest, type Sources } from './manifest';
import { asDeclared, Noun } from './noun';
import type { TreeReport } from './policy';
import type { RenderedFile } from './renderer';
import type { HostsReport, PlacedOn, ManifestSite } from './manifest-site';
import { toolVersion } from './tool-version';

/** What a definition comes to: files and manifest, or the reasons why there are none. */
export interface Synthesis {
  readonly app: App;
  /** Every fault, sorted. With an error among them there are no files. */
  readonly diagnostics: readonly Diagnostic[];
  /** The files by path below the output folder; in an outline, those that are costly to make have no content. */
  readonly files: ReadonlyMap<string, RenderedFile>;
  readonly manifest?: Manifest;
  readonly sources?: Sources;
}

/** Collects faults with their place. */
export class Diagnostics {
  readonly all: Diagnostic[] = [];

  constructor(private readonly app: App) {}

  /** Adds a problem at a construct. */
  readonly add: TreeReport = (problem, at, field) => {
    const message = asDeclared(problem.message, at);
    const source = Noun.of(at)?.source(this.app.projectDir);
    this.push({ ...problem, message }, asDeclared(at.node.path, at), field, source);
  };

  /** Adds a problem that belongs to no construct, at a line of the definition. */
  addAtLine(problem: Problem, site: CallSite): void {
    this.push(problem, undefined, undefined, resolveCallSite(site, this.app.projectDir));
  }

  private push(problem: Problem, construct?: string, field?: string, source?: Origin): void {
    this.all.push({
      code: problem.code,
      severity: problem.severity ?? 'error',
      message: problem.message,
      ...(problem.fix && { fix: problem.fix }),
      ...(construct && { construct }),
      ...(field && { field }),
      ...((problem.origin ?? source) && { source: problem.origin ?? source }),
    });
  }
}

/** How far a definition is taken. */
export interface SynthesisOptions {
  /**
   * Whether it is enough to know which files there are. What is costly to make is not made, and what only shows in the
   * making is not found; there is no manifest.
   * @default false
   */
  readonly outline?: boolean;
}

/**
 * Takes a finished tree through aspects, validation and rendering. Nothing is written here; the same tree gives the same
 * result on any machine.
 */
export async function synthesize(
  app: App,
  found = new Diagnostics(app),
  { outline = false }: SynthesisOptions = {},
): Promise<Synthesis> {
  runAspects(app);
  validate(app, found);
  if (hasErrors(found.all)) return finish(app, found, new Map());
  const { files, sites } = await render(app, found, outline);
  if (outline) return { app, diagnostics: sortDiagnostics(acknowledge(app, found)), files };
  for (const policy of app.policies) policy.checkFiles?.(files, found.add);
  return finish(app, found, files, sites);
}

function finish(app: App, found: Diagnostics, files: Rendered['files'], sites: Rendered['sites'] = {}): Synthesis {
  const diagnostics = sortDiagnostics(acknowledge(app, found));
  if (hasErrors(diagnostics)) return { app, diagnostics, files: new Map() };
  const manifest = makeManifest(app, files, sites, toolVersion());
  return { app, diagnostics, files, manifest, sources: makeSources(app) };
}

function runAspects(app: App): void {
  const visited = new Set<IConstruct>();
  let fresh = app.node.findAll();
  while (app.aspects.length > 0 && fresh.length > 0) {
    for (const construct of fresh) {
      visited.add(construct);
      for (const aspect of app.aspects) aspect.visit(construct);
    }
    fresh = app.node.findAll().filter((construct) => !visited.has(construct));
  }
}

function validate(app: App, found: Diagnostics): void {
  for (const problem of app.problems) found.addAtLine(problem, app.callSite);
  const constructs = app.node.findAll();
  // Of half a tree only the props can be judged: what the rest would have brought is no fault.
  if (found.all.some(({ code }) => code === 'HPC2503')) {
    for (const noun of constructs.filter(Noun.isNoun)) reportFaults(noun, found);
    return;
  }
  const kinds = new Map<string, Noun[]>();
  for (const noun of constructs.filter(Noun.isNoun)) {
    const alike = kinds.get(noun.definition.kind);
    if (alike) alike.push(noun);
    else kinds.set(noun.definition.kind, [noun]);
  }
  for (const construct of constructs) {
    if (Noun.isNoun(construct)) checkNoun(construct, kinds.get(construct.definition.kind) ?? [], found);
    for (const message of construct.node.validate()) found.add({ code: 'HPC2507', message }, construct);
  }
  for (const policy of app.policies) policy.checkTree?.(app, found.add);
  for (const [from, to] of Object.entries(app.renames)) {
    const wrong = find(app, from) ? from : find(app, to) ? undefined : to;
    if (wrong) {
      const state = wrong === to ? 'does not exist' : 'still exists';
      found.addAtLine(
        { code: 'HPC2506', message: `the rename of '${from}' to '${to}': '${wrong}' ${state}` },
        app.callSite,
      );
    }
  }
}

const find = (app: App, path: string): IConstruct | undefined =>
  path.split('/').reduce<IConstruct | undefined>((at, id) => at?.node.tryFindChild(id), app);

function reportFaults(noun: Noun, found: Diagnostics): void {
  for (const fault of noun.faults) found.add(fault, noun, fault.field && fault.field + (fault.at ?? ''));
}

function checkNoun(noun: Noun, alike: readonly Noun[], found: Diagnostics): void {
  reportFaults(noun, found);
  if (noun.faults.some((fault) => fault.severity !== 'warning')) return;
  noun.check((problem, field, at) => found.add(problem, noun, field && field + (at ?? '')), alike);
}

/** What the renderers made: the files, and the hosts of each site by its path. */
interface Rendered {
  readonly files: ReadonlyMap<string, RenderedFile>;
  readonly sites: Readonly<Record<string, ManifestSite>>;
}

async function render(app: App, found: Diagnostics, outline: boolean): Promise<Rendered> {
  const files = new Map<string, RenderedFile>();
  const sites: Record<string, ManifestSite> = {};
  const placed: (readonly [string, PlacedOn])[] = [];
  const tellHosts: HostsReport = (site, hosts, places) => {
    sites[site.node.path] = hosts;
    placed.push(...places);
  };
  for (const renderer of app.renderers) {
    const made = outline && renderer.outline ? renderer.outline(app) : await renderer.render(app, found.add, tellHosts);
    for (const file of made) {
      const other = files.get(file.path);
      if (other) {
        const message = `'${file.path}' is emitted by '${other.owner.node.path}' too`;
        found.add({ code: 'HPC2504', message }, file.owner);
      } else files.set(file.path, file);
    }
  }
  for (const [path, { groups, roles, host }] of placed) {
    const file = files.get(path);
    if (file) files.set(path, { ...file, groups, roles, ...(host && !file.host && { host }) });
  }
  return { files, sites };
}

/** Takes out the warnings that the site knows of; says when an acknowledgement matches none. */
function acknowledge(app: App, found: Diagnostics): Diagnostic[] {
  const used = new Set<unknown>();
  const left = found.all.filter((diagnostic) => {
    const known = app.acknowledgements.find(
      ({ code, construct }) =>
        diagnostic.severity === 'warning' &&
        diagnostic.code === code &&
        (construct === undefined || construct === diagnostic.construct),
    );
    if (known) used.add(known);
    return !known;
  });
  if (hasErrors(found.all)) return left;
  for (const { code, construct } of app.acknowledgements.filter((entry) => !used.has(entry))) {
    const place = construct ? ` at '${construct}'` : '';
    left.push({
      code: 'HPC2505',
      severity: 'warning',
      message: `the acknowledgement of ${code}${place} matches nothing`,
    });
  }
  return left;
}

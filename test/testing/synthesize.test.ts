import { Construct } from 'constructs';
import { define, Document, NodeType, Site, Size, SlurmCluster, SlurmVersion } from '../../lib';
import { json } from '../../lib/documents/json';
import { yaml } from '../../lib/documents/yaml';
import { matching } from '../../lib/testing/match';
import { synthesize } from '../../lib/testing/synthesize';

const node = NodeType.of({ sockets: 2, cores: 32, memory: Size.gib(256) });
const cluster = (site: Construct, id: string, partition = 'batch') => {
  const hpc = new SlurmCluster(site, id, { slurm: SlurmVersion.V22_05, controller: `${id}-ctl` });
  hpc.addPartition(partition, { nodes: [hpc.addNodes('cpu', { hosts: `${id}-n[1-4]`, type: node })] });
};
const site = { domain: 'hpc.example.edu', contact: 'help@hpc.example.edu' };
const twin = define((app) => {
  const campus = new Site(app, 'campus', site);
  cluster(campus, 'alpha');
  cluster(campus, 'beta', 'long');
  for (const name of ['core', 'gcc']) {
    const content = () => ({ spack: { specs: [name] } });
    new Document(campus, `spack-${name}`, { path: `spack/${name}/spack.yaml`, format: yaml, content });
  }
  new Document(campus, 'motd', { path: 'motd.yml', format: yaml, content: () => ({ motd: ['hello'] }) });
  new Document(campus, 'facts', { path: 'facts.json', format: json, content: () => ({ n: 1 }) });
});

describe('the output of a definition', () => {
  test('is its files and its manifest', async () => {
    // GIVEN a definition without faults
    // WHEN it is synthesised
    const output = await synthesize(twin);
    // THEN everything that it comes to is at hand
    output.expectNoDiagnostics();
    expect(Object.keys(output.files)).toContain('sites/campus/slurm/alpha/slurm.conf');
    expect(output.at('sites/campus/motd.yml')).toBe('---\nmotd:\n  - hello\n');
    expect(output.yaml('sites/campus/motd.yml')).toEqual({ motd: ['hello'] });
    expect(output.json('sites/campus/facts.json')).toEqual({ n: 1 });
    expect(output.manifest.constructs['campus/alpha/partitions/batch']?.values).toMatchObject({ state: 'UP' });
  });

  test('is found by what it belongs to', async () => {
    const output = await synthesize(twin);
    output.slurmConf('alpha').hasPartition('batch');
    output.slurmConf('campus/beta').hasPartition('long');
    output.slurmConf('sites/campus/slurm/beta/slurm.conf').lacksPartition('batch');
    output.spackEnv('spack/gcc').hasSpec('gcc');
    output.slurmConf('beta', 'cgroup.conf').hasOption('ConstrainCores', true);
  });

  test('says what is there when something is not', async () => {
    const output = await synthesize(twin);
    expect(() => output.slurmConf()).toThrow(
      "the output has 2 slurm.conf, of 'campus/alpha', 'campus/beta': say which one is meant",
    );
    expect(() => output.slurmConf('campus/alhpa')).toThrow(
      "there is no slurm.conf 'campus/alhpa'; did you mean 'campus/alpha'?",
    );
    expect(() => output.at('sites/campus/motd.yaml')).toThrow(
      "there is no file 'sites/campus/motd.yaml'; did you mean 'sites/campus/motd.yml'?",
    );
    expect(() => output.spackEnv()).toThrow("of 'sites/campus/spack/core', 'sites/campus/spack/gcc': say which one");
    expect(() => output.terraformStack()).toThrow('there is no cdk.tf.json');
    expect(() => output.moduleTree()).toThrow('there is no module tree');
    expect(() => output.json('sites/campus/motd.yml')).toThrow('sites/campus/motd.yml: ');
  });

  test('takes parameters, and a folder for data files', async () => {
    const definition = define<{ hosts: string }>((app, { hosts }) => {
      const hpc = new SlurmCluster(new Site(app, 'campus', site), 'hpc', { slurm: '22.05', controller: 'ctl1' });
      hpc.addPartition('batch', { nodes: [hpc.addNodes('cpu', { hosts, type: node })] });
    });
    const output = await synthesize(definition, { params: { hosts: 'x[1-9]' }, projectDir: __dirname });
    output.slurmConf().hasNode('x[1-9]');
  });
});

describe('a definition with faults', () => {
  const broken = define((app) => {
    new Site(app, 'campus', { ...site, contact: 'nobody' });
  });

  test('fails with its diagnostics: the line, the rule, the code', async () => {
    const output = await synthesize(broken);
    const message = /error HPC1002: 'nobody' is not an e-mail address: name@domain[^]*at campus, contact/;
    expect(() => output.expectNoErrors()).toThrow(message);
    expect(() => output.expectNoErrors()).toThrow(/test\/testing\/synthesize\.test\.ts:\d+:\d+[^]*\^/);
    expect(() => output.at('x')).toThrow(message);
    expect(() => output.manifest).toThrow(message);
    expect(() => output.slurmConf()).toThrow(message);
    expect(output.files).toEqual({});
  });

  test('is asked for its diagnostics', async () => {
    const output = await synthesize(broken);
    output.hasDiagnostic({ code: 'HPC1002', field: 'contact', message: matching(/nobody/) });
    expect(() => output.hasDiagnostic({ code: 'HPC1002', field: 'domain' })).toThrow(
      "field is 'contact', wanted 'domain'",
    );
  });

  test('that only warns is accepted, unless nothing at all is', async () => {
    const warned = define((app) => {
      new Site(app, 'campus', site);
      app.acknowledge({ code: 'HPC9999', reason: 'old' });
    });
    const output = await synthesize(warned);
    output.expectNoErrors();
    expect(() => output.expectNoDiagnostics()).toThrow('HPC2505');
  });
});

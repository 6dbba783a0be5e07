import Ajv2020 from 'ajv/dist/2020';
import type { Manifest } from '../../../lib/app/manifest';
import type { Synthesis } from '../../../lib/app/synthesize';
import { DEPLOYED } from '../../../lib/hosts/ansible/manifest-site';
import schema from '../../../schemas/manifest.schema.json';
import campus from '../../../stacks/campus';
import { packageRoot } from '../../../lib/values/package-root';
import { group, Offers, synthesizeSite, textFile } from '../support';

const manifestOf = ({ manifest, diagnostics }: Synthesis): Manifest => {
  expect(diagnostics).toEqual([]);
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  validate(JSON.parse(JSON.stringify(manifest)));
  expect(validate.errors).toBeNull();
  return manifest as Manifest;
};

const [ctl, nodes] = [group('ctl', 'ctl[1-2]', { controller: true }), group('nodes', 'cn[001-064]')];

/** One file that two roles place, a folder that is placed whole, a limit, and services. */
const declare = (ansible = true) =>
  synthesizeSite((site) => {
    const conf = textFile(site, 'slurm.conf', 'ClusterName=a\n', { host: { path: '/etc/slurm/slurm.conf' } });
    const module = textFile(site, 'gcc', 'help("gcc")\n', { path: 'modules/gcc/13.lua' });
    const unused = textFile(site, 'unused', '', { path: 'modules/unused.lua', when: () => false });
    new Offers(site, 'slurm', () => {
      const documents = [module, unused];
      return [
        {
          group: ctl,
          role: 'slurm_controller',
          facts: [
            { fact: 'file', document: conf },
            {
              fact: 'service',
              name: 'slurmctld',
              after: ['munge', 'absent'],
              reconfigure: ['scontrol', 'reconfigure'],
            },
          ],
        },
        {
          group: nodes,
          role: 'slurm_compute',
          facts: [
            { fact: 'file', document: conf },
            { fact: 'tree', path: '/opt/modules', from: 'sites/campus/modules', documents },
            { fact: 'service', name: 'munge' },
            { fact: 'service', name: 'slurmd', after: ['slurmctld'], reconfigure: ['scontrol', 'reconfigure'] },
            { fact: 'limit', domain: '*', item: 'memlock', value: 'unlimited' },
          ],
        },
      ];
    });
  }, ansible);

describe('the hosts of a site in the manifest', () => {
  test('are its groups, its services in the order of their restart, and the tags of the play', async () => {
    expect(manifestOf(await declare()).sites).toEqual({
      campus: {
        project: 'sites/campus/ansible',
        groups: { ctl: { hosts: 'ctl[1-2]', controller: true }, nodes: { hosts: 'cn[001-064]' } },
        services: [
          { name: 'munge', groups: ['nodes'] },
          {
            name: 'slurmctld',
            groups: ['ctl'],
            after: ['munge'],
            reconfigures: ['slurmctld', 'slurmd'],
            command: ['scontrol', 'reconfigure'],
          },
          { name: 'slurmd', groups: ['nodes'], after: ['slurmctld'] },
        ],
        tags: {
          phases: ['prepare', 'configure', 'start'],
          roles: { slurm_compute: ['nodes'], slurm_controller: ['ctl'] },
        },
        manifest: { hosts: 'ctl[0]', path: '/var/lib/hpcdk/manifest.json' },
      },
    });
  });

  test('are told for each file that is placed: by itself, by several roles, in a folder, or gathered from facts', async () => {
    const { files } = manifestOf(await declare());
    expect(files['sites/campus/slurm.conf']).toMatchObject({
      groups: ['ctl', 'nodes'],
      roles: ['slurm_compute', 'slurm_controller'],
      host: { path: '/etc/slurm/slurm.conf' },
    });
    expect(files['sites/campus/modules/gcc/13.lua']).toMatchObject({
      groups: ['nodes'],
      roles: ['slurm_compute'],
      host: { path: '/opt/modules/gcc/13.lua' },
    });
    expect(files['sites/campus/ansible/roles/slurm_compute/files/limit-slurm_compute.conf']).toMatchObject({
      groups: ['nodes'],
      roles: ['slurm_compute'],
      derived: true,
    });
  });

  test('the Ansible project is derived from the whole site and goes to no host, other files are not derived', async () => {
    const { files } = manifestOf(await declare());
    expect(files['sites/campus/ansible/site.yml']).toMatchObject({ owner: 'campus', derived: true });
    expect(files['sites/campus/ansible/site.yml']).not.toHaveProperty('groups');
    expect(files['sites/campus/slurm.conf']).not.toHaveProperty('derived');
  });

  test('are not told of a site without an Ansible project', async () => {
    const manifest = manifestOf(await declare(false));
    expect(manifest).not.toHaveProperty('sites');
    expect(manifest.files['sites/campus/slurm.conf']).not.toHaveProperty('groups');
  });

  test('of the campus: every file with a place on hosts has groups, and every group and role is one of the site', async () => {
    const { files, sites } = manifestOf(await campus.synthesize({ projectDir: packageRoot() }));
    const site = sites?.campus;
    const placed = Object.values(files).filter(({ host }) => host);
    expect(placed.length).toBeGreaterThan(100);
    for (const { groups = [], roles = [] } of placed) {
      expect(groups.length * roles.length).toBeGreaterThan(0);
      for (const name of groups) expect(site?.groups).toHaveProperty(name);
      for (const name of roles) expect(site?.tags.roles).toHaveProperty(name);
    }
    expect(site?.services.map(({ name }) => name)).toEqual(['munge', 'slurmdbd', 'slurmctld', 'slurmd']);
  });

  test('the play leaves the manifest where the manifest says so, and not when it is limited to some hosts', async () => {
    const { files } = await declare();
    const content = (path: string) => files.get(`sites/campus/ansible/${path}`)?.content ?? '';
    const state = /^hpcdk_state: (.*)$/m.exec(content('group_vars/hpcdk.yml'))?.[1];
    expect(`${state}/manifest.json`).toBe(DEPLOYED);
    expect(content('roles/hpcdk/tasks/manifest.yml')).toContain('hpcdk_left_out | length == 0');
  });
});

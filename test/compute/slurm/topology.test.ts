import { findCycle } from '../../../lib/compute/slurm/check-topology';
import type { SwitchProps } from '../../../lib/compute/slurm/topology';
import { onCluster } from '../support';

const leaves: readonly SwitchProps[] = [
  { name: 'leaf1', nodes: 'cn[001-032]' },
  { name: 'leaf2', nodes: 'cn[033-064]' },
];

test('switches become a topology.conf, and slurm.conf says so', async () => {
  // GIVEN two leaves and a spine
  const output = await onCluster({ topology: [...leaves, { name: 'spine', switches: 'leaf[1-2]' }] });
  // THEN topology.conf holds them, and slurmctld reads it
  output
    .expectNoDiagnostics()
    .slurmConf('hpc', 'topology.conf')
    .hasRecord('SwitchName', { SwitchName: 'leaf2', Nodes: 'cn[033-064]' })
    .hasRecord('SwitchName', { SwitchName: 'spine', Switches: 'leaf[1-2]' });
  output.slurmConf('hpc').hasOption('TopologyPlugin', 'topology/tree');
});

describe('switches are refused', () => {
  const refused = (topology: readonly SwitchProps[]) => onCluster({ topology });

  test('with nodes and switches, or with neither: HPC4127', async () => {
    const output = await refused([...leaves, { name: 'a', nodes: 'cn001', switches: 'leaf1' }, { name: 'b' }]);
    for (const [name, field] of [
      ['a', 'topology[2]'],
      ['b', 'topology[3]'],
    ]) {
      output.hasDiagnostic({
        code: 'HPC4127',
        field,
        message: `switch '${name}' needs nodes or switches, and not both`,
      });
    }
  });

  test('that are not declared: HPC4128', async () => {
    (await refused([...leaves, { name: 'spine', switches: 'leaf[1-3]' }])).hasDiagnostic({
      code: 'HPC4128',
      field: 'topology[2].switches',
      message: "switch 'leaf3' below 'spine' is not declared",
    });
  });

  test('with hosts that are no nodes: HPC4134', async () => {
    (await refused([...leaves, { name: 'leaf3', nodes: 'cn[064-066],x1' }])).hasDiagnostic({
      code: 'HPC4134',
      field: 'topology[2].nodes',
      message: "'cn[065-066],x1' at switch 'leaf3' are no nodes of the cluster",
    });
  });

  test('in a cycle: HPC4129', async () => {
    (await refused([...leaves, { name: 'a', switches: 'b' }, { name: 'b', switches: 'a,leaf1' }])).hasDiagnostic({
      code: 'HPC4129',
      field: 'topology',
      message: 'the switches form a cycle: a > b > a',
    });
  });

  test('that leave nodes out, with a warning: HPC4130', async () => {
    (await refused(leaves.slice(0, 1))).expectNoErrors().hasDiagnostic({
      code: 'HPC4130',
      severity: 'warning',
      field: 'topology',
      message: "'cn[033-064]' of 'cpu' hangs at no switch; a job could not span it and others",
    });
  });

  test('that are declared twice', async () => {
    (await refused([...leaves, { name: 'leaf1', nodes: 'cn001' }])).hasDiagnostic({
      code: 'HPC1006',
      field: 'topology[2]',
    });
  });
});

test('a cycle is found where there is one, and nowhere else', () => {
  expect(findCycle([['a', ['b', 'c']], ['b', ['d']], ['c', ['d']]])).toBeUndefined(); // prettier-ignore
  expect(findCycle([['a', ['b']], ['b', ['c']], ['c', ['b']]])).toEqual(['b', 'c', 'b']); // prettier-ignore
  expect(findCycle([['a', ['a']]])).toEqual(['a', 'a']);
});

import { synth } from 'hpcdk/testing';
import definition from '../stacks/campus';

test('the campus has a partition for everybody', async () => {
  const { slurmConf } = await synth(definition);

  expect(slurmConf('hpc').partition('batch')).toMatchObject({ Nodes: 'cn[001-004]', Default: 'YES' });
});

import { nextSteps } from '../../../lib/cli/actions/next-steps';

test('what to run next follows from the files of the output', () => {
  const paths = [
    'sites/campus/ansible/inventory.yml',
    'sites/campus/ansible/site.yml',
    'sites/campus/slurm/hpc/slurm.conf',
    'sites/campus/containers/gromacs/Containerfile',
    'sites/campus/containers/gromacs/spack.yaml',
    'sites/campus/spack/apps/install.sh',
    'sites/campus/spack/apps/x86_64_v3/core/spack.yaml',
    'stacks/aws/cdk.tf.json',
  ];

  expect(nextSteps(paths, 'cdktf.out')).toEqual([
    'terraform -chdir=cdktf.out/stacks/aws init',
    'terraform -chdir=cdktf.out/stacks/aws plan',
    'cdktf.out/sites/campus/spack/apps/install.sh concretize',
    'buildah build -t gromacs cdktf.out/sites/campus/containers/gromacs',
    'cd cdktf.out/sites/campus/ansible && ansible-playbook site.yml --check --diff',
  ]);
  expect(nextSteps(['hpcdk/manifest.json'], 'cdktf.out')).toEqual([]);
});

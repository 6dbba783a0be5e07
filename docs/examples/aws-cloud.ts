import { AwsCloud, define, TerraformState } from 'hpcdk';

export default define((app) => {
  const aws = new AwsCloud(app, 'aws', {
    region: 'eu-central-1',
    network: '10.42.0.0/16',
    onPremises: ['10.0.0.0/12'],
    nameServers: ['10.0.0.53'],
    tags: { 'cost-centre': 'HPC 4711' },
    state: TerraformState.s3({ bucket: 'hpc-example-state', key: 'aws.tfstate', region: 'eu-central-1' }),
  });
  aws.override('resource.aws_nat_gateway.*.tags.Name', 'hpc-nat');
});

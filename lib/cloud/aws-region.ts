/** The zones of each region, by their letters: EC2's DescribeAvailabilityZones on 2026-11-21, as moto 5.2.1 answers it. */
const ZONES = {
  'af-south-1': 'abc',
  'ap-east-1': 'abc',
  'ap-east-2': 'abc',
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ap-northeast-3': 'abc',
  'ap-south-1': 'abc',
  'ap-south-2': 'abc',
  'ap-southeast-1': 'abc',
  'ap-southeast-2': 'abc',
  'ap-southeast-3': 'abc',
  'ap-southeast-4': 'abc',
  'ap-southeast-5': 'abc',
  'ap-southeast-6': 'abc',
  'ap-southeast-7': 'abc',
  'ca-central-1': 'abd',
  'ca-west-1': 'abc',
  'cn-north-1': 'ab',
  'cn-northwest-1': 'abc',
  'eu-central-1': 'abc',
  'eu-central-2': 'abc',
  'eu-north-1': 'abc',
  'eu-south-1': 'abc',
  'eu-south-2': 'abc',
  'eu-west-1': 'abc',
  'eu-west-2': 'abc',
  'eu-west-3': 'abc',
  'il-central-1': 'abc',
  'me-central-1': 'abc',
  'me-south-1': 'abc',
  'mx-central-1': 'abc',
  'sa-east-1': 'abc',
  'us-east-1': 'abcdef',
  'us-east-2': 'abc',
  'us-gov-east-1': 'abc',
  'us-gov-west-1': 'abc',
  'us-west-1': 'ab',
  'us-west-2': 'abcd',
} as const satisfies Readonly<Record<string, string>>;

/** The day of the table. */
export const REGIONS_DATE = '2026-11-21';

/** The regions that the table knows. */
export const awsRegions: readonly string[] = Object.keys(ZONES);

/** The zones of a region by name, such as `eu-central-1a`; of a region that is newer than the table, the usual three. */
export function zonesOf(region: string): readonly string[] {
  const letters = (ZONES as Readonly<Record<string, string>>)[region] ?? 'abc';
  return [...letters].map((letter) => region + letter);
}

/** What ARNs of the region start with: China and the US government have partitions of their own. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

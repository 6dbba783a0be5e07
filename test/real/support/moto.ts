import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { tool, toolPath } from './tools';

/** What `tool` must find for `moto`. */
export const motoNeeds = ['moto_server'];

/** A mock of the AWS API on this machine. */
export interface Moto {
  readonly endpoint: string;
  /**
   * What it holds, asked of its API: identifiers of the network and of machines, roles, policies, buckets, and the ARN of
   * all else that carries a tag. Sorted; equal before an apply and after a destroy, because the network that an account
   * has from the start in each region is among them.
   */
  inventory(region: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts a mock of the AWS API on a free port of the loopback address. */
export async function moto(): Promise<Moto> {
  const port = await freePort();
  const child = spawn(tool('moto_server') ?? 'moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, PATH: toolPath() },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has gone already.
    }
  };
  process.once('exit', kill);
  const endpoint = `http://127.0.0.1:${port}`;
  for (let left = 150; !(await answers(endpoint)); left -= 1) {
    if (left === 0 || child.exitCode !== null) {
      kill();
      throw new Error('moto_server did not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    endpoint,
    inventory: (region) => inventory(endpoint, region),
    async stop() {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
}

/** Calls that list things, and how a thing is told from the rest of the answer. */
const lists: readonly { service: string; calls: readonly string[]; version: string; thing: RegExp }[] = [
  {
    service: 'ec2',
    calls: [
      ...['Vpcs', 'Subnets', 'SecurityGroups', 'RouteTables', 'InternetGateways', 'Addresses'],
      ...['LaunchTemplates', 'Volumes', 'Fleets', 'VpcPeeringConnections', 'DhcpOptions'],
      // The mock lists endpoints that are gone, and keeps the interface of a NAT gateway that is gone, attached to nothing.
      'VpcEndpoints&Filter.1.Name=vpc-endpoint-state&Filter.1.Value.1=available',
      'NetworkInterfaces&Filter.1.Name=status&Filter.1.Value.1=in-use',
      'NatGateways&Filter.1.Name=state&Filter.1.Value.1=available',
      'Instances&Filter.1.Name=instance-state-name&Filter.1.Value.1=running&Filter.1.Value.2=stopped',
    ].map((what) => `Describe${what}`),
    version: '2016-11-15',
    thing: /\b[a-z]+-[0-9a-f]{8,17}\b/g,
  },
  {
    service: 'iam',
    calls: ['ListRoles', 'ListInstanceProfiles', 'ListUsers', 'ListPolicies&Scope=Local'],
    version: '2010-05-08',
    thing: /\barn:aws:iam:[^<\s]+/g,
  },
];

async function inventory(endpoint: string, region: string): Promise<string[]> {
  const signed = (service: string) => ({
    Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  });
  const found = new Set<string>();
  const gather = async (request: Promise<Response>, thing: RegExp) => {
    const response = await request;
    if (!response.ok) throw new Error(`the mock API answered ${response.status} to ${response.url}`);
    for (const [id] of (await response.text()).matchAll(thing)) found.add(id);
  };
  for (const { service, calls, version, thing } of lists) {
    for (const call of calls) {
      const body = `Version=${version}&Action=${call}`;
      const headers = { ...signed(service), 'Content-Type': 'application/x-www-form-urlencoded' };
      await gather(fetch(endpoint, { method: 'POST', headers, body }), thing);
    }
  }
  await gather(fetch(endpoint, { headers: signed('s3') }), /<Name>[^<]+/g);
  const headers = {
    ...signed('tagging'),
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': 'ResourceGroupsTaggingAPI_20170126.GetResources',
  };
  // NAT gateways are asked of EC2 by their state: here the mock lists those that are gone, too.
  await gather(fetch(endpoint, { method: 'POST', headers, body: '{}' }), /\barn:aws:(?![^"]*:natgateway\/)[^"]+/g);
  return [...found].sort();
}

const answers = (endpoint: string) =>
  fetch(`${endpoint}/moto-api/data.json`).then(
    (response) => response.ok,
    () => false,
  );

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

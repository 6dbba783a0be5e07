import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { instanceType } from '../../lib/values/instance-type';
import { packageRoot } from '../../lib/values/package-root';
import { describeWith, tool } from './support/tools';

const script = join(packageRoot(), 'scripts', 'refresh-instance-types.mjs');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describeWith(['moto_server', 'aws'], 'the script that refreshes the catalogue of instance types', () => {
  let server: ChildProcess;
  let endpoint: string;

  beforeAll(async () => {
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    server = spawn(tool('moto_server')!, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    for (let tries = 0; tries < 150; tries++) {
      const up = await fetch(endpoint).catch(() => undefined);
      if (up) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('moto_server did not start');
  });
  afterAll(() => server.kill());

  test('asks an EC2 API by the AWS CLI and gives the same facts as the catalogue', () => {
    // WHEN the catalogue is written from the API
    const run = spawnSync(
      process.execPath,
      [script, '--region', 'us-east-1', '--endpoint-url', endpoint, '--date', '2000-01-02', '--output', '-'],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
        env: { ...process.env, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_MAX_ATTEMPTS: '3' },
      },
    );
    // THEN
    expect(run.stderr).toBe('');
    const written = JSON.parse(run.stdout);
    expect(written).toMatchObject({ call: 'ec2:DescribeInstanceTypes', source: endpoint, date: '2000-01-02' });
    for (const name of ['c6i.32xlarge', 'hpc7a.96xlarge', 'p5.48xlarge', 'g6f.xlarge', 'trn1.32xlarge']) {
      expect(instanceType(name)).toMatchObject(written.types[name]);
    }
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { linux } from '../process/linux.js';
import type { System } from '../process/system.js';
import { Ports } from './ports.js';
import { targetPorts } from './target-ports.js';

const open: { release(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.release();
});

function ports(inTimeWait: (port: number) => boolean = () => false): Ports {
  const has = (port: number) => inTimeWait(port);
  const system = { portsInTimeWait: () => ({ has }) as unknown as ReadonlySet<number> } as System;
  const made = new Ports(system);
  open.push(made);
  return made;
}

async function take(from: Ports, count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, () => from.next()));
}

test('every port is handed out once, also when all are asked for at once, and by two suites', async () => {
  const [one, other] = [ports(), ports()];
  const taken = (await Promise.all([take(one, 150), take(other, 150)])).flat();
  expect(new Set(taken).size).toBe(300);
  for (const port of taken) {
    expect(port).toBeGreaterThanOrEqual(targetPorts.lowest);
    expect(port).toBeLessThanOrEqual(targetPorts.highest);
  }
});

test('suites in different processes hand out different ports', async () => {
  const script = new URL('../../dist/harness/target/ports.js', import.meta.url).href;
  const code = `
    import { Ports } from ${JSON.stringify(script)};
    const ports = new Ports({ portsInTimeWait: () => new Set() });
    console.log(JSON.stringify(await Promise.all(Array.from({ length: 60 }, () => ports.next()))));
    process.stdin.once('end', () => process.exit()).resume();`;
  const children = [0, 1, 2].map(() =>
    spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const lines = await Promise.all(children.map(({ stdout }) => once(createInterface(stdout), 'line')));
  for (const { stdin } of children) stdin.end();
  const taken = lines.flatMap(([line]) => JSON.parse(String(line)) as number[]);
  expect(new Set(taken).size).toBe(180);
});

test('a port in TIME_WAIT is not handed out', async () => {
  const taken = await take(
    ports((port) => port % 2 === 0),
    100,
  );
  expect(taken.filter((port) => port % 2 === 0)).toEqual([]);
  expect(new Set(taken).size).toBe(100);
});

test('a port on which somebody listens who knows no blocks is left out', async () => {
  const mine = ports();
  const next = (await mine.next()) + 1;
  const squatter = createServer().listen(next, '127.0.0.1');
  await once(squatter, 'listening');
  expect(await mine.next()).toBe(next + 1);
  squatter.close();
});

test.runIf(process.platform === 'linux')(
  'a block is claimed by one listening socket, until it is released',
  async () => {
    // Only those that stand for blocks: whoever looks whether a port is free listens on it for a moment.
    const own = () =>
      linux.listeners([process.pid], 'tcp').filter(({ port }) => port < targetPorts.lowest).length;
    const before = own();
    const mine = ports();
    await take(mine, 3);
    expect(own()).toBe(before + 1);
    mine.release();
    await expect.poll(own).toBe(before);
  },
);

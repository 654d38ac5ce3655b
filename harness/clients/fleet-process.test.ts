import { fork } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { currentSystem } from '../process/current-system.js';

/** The compiled one: it is a process of its own. */
const script = fileURLToPath(new URL('../../dist/harness/clients/fleet-process.js', import.meta.url));

test('a fleet that still has something to say to a harness that has gone ends in silence', async () => {
  const fleet = fork(script, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
  const said = text(fleet.stderr as NodeJS.ReadableStream);
  await once(fleet, 'message');
  // It goes on late: its timers, which tell the harness so, come before it hears that nobody listens.
  fleet.kill('SIGSTOP');
  const state = () => currentSystem().process(fleet.pid ?? 0)?.state;
  await expect.poll(state, { interval: 5, timeout: 5000 }).toBe('T');
  await new Promise((resolve) => setTimeout(resolve, 300));
  fleet.disconnect();
  fleet.kill('SIGCONT');
  const [code] = await once(fleet, 'exit');
  expect(await said).toBe('');
  expect(code).toBe(0);
});

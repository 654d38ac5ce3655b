import { expect, test } from 'vitest';
import { waitUntil } from '../wait-until.js';
import { currentSystem } from './current-system.js';
import { whyNoTerminal } from './launch-in-terminal.js';

/** Compiled: the process that holds the terminal is one of its own. */
const { launchInTerminal } = (await import(
  '../../dist/harness/process/launch-in-terminal.js' as string
)) as typeof import('./launch-in-terminal.js');

const lacking = await whyNoTerminal();
const system = currentSystem();

async function start(script: string) {
  const launched = await launchInTerminal(
    { file: '/bin/sh', command: ['sh', '-c', script], cwd: '/', env: { OF_TEST: 'yes' } },
    system,
  );
  const seen = { text: '' };
  launched.stdout.on('data', (bytes: Buffer) => {
    seen.text += bytes.toString();
  });
  const saw = (text: string) => waitUntil(() => seen.text.includes(text), { timeoutMs: 5000, intervalMs: 5 });
  return { launched, seen, saw };
}

test.skipIf(lacking !== undefined)(
  'it leads the session and the foreground group of its terminal',
  async () => {
    const { launched, saw } = await start('test -t 0 && test -t 1 && test -t 2 && echo $OF_TEST; sleep 60');
    expect(await saw('yes')).toBe(true);
    const { pid } = launched;
    expect(system.process(pid)).toMatchObject({ groupId: pid, sessionId: pid });
    process.kill(pid, 'SIGKILL');
    expect(await launched.exited).toMatchObject({ code: null, signal: 'SIGKILL' });
  },
);

test.skipIf(lacking !== undefined)('Ctrl+C reaches the whole group, and the time of it is told', async () => {
  const { launched, saw } = await start(
    "(trap 'echo child; exit' INT; echo up; while :; do sleep 0.02; done) | cat & trap 'echo root; exit 7' INT; while :; do sleep 0.02; done",
  );
  expect(await saw('up')).toBe(true);
  const beforeMs = Number(process.hrtime.bigint()) / 1e6;
  const atMs = await launched.terminal?.type('\x03');
  expect(atMs).toBeGreaterThanOrEqual(beforeMs);
  expect(await saw('root')).toBe(true);
  const exit = await launched.exited;
  expect(exit).toMatchObject({ code: 7, signal: null });
  expect(exit.atMs).toBeGreaterThanOrEqual(atMs ?? Number.NaN);
});

test.skipIf(lacking !== undefined)(
  'what it does not hold any more hangs up, and is told as that',
  async () => {
    const { launched, saw } = await start('echo up; while :; do sleep 0.02; done');
    expect(await saw('up')).toBe(true);
    const holder = system.process(launched.pid)?.parentPid ?? 0;
    process.kill(holder, 'SIGKILL');
    expect(await launched.exited).toMatchObject({ code: null, signal: 'SIGHUP' });
    expect(
      await waitUntil(() => system.process(launched.pid) === undefined, { timeoutMs: 5000, intervalMs: 5 }),
    ).toBe(true);
  },
);

test.skipIf(lacking !== undefined)('the process that holds the terminal ends with the target', async () => {
  const { launched, saw } = await start('echo up; read line');
  expect(await saw('up')).toBe(true);
  const holder = system.process(launched.pid)?.parentPid ?? 0;
  await launched.terminal?.type('a line\n');
  expect(await launched.exited).toMatchObject({ code: 0, signal: null });
  const gone = () => 'ZX'.includes(system.process(holder)?.state ?? 'X');
  expect(await waitUntil(gone, { timeoutMs: 5000, intervalMs: 5 })).toBe(true);
});

test.skipIf(lacking !== undefined)(
  'how it ended is told also behind much output that is read late',
  async () => {
    const { launched, saw } = await start(
      "echo up; read line; head -c 3000000 /dev/zero | tr '\\0' x; exit 7",
    );
    expect(await saw('up')).toBe(true);
    await launched.terminal?.type('a line\n');
    // Nobody reads what the process that holds the terminal says, until long after the end.
    const { pid } = launched;
    const untilMs = performance.now() + 10_000;
    while (!'ZX'.includes(system.process(pid)?.state ?? 'X') && performance.now() < untilMs);
    const laterMs = performance.now() + 300;
    while (performance.now() < laterMs);
    expect(await launched.exited).toMatchObject({ code: 7, signal: null });
  },
);

test.skipIf(lacking !== undefined)('closed, it sends SIGHUP once, and a write to it fails', async () => {
  // The shell cannot say it at its terminal any more: its exit status does.
  const { launched, saw } = await start(
    "hung=0; trap 'hung=$((hung + 1))' HUP; echo up; while [ $hung = 0 ]; do sleep 0.02; done; sleep 0.1; echo lost && exit 9; exit $((40 + hung))",
  );
  expect(await saw('up')).toBe(true);
  const beforeMs = Number(process.hrtime.bigint()) / 1e6;
  expect(await launched.terminal?.hangUp()).toBeGreaterThanOrEqual(beforeMs);
  expect(await launched.exited).toMatchObject({ code: 41, signal: null });
});

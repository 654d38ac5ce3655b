import { afterEach, describe, expect, test } from 'vitest';
import { waitUntil } from '../wait-until.js';
import { currentSystem } from './current-system.js';
import { type Launched, launch } from './launch.js';
import { launchAsPid1 } from './launch-as-pid1.js';
import { whyNoPid1 } from './pid1-way.js';
import { sendTo } from './send.js';

const lacking = await whyNoPid1();
const system = currentSystem();
const live = new Set<Launched>();
afterEach(() => {
  for (const { pid } of live) sendTo(pid, 'SIGKILL');
});

function watched(launched: Launched) {
  live.add(launched);
  void launched.exited.then(() => live.delete(launched));
  const seen = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    launched[name].setEncoding('utf8').on('data', (text: string) => {
      seen[name] += text;
    });
  const saw = (text: string) =>
    waitUntil(() => seen.stdout.includes(text), { timeoutMs: 5000, intervalMs: 5 });
  return { launched, seen, saw };
}
const how = (script: string) => ({
  file: '/bin/sh',
  command: ['sh', '-c', script],
  cwd: '/',
  env: { OF_TEST: 'yes' },
});
const start = async (script: string) => watched(await launchAsPid1(how(script), system));

describe.skipIf(lacking !== undefined)('what is started as PID 1', () => {
  test('is that, sees a /proc of its own, and leads its session', async () => {
    const { launched, seen, saw } = await start(
      'echo "$$ $OF_TEST"; head -1 /proc/1/status; echo up; read x <&-; sleep 60',
    );
    expect(await saw('up')).toBe(true);
    expect(seen.stdout).toBe('1 yes\nName:\tsh\nup\n');
    const { pid } = launched;
    expect(system.process(pid)).toMatchObject({ groupId: pid, sessionId: pid });
    expect(system.process(pid)?.parentPid).toBe(launched.pid1?.holderPid);
    expect(seen.stderr).not.toContain('unshare');
  });

  test('begins with the signal masks and the descriptors of a plain start', async () => {
    const script =
      'grep -E "^Sig(Blk|Ign)|^ShdPnd" /proc/self/status; ls /proc/self/fd; echo up; exec sleep 60';
    const [plain, asPid1] = [watched(await launch(how(script))), await start(script)];
    expect(await plain.saw('up')).toBe(true);
    expect(await asPid1.saw('up')).toBe(true);
    for (const { launched } of [plain, asPid1]) sendTo(launched.pid, 'SIGKILL');
    await Promise.all([plain.launched.exited, asPid1.launched.exited]);
    expect(asPid1.seen.stdout).toBe(plain.seen.stdout);
  });

  test.each([0, 1, 7, 143])('exits with %d as it says', async (code) => {
    const script = `trap 'exit ${code}' TERM; echo up; while :; do sleep 0.02; done`;
    const { launched, saw } = await start(script);
    expect(await saw('up')).toBe(true);
    sendTo(launched.pid, 'SIGTERM');
    expect(await launched.exited).toMatchObject({ code, signal: null });
  });

  test('is not touched by a signal that it has no handler for, and dies by SIGKILL', async () => {
    const { launched, seen } = await start('exec sleep 60');
    const sleeps = () =>
      system.process(launched.pid)?.command === 'sleep' && system.waits(launched.pid) === true;
    expect(await waitUntil(sleeps, { timeoutMs: 5000, intervalMs: 5 })).toBe(true);
    expect(sendTo(launched.pid, 'SIGTERM')).toBeUndefined();
    // The kernel has dropped it in that call: one that is only blocked would be pending.
    expect(system.pending(launched.pid)).toEqual([]);
    expect(system.process(launched.pid)?.state).toBe('S');
    sendTo(launched.pid, 'SIGKILL');
    expect(await launched.exited).toMatchObject({ code: null, signal: 'SIGKILL' });
    // What unshare says of it is not the target's output.
    expect(seen.stderr).toBe('');
  });

  test('dies by a fault as others do', async () => {
    const { launched } = await start(`exec ${process.execPath} -e 'process.abort()'`);
    const { code, signal } = await launched.exited;
    expect(code).toBeNull();
    // abort(3) raises SIGABRT, which PID 1 survives, and then executes an instruction that does not exist.
    expect(['SIGABRT', 'SIGSEGV', 'SIGILL', 'SIGTRAP']).toContain(signal);
  });

  test('ends with what holds its namespace', async () => {
    const { launched, saw } = await start('echo up; while :; do sleep 0.02; done');
    expect(await saw('up')).toBe(true);
    sendTo(launched.pid1?.holderPid ?? 0, 'SIGKILL');
    await launched.exited;
    const gone = () => 'ZX'.includes(system.process(launched.pid)?.state ?? 'X');
    expect(await waitUntil(gone, { timeoutMs: 5000, intervalMs: 5 })).toBe(true);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { checkStrace, countsIn, deliveriesIn, injectingTracer, problemOfStrace, traceIn } from './strace.js';

const trace = `31 accept4(3, NULL, NULL, SOCK_CLOEXEC) = -1 EAGAIN (Resource temporarily unavailable)
31 recvfrom(4, "a", 1, 0, NULL, NULL) = 1
32 recvfrom(5,  <unfinished ...>
31 recvfrom(4, "recvfrom(", 9, 0, NULL, NULL) = 9
32 <... recvfrom resumed>"b", 1, 0, NULL, NULL) = 1
31 --- SIGTERM {si_signo=SIGTERM, si_code=SI_KERNEL} ---
31 write(1, "--- SIGINT {\\n", 13) = 13
31 +++ exited with 0 +++
`;

test('counts the calls of the thread that made most; a call that is resumed is none', () => {
  expect([...countsIn(trace)]).toEqual([
    ['accept4', 1],
    ['recvfrom', 2],
    ['write', 1],
  ]);
});

test('with one thread strace writes no pid', () => {
  expect([...countsIn('pause() = ? ERESTARTNOHAND\npause() = ?\n')]).toEqual([['pause', 2]]);
});

test('a delivery is a line of its own, and not what the target writes', () => {
  expect(deliveriesIn(trace, 'SIGTERM')).toBe(1);
  expect(deliveriesIn(trace, 'SIGINT')).toBe(0);
});

test('a place is a system call and a count', () => {
  const { words } = injectingTracer({ syscall: 'accept4', number: 7 }, 'SIGINT', '/tmp/trace');
  expect(words).toContain('inject=accept4:signal=SIGINT:when=7');
});

test('what strace writes is read as far as it is there; another fault than that is one', () => {
  expect(traceIn(join(tmpdir(), 'there', 'is', 'none'))).toBe('');
  expect(() => traceIn(tmpdir())).toThrow(/EISDIR/);
});

describe('without a strace that can be used', () => {
  const path = process.env.PATH;
  const folders: string[] = [];
  afterEach(() => {
    process.env.PATH = path;
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  /** Puts another strace before all. */
  function straceThat(script: string | undefined): void {
    const folder = mkdtempSync(join(tmpdir(), 'strace-'));
    folders.push(folder);
    if (script !== undefined)
      writeFileSync(join(folder, 'strace'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    process.env.PATH = folder;
  }

  const check = () => checkStrace(['recvfrom', 'raed']).catch((error: unknown) => error);

  test('that none is installed is said with the fix', async () => {
    straceThat(undefined);
    expect(await problemOfStrace()).toBe('it is not installed (Debian: apt-get install strace)');
    expect(await check()).toMatchObject({
      name: 'UntestableError',
      reason: expect.stringMatching(/--sweep.*apt-get/),
    });
  });

  test('the last thing that it says is why', async () => {
    straceThat('echo "strace: a warning" >&2; echo "strace: ptrace: Operation not permitted" >&2; exit 1');
    expect(await check()).toMatchObject({
      name: 'UntestableError',
      reason:
        'A signal sweep (--sweep) needs strace on this machine: strace: ptrace: Operation not permitted.',
    });
  });

  test('a system call that it does not know is wrong usage', async () => {
    straceThat('echo "strace: invalid system call \'raed\'" >&2; exit 1');
    expect(await check()).toMatchObject({
      name: 'UsageError',
      option: 'sweep',
      expected: 'names of system calls that this machine has',
      given: "'raed'",
      fix: expect.stringMatching(/strace -f/),
    });
  });

  test('one that works is no problem', async () => {
    straceThat('exit 0');
    expect(await check()).toBeUndefined();
  });
});

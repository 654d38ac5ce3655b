import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { SignalName } from '../contract/signal-name.js';
import { UntestableError, UsageError } from '../errors.js';

/** A place for a signal: on entering a system call for the n-th time, counted in each thread from 1 (strace(1)). */
export interface Place {
  readonly syscall: string;
  readonly number: number;
}

/** What stands before the target's command, so that strace watches it. The target keeps its pid, its parent and its session. */
export interface Tracer {
  readonly words: readonly string[];
  /** Where strace writes what it sees. */
  readonly file: string;
}

/**
 * `-DDD`: the tracer is a process in a session of its own, and the target a child of ours as ever. Not `--seccomp-bpf`,
 * which would spare other system calls the detour: with it strace 6.1 injects nothing after the first call.
 */
const always = ['strace', '-DDD', '-f', '-qq'];

/** Writes down each call of these. */
export function countingTracer(syscalls: readonly string[], file: string): Tracer {
  return { words: [...always, '-e', `trace=${syscalls.join(',')}`, '-e', 'signal=none', '-o', file], file };
}

/** Sends a signal at a place, and writes down when it is delivered. */
export function injectingTracer({ syscall, number }: Place, signal: SignalName, file: string): Tracer {
  const words = [
    ...always,
    '-e',
    `trace=${syscall}`,
    '-e',
    `inject=${syscall}:signal=${signal}:when=${number}`,
    '-e',
    `signal=${signal}`,
    '-o',
    file,
  ];
  return { words, file };
}

/** How often each system call was entered, by the thread that did so most. */
export function countsIn(trace: string): ReadonlyMap<string, number> {
  const byThread = new Map<string, number>();
  const most = new Map<string, number>();
  for (const line of trace.split('\n')) {
    const [, thread = '', syscall] = /^(?:(\d+) +)?([a-z0-9_]+)\(/.exec(line) ?? [];
    if (syscall === undefined) continue;
    const count = (byThread.get(`${thread} ${syscall}`) ?? 0) + 1;
    byThread.set(`${thread} ${syscall}`, count);
    most.set(syscall, Math.max(most.get(syscall) ?? 0, count));
  }
  return most;
}

/** How often a signal was delivered, by what strace wrote. */
export function deliveriesIn(trace: string, signal: SignalName): number {
  return trace.split('\n').filter((line) => new RegExp(`^(?:\\d+ +)?--- ${signal} \\{`).test(line)).length;
}

/** What strace has written so far; nothing where it has not begun. */
export function traceIn(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * Tries strace on a program that does nothing.
 *
 * @throws UntestableError where it is not there, or may trace nothing on this machine
 * @throws UsageError where it does not know one of the system calls
 */
export async function checkStrace(syscalls: readonly string[]): Promise<void> {
  const problem = await problemOfStrace(syscalls);
  if (problem === undefined) return;
  const [, unknown] = /invalid system call '([^']*)'/.exec(problem) ?? [];
  if (unknown === undefined)
    throw new UntestableError(`A signal sweep (--sweep) needs strace on this machine: ${problem}.`);
  throw new UsageError({
    option: 'sweep',
    expected: 'names of system calls that this machine has',
    given: `'${unknown}'`,
    fix: 'strace -f shows which ones the target makes; accept and accept4, for example, are two',
  });
}

/** Why strace cannot be used here; undefined where it can. */
export async function problemOfStrace(syscalls: readonly string[] = ['getpid']): Promise<string | undefined> {
  const [program = '', ...rest] = countingTracer(syscalls, '/dev/null').words;
  try {
    await promisify(execFile)(program, [...rest, 'true'], { timeout: 10_000 });
    return undefined;
  } catch (error) {
    const { code, stderr = '', message } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') return 'it is not installed (Debian: apt-get install strace)';
    const said = stderr.trim().split('\n').at(-1);
    return said === undefined || said === '' ? message : said;
  }
}

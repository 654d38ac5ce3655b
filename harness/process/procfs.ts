import { readdirSync, readlinkSync } from 'node:fs';
import { nowMs } from '../clock.js';
import type { Dispositions } from '../recording/events.js';
import { decodeMask } from './signal-mask.js';
import { readSmallFile } from './small-file.js';
import type { ProcessInfo } from './system.js';

// A process may vanish between any two reads: ENOENT and ESRCH are normal, and mean "gone". EACCES means that the
// process belongs to somebody else, so it is not the target's.
function tolerant<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Kernel threads are children of kthreadd, which is process 2 in the initial PID namespace. */
const kthreadd = 2;
/** How long a pid is taken for a kernel thread's without another look, in milliseconds: pids are not reused so soon. */
const kernelThreadsKnownMs = 500;
let kernelThreads = new Set<number>();
let kernelThreadsReadMs = Number.NEGATIVE_INFINITY;

/**
 * All processes of this machine but kernel threads, from /proc/PID/stat (proc(5)). On most machines these are the
 * majority, no target descends from them, and reading is what this costs.
 */
export function listProcesses(): ProcessInfo[] {
  const now = nowMs();
  if (now - kernelThreadsReadMs > kernelThreadsKnownMs) {
    kernelThreads = new Set();
    kernelThreadsReadMs = now;
  }
  const found: ProcessInfo[] = [];
  for (const name of readdirSync('/proc')) {
    if (name.charCodeAt(0) < 48 || name.charCodeAt(0) > 57) continue;
    const pid = Number(name);
    const info = kernelThreads.has(pid) ? undefined : readProcess(pid);
    if (info === undefined) continue;
    // In a container process 2 is anybody's: kernel threads have no session.
    if (info.parentPid === kthreadd && info.sessionId === 0) kernelThreads.add(pid);
    else found.push(info);
  }
  return found;
}

/** One process, or undefined when it is gone. */
export function readProcess(pid: number): ProcessInfo | undefined {
  const stat = tolerant(() => readSmallFile(`/proc/${pid}/stat`));
  return stat === undefined ? undefined : parseStat(stat);
}

/** Parses a line of /proc/PID/stat. The command may itself hold `)` and spaces: fields begin after the last one. */
export function parseStat(stat: string): ProcessInfo | undefined {
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  if (open < 0 || close < 0) return undefined;
  const fields = stat.slice(close + 2).split(' ');
  // Field 3 (state) is fields[0]; field 22 (starttime) is fields[19].
  return {
    pid: Number(stat.slice(0, open)),
    command: stat.slice(open + 1, close),
    state: fields[0] ?? '?',
    parentPid: Number(fields[1]),
    groupId: Number(fields[2]),
    sessionId: Number(fields[3]),
    startTicks: fields[19] ?? '',
  };
}

/** The environment that a process was started with, or undefined when it cannot be read (gone, zombie, foreign). */
export function readEnvironment(pid: number): string | undefined {
  const text = tolerant(() => readSmallFile(`/proc/${pid}/environ`));
  // A zombie's is empty, and so is a kernel thread's: that says nothing.
  return text === '' ? undefined : text;
}

/** The file that a process executes, or undefined. */
export function readProgram(pid: number): string | undefined {
  return tolerant(() => readlinkSync(`/proc/${pid}/exe`));
}

/** Which signals a process catches, blocks and ignores, from /proc/PID/status; undefined when it is gone. */
export function readDispositions(pid: number): Dispositions | undefined {
  const status = tolerant(() => readSmallFile(`/proc/${pid}/status`));
  if (status === undefined) return undefined;
  const mask = (key: string) => decodeMask(new RegExp(`^${key}:\\t([0-9a-f]+)$`, 'm').exec(status)?.[1]);
  return { pid, caught: mask('SigCgt'), blocked: mask('SigBlk'), ignored: mask('SigIgn') };
}

/** Signals that are pending for the whole process (ShdPnd), from /proc/PID/status. */
export function readPending(pid: number): readonly NodeJS.Signals[] | undefined {
  const status = tolerant(() => readSmallFile(`/proc/${pid}/status`));
  return status === undefined ? undefined : decodeMask(/^ShdPnd:\t([0-9a-f]+)$/m.exec(status)?.[1]);
}

/** Whether all threads of a process sleep: it has done what it had to do, and waits. Undefined when it is gone. */
export function readWaits(pid: number): boolean | undefined {
  const threads = tolerant(() => readdirSync(`/proc/${pid}/task`));
  return threads?.every((thread) => {
    const stat = tolerant(() => readSmallFile(`/proc/${pid}/task/${thread}/stat`));
    // A thread that has ended in the meantime has nothing to do either.
    return stat === undefined || parseStat(stat)?.state === 'S';
  });
}

/**
 * Whether some thread waits in a write to a pipe that is full: the kernel's function in which it sleeps says so
 * (`pipe_write`, `anon_pipe_write`; `pipe_wait` before 5.5). Undefined where the kernel does not tell (it shows `0` then).
 */
export function readWritesToFullPipe(pid: number): boolean | undefined {
  const threads = tolerant(() => readdirSync(`/proc/${pid}/task`)) ?? [];
  const places = threads.map((thread) => tolerant(() => readSmallFile(`/proc/${pid}/task/${thread}/wchan`)));
  if (places.some((place) => place !== undefined && /pipe_w(?:rite|ait)/.test(place))) return true;
  return places.every((place) => place === undefined || place === '0') ? undefined : false;
}

/** Inodes of the sockets that a process holds open. */
export function readSocketInodes(pid: number): ReadonlySet<string> {
  const inodes = new Set<string>();
  for (const fd of tolerant(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
    const link = tolerant(() => readlinkSync(`/proc/${pid}/fd/${fd}`));
    if (link?.startsWith('socket:[')) inodes.add(link.slice(8, -1));
  }
  return inodes;
}

/** Processor time of a process and of its reaped children (fields 14 to 17 of its stat), or undefined. */
export function readProcessorMs(pid: number): number | undefined {
  const stat = tolerant(() => readSmallFile(`/proc/${pid}/stat`));
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // USER_HZ is 100 on all platforms that Node is built for (proc(5), sysconf(_SC_CLK_TCK)).
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0);
}

/** How long each thread has been runnable and waited on a run queue: the second number of its schedstat, in nanoseconds. */
export function readProcessorWaitsMs(pid: number): ReadonlyMap<string, number> {
  const waits = new Map<string, number>();
  for (const thread of tolerant(() => readdirSync(`/proc/${pid}/task`)) ?? []) {
    // Missing in kernels without CONFIG_SCHED_INFO, and where the thread has ended.
    const schedstat = tolerant(() => readSmallFile(`/proc/${pid}/task/${thread}/schedstat`));
    if (schedstat !== undefined) waits.set(thread, Number(schedstat.split(' ')[1]) / 1e6);
  }
  return waits;
}

/** Resident memory of a process in bytes, 0 when it is gone. */
export function readResidentBytes(pid: number): number {
  const statm = tolerant(() => readSmallFile(`/proc/${pid}/statm`));
  // Pages of 4 KiB on every platform that Node is built for by default; an estimate is enough here.
  return statm === undefined ? 0 : Number(statm.split(' ')[1]) * 4096;
}

import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { nowMs } from '../clock.js';
import { entering } from './entering.js';
import { type Launched, type LaunchOptions, launch, type RootExit } from './launch.js';
import { pid1Way } from './pid1-way.js';
import { sendTo } from './send.js';
import type { System } from './system.js';

const lookMs = 2;
const startWithinMs = 10_000;

/**
 * What unshare says of itself goes to descriptor 3: it shares the output of the target. The shells become the programs
 * that they start.
 */
const outer = 'exec 4>&2 2>&3; exec unshare "$@"';
/** As an engine of containers does: PID 1 leads a session of its own. */
const inner = 'exec setsid -- "$@" 2>&4 3>&- 4>&-';

/**
 * Starts the target as PID 1 of a PID namespace of its own, where a signal that it has no handler for does nothing
 * (pid_namespaces(7)). `surroundings` stands before what makes the namespace. It begins with the same signal masks as otherwise. `pid` is its number outside. Its end is heard
 * of when the process that waits for it has ended too, which takes one change of processes longer.
 *
 * @throws Error where no namespace can be made, or where the target cannot be started
 */
export async function launchAsPid1(
  how: LaunchOptions,
  system: Pick<System, 'process' | 'processes'>,
  surroundings: readonly string[] = [],
): Promise<Launched> {
  const way = await pid1Way();
  if (typeof way === 'string') throw new Error(way);
  const { file, command } = how;
  const words = [...way.unshare, '--', '/bin/sh', '-c', inner, 'sh', file, ...command.slice(1)];
  const holder = await launch({
    ...how,
    ...entering(surroundings, { file: '/bin/sh', command: ['sh', '-c', outer, 'sh', ...words] }),
    aside: true,
  });
  const said = textOf(holder.aside as Readable);
  const pid = await rootOf(holder, system);
  if (pid === undefined) {
    sendTo(holder.pid, 'SIGKILL');
    await holder.exited;
    throw new Error((await said).trim() || 'it ended before it was seen as PID 1');
  }
  const atMs = nowMs();
  const exited = holder.exited.then(async (exit): Promise<RootExit> => {
    return { ...endOfTarget(exit, await said), atMs: exit.atMs };
  });
  return {
    pid,
    beforeMs: holder.beforeMs,
    atMs,
    get stdout() {
      return holder.stdout;
    },
    stderr: holder.stderr,
    filledBytes: holder.filledBytes,
    closeStdout: holder.closeStdout,
    exited,
    pid1: { holderPid: holder.pid },
  };
}

/**
 * unshare exits as its child does, and dies by the signal that its child died by. Before version 2.39 it cannot do that
 * with SIGKILL, and complains: nothing else is said by it after the start.
 */
function endOfTarget({ code, signal }: RootExit, said: string): Pick<RootExit, 'code' | 'signal'> {
  return code === 1 && said !== '' ? { code: null, signal: 'SIGKILL' } : { code, signal };
}

/** The child of the holder, once it is PID 1 and leads its session; undefined where it never is. */
async function rootOf(
  holder: Launched,
  system: Pick<System, 'process' | 'processes'>,
): Promise<number | undefined> {
  let isOver = false;
  void holder.exited.then(() => {
    isOver = true;
  });
  for (const untilMs = nowMs() + startWithinMs; !isOver && nowMs() < untilMs; ) {
    const root = childrenOf(holder.pid, system).find((pid) => isPid1(pid));
    // Before that its session is the holder's: processes of the target are known by it.
    if (root !== undefined && system.process(root)?.sessionId === root) return root;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  return undefined;
}

function childrenOf(pid: number, system: Pick<System, 'processes'>): number[] {
  const listed = read(`/proc/${pid}/task/${pid}/children`);
  if (listed !== undefined) return listed.split(' ').filter(Boolean).map(Number);
  // A kernel without CONFIG_PROC_CHILDREN.
  return system.processes().flatMap((info) => (info.parentPid === pid ? [info.pid] : []));
}

/** In its innermost PID namespace, of which there are at least two. */
function isPid1(pid: number): boolean {
  return /^NSpid:(?:\s+\d+)+\s+1$/m.test(read(`/proc/${pid}/status`) ?? '');
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // it has gone, or the kernel has no such file
  }
}

function textOf(stream: Readable): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (part: string) => {
    text += part;
  });
  return new Promise((resolve) => {
    for (const end of ['end', 'close']) stream.once(end, () => resolve(text));
  });
}

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { nowMs } from '../clock.js';
import { cookieName } from '../process/cookie.js';
import { pid1Way } from '../process/pid1-way.js';
import { orphanName } from '../process/strangers.js';
import type { ProcessInfo } from '../process/system.js';
import type { EventOf } from '../recording/events.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { Instance } from '../target/instance.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';
import { hasEndedUnheard } from './root-end.js';

const inheritWithinMs = 5000;
const endWithinMs = 2000;
/** Longer than a zombie may stay (1 s). */
const watchMs = 1500;

/** A shell whose parent exits at once, and which waits for the end of its descriptor 3. */
const orphan = `printf ${orphanName} >/proc/self/comm && { (read -r line <&3) & exit 0; }`;

interface Options {
  readonly session: Pick<Session, 'id' | 'system' | 'table'>;
  readonly recorder: Recorder;
}

/**
 * Lets the target, which is PID 1 of its namespace, inherit a process; ends that, and watches whether the target waits
 * for it. It is no process of the target's own: nothing else is said of it.
 *
 * @throws MomentMissed where it cannot be put there, is not inherited, or the target ends in the meantime
 */
export async function inheritOrphan(instance: Instance, { session, recorder }: Options): Promise<void> {
  const { system } = session;
  const { pid: rootPid } = instance.launched;
  const hopeless = () =>
    instance.exit !== undefined || hasEndedUnheard(instance, system) ? 'the target has ended' : undefined;
  const add = (pid: number, state: EventOf<'orphan'>['state'], beforeMs: number) =>
    recorder.add({ type: 'orphan', instance: instance.number, pid, state, beforeMs, atMs: nowMs() });

  const putMs = nowMs();
  const put = await putInto(rootPid, `${session.id}/orphan`);
  try {
    let found: ProcessInfo | undefined;
    const isInherited = () => {
      found = session.table
        .since(nowMs())
        .processes.find((info) => info.parentPid === rootPid && info.command === orphanName);
      return found !== undefined;
    };
    await poll(isInherited, {
      moment: 'it inherits a process',
      timeoutMs: inheritWithinMs,
      intervalMs: 5,
      hopeless,
    });
    if (found === undefined) throw new MomentMissed('it inherits a process', 'it has gone');
    const { pid, startTicks } = found;
    add(pid, 'inherited', putMs);
    const seen = () => {
      const info = system.process(pid);
      return info?.startTicks === startTicks ? info.state : 'X';
    };
    const endMs = nowMs();
    put.end();
    const hasEnded = () => 'ZX'.includes(seen());
    await poll(hasEnded, { moment: 'the inherited process ends', timeoutMs: endWithinMs, hopeless });
    add(pid, 'ended', endMs);

    let zombieMs = endMs;
    const isReaped = () => {
      const lookedMs = nowMs();
      if (seen() === 'X') return true;
      zombieMs = lookedMs;
      return nowMs() >= watchedUntilMs;
    };
    const watchedUntilMs = nowMs() + watchMs;
    await poll(isReaped, {
      moment: 'it was watched long enough',
      timeoutMs: 2 * watchMs,
      intervalMs: 5,
      hopeless,
    });
    // With PID 1 all that it had inherited goes, waited for or not; and before it is a zombie itself.
    const over = hopeless() ?? (isExiting(rootPid) ? 'the target was ending' : undefined);
    if (over !== undefined) throw new MomentMissed('it was watched long enough', over);
    if (seen() === 'X') add(pid, 'reaped', zombieMs);
    else add(pid, 'left', endMs);
  } finally {
    put.end();
  }
}

/** The kernel's flag PF_EXITING, the 9th field of proc_pid_stat(5): it is set before anything of a process is taken down. */
function isExiting(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const flags = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[6]);
    return (flags & 0x4) !== 0;
  } catch {
    return true; // it has gone
  }
}

/** Puts the orphan into the PID namespace of a process; it ends with its input. */
async function putInto(pid: number, cookie: string): Promise<{ end(): void }> {
  const moment = 'a process is put into its PID namespace';
  const way = await pid1Way();
  if (typeof way === 'string') throw new MomentMissed(moment, way);
  const words = [`--target=${pid}`, ...way.nsenter, '--', 'sh', '-c', orphan];
  const child = spawn('nsenter', words, {
    env: { ...process.env, [cookieName]: cookie },
    // Not its standard input: Node closes that when nsenter exits.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const held = child.stdio[3] as Writable;
  // Who reads it may have gone: that is what is meant.
  held.on('error', () => {});
  let said = '';
  (child.stderr as Readable).setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const problem = await new Promise<string | undefined>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('exit', (code, signal) =>
      resolve(code === 0 ? undefined : `nsenter ended with ${signal ?? code}`),
    );
  });
  const end = () => void held.destroy();
  if (problem === undefined) return { end };
  end();
  throw new MomentMissed(moment, said.trim() || problem);
}

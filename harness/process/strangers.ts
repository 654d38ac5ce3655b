import { isTracer } from './process-tree.js';
import type { ProcessInfo } from './system.js';

/** The name, at most 15 characters, of a process that the harness lets the target inherit. A zombie keeps it (proc_pid_comm(5)). */
export const orphanName = 'conform-orphan';

interface Came {
  /** Under strace. */
  readonly traced: boolean;
  /** What holds its namespace carries the same variables as the target. */
  readonly holderPid: number | undefined;
}

/** Names processes that came with the target, or were put beside it by the harness, and are not its own. */
export function strangersWith({ traced, holderPid }: Came): (info: ProcessInfo) => boolean {
  return (info) => info.pid === holderPid || info.command === orphanName || (traced && isTracer(info));
}

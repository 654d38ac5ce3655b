import { randomUUID } from 'node:crypto';
import { currentSystem } from '../process/current-system.js';
import { ProcessTable } from '../process/process-table.js';
import type { Session } from '../session.js';

/** A session for tests that start one real process, such as `/bin/sh -c …`: it has no client fleet, and no reaper. */
export function fakeSession(file: string, ...args: readonly string[]): Session {
  const system = currentSystem();
  const session = {
    // Its processes are known by it, and another test file that shared it would end them.
    id: randomUUID(),
    system,
    table: new ProcessTable(system),
    reaper: { add: () => {} },
    target: { file, command: [file, ...args], cwd: '/', env: {} },
    settings: { promise: { deadlineMs: 2000 } },
    live: new Set(),
    abort: new AbortController().signal,
  };
  return session as unknown as Session;
}

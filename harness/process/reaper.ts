import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pipeFolderPrefix } from './pipes.js';
import { folderWord, releasedWord } from './reaper-words.js';
import type { ProcessInfo } from './system.js';

/** Ends what a harness leaves behind, however it goes. */
export interface Reaper {
  /** Names a process that must not outlive the harness, also if it loses its cookie. */
  add(info: ProcessInfo): void;
  /** Names a folder that must not outlive the harness, beside those that begin with `pipeFolderPrefix`. */
  addFolder(path: string): void;
  /** The harness has ended everything itself: the reaper goes, and looks once more before it does. */
  release(): Promise<void>;
}

/**
 * Starts the reaper: a detached process that holds the reading end of a pipe from the harness. When the harness
 * goes, by SIGKILL too, the kernel closes the pipe, and the reaper ends every process whose cookie begins with
 * `session`, and removes the temporary folder that the harness was making pipes in. A pipe needs no polling, and cannot be forgotten by a harness that dies.
 */
export function startReaper(session: string): Reaper {
  const script = fileURLToPath(new URL('./reaper-process.js', import.meta.url));
  const child = spawn(process.execPath, [script, session, pipeFolderPrefix()], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    // Without the harness' own flags (an inspector's port, a loader), and without its cookie if it has one.
    env: { ...process.env, NODE_OPTIONS: '', SIGNAL_CONFORMANCE_RUN: '' },
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // A reaper that was killed by somebody is no reason to fail: it is the second line of defence.
  child.stdin.on('error', () => {});
  child.unref();
  return {
    add: ({ pid, startTicks }) => void child.stdin.write(`${pid} ${startTicks}\n`),
    addFolder: (path) => void child.stdin.write(`${folderWord}${path}\n`),
    async release() {
      child.ref();
      child.stdin.end(`${releasedWord}\n`);
      await gone;
    },
  };
}

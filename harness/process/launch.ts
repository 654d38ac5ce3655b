import type { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import { fillPipe, type Pipe, takePipe } from './pipes.js';

/**
 * What becomes of a target's standard output: it is read; or it is full when the target begins, so that its first write
 * waits until it is read; or nobody will read it, since the reading end is closed before the target begins.
 */
export type StdoutMode = 'read' | 'full' | 'closed';

export interface LaunchOptions {
  readonly file: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Default: `read`. */
  readonly stdout?: StdoutMode;
  /** It is given a pipe as its descriptor 3, which is read here. Default: false. */
  readonly aside?: boolean;
}

/** How the root ended, as it was reaped. Exactly one of `code` and `signal` is not null. */
export interface RootExit {
  readonly atMs: number;
  readonly code: number | null;
  readonly signal: SignalName | null;
}

/** A started target. Its pid belongs to it until `exited` has resolved: only then is it reaped. */
export interface Launched {
  readonly pid: number;
  readonly beforeMs: number;
  readonly atMs: number;
  /** Reading begins when it is first asked for. */
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** What was in its standard output before it began: so many bytes are not its own. */
  readonly filledBytes: number;
  /** Closes the reading end of its standard output, at once. */
  closeStdout(): void;
  readonly exited: Promise<RootExit>;
  /** Where it was started in one. */
  readonly terminal?: Terminal;
  /** Where it was started through another program, whose pid this is. */
  readonly wrapped?: Wrapped;
  /** What it writes to its descriptor 3, where it was given one. */
  readonly aside?: Readable;
  /** It is PID 1 of a namespace of its own. The process that made that, and waits for it, is no process of the target. */
  readonly pid1?: { readonly holderPid: number };
}

/** A target behind the program that has started it. */
export interface Wrapped {
  /** Its name: `npm`. */
  readonly wrapper: string;
  /** Undefined where it has none, or does not tell. */
  readonly version?: string;
  /** The shell by which it runs scripts, by its name: `dash`. Undefined where it needs none, or has its own. */
  readonly shell?: string;
  /** The process that executes the target's command; undefined as long as it has not begun. */
  serverPid(): number | undefined;
  /** Removes what was written for its start. */
  forget(): void;
}

/** What a person does at a terminal. */
export interface Terminal {
  /** Types something; resolves with the time at which that was done, in milliseconds on CLOCK_MONOTONIC. */
  type(text: string): Promise<number>;
  /** Closes it; resolves with the time at which that was done. */
  hangUp(): Promise<number>;
}

/**
 * Starts the target as the leader of its own session, with nothing of ours that could end it.
 *
 * What is switched off, and why: `forceKillAfterDelay` would report our SIGKILL as the target's end;
 * `cleanup` would end it from an exit handler that knows nothing of its tree (the reaper does that); `buffer` would
 * keep all output in memory. execa's promise waits for the streams, which a helper of the target may hold: the end
 * is timed by the `exit` event.
 *
 * @throws Error when the system cannot start it, with the reason in its message
 */
export async function launch({
  file,
  command,
  cwd,
  env,
  stdout: mode = 'read',
  aside = false,
}: LaunchOptions): Promise<Launched> {
  const pipes = { stdout: await takePipe(), stderr: await takePipe() };
  const filledBytes = mode === 'full' ? fillPipe(needed(pipes.stdout)) : 0;
  if (mode === 'closed') needed(pipes.stdout).closeReader();
  const beforeMs = nowMs();
  const subprocess = execa(file, command.slice(1), {
    argv0: command[0] ?? file,
    cwd,
    env,
    detached: true,
    cleanup: false,
    forceKillAfterDelay: false,
    reject: false,
    buffer: false,
    stripFinalNewline: false,
    stdio: ['ignore', writerOf(pipes.stdout), writerOf(pipes.stderr), ...(aside ? ['pipe' as const] : [])],
  });
  const atMs = nowMs();
  for (const pipe of Object.values(pipes)) pipe?.closeWriter();
  const stderr = readerOf(pipes.stderr, subprocess.stderr);
  const { pid } = subprocess;
  const closeStdout = () => {
    if (pipes.stdout) pipes.stdout.closeReader();
    else subprocess.stdout?.destroy();
  };
  if (pid === undefined) {
    closeStdout();
    stderr.destroy();
    const result = await subprocess;
    throw new Error(('originalMessage' in result && result.originalMessage) || 'it could not be started');
  }
  const exited = new Promise<RootExit>((resolve) => {
    (subprocess as unknown as EventEmitter).once('exit', (code: number | null, signal: SignalName | null) =>
      resolve({ atMs: nowMs(), code, signal }),
    );
  });
  return {
    pid,
    beforeMs,
    atMs,
    get stdout() {
      return readerOf(pipes.stdout, subprocess.stdout);
    },
    stderr,
    filledBytes,
    closeStdout,
    exited,
    ...(aside ? { aside: subprocess.stdio[3] as Readable } : {}),
  };
}

/** execa takes every file descriptor, but its types end with the 9th. */
function writerOf(pipe: Pipe | undefined): 3 | 'pipe' {
  return (pipe?.writer as 3 | undefined) ?? 'pipe';
}

function needed(pipe: Pipe | undefined): Pipe {
  if (pipe) return pipe;
  throw new Error('no pipe can be made here: the temporary folder cannot be written to');
}

function readerOf(pipe: Pipe | undefined, own: Readable | null): Readable {
  // Where there is no pipe the subprocess has streams of its own.
  return pipe?.reader ?? (own as Readable);
}

import { fork } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { nowMs } from '../clock.js';
import { signalName } from '../contract/signal-name.js';
import type { Launched, LaunchOptions, RootExit } from './launch.js';
import { loadPty } from './pty.js';
import type { System } from './system.js';
import { terminalLines } from './terminal-lines.js';
import type { TerminalMessage, TerminalRequest } from './terminal-messages.js';

/** How often is looked whether the root is still there: that it has exited may be heard only once the terminal is closed. */
const lookMs = 10;

/** Why there are no terminals here; undefined where there are. */
export async function whyNoTerminal(): Promise<string | undefined> {
  try {
    await loadPty();
    return undefined;
  } catch {
    return 'the optional package @lydell/node-pty is not installed, or has no binary for this platform';
  }
}

/**
 * Starts the target as the leader of a session whose controlling terminal is its standard input, output and error, and
 * as the foreground group of it: as a shell starts what a person types. Its standard error is part of its output.
 *
 * @throws Error when the system cannot start it
 */
export async function launchInTerminal(
  { file, command, cwd, env }: LaunchOptions,
  system: Pick<System, 'process'>,
): Promise<Launched> {
  const holder = fork(fileURLToPath(new URL('./terminal-process.js', import.meta.url)), [], {
    env: { ...process.env, NODE_OPTIONS: '' },
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  const stdout = terminalLines();
  const stderr = new PassThrough();
  stderr.end();
  const done: ((atMs: number) => void)[] = [];
  let exit: ((exit: Omit<RootExit, 'atMs'>) => void) | undefined;
  const ended = new Promise<Omit<RootExit, 'atMs'>>((resolve) => {
    exit = resolve;
  });
  const send = (request: TerminalRequest) => {
    // What became of the process is said when it exits.
    if (holder.connected) holder.send(request, () => {});
  };
  const perform = (request: TerminalRequest) =>
    new Promise<number>((resolve) => {
      done.push(resolve);
      send(request);
    });
  const started = new Promise<Extract<TerminalMessage, { type: 'started' }>>((resolve, reject) => {
    holder.on('message', (message: TerminalMessage) => {
      switch (message.type) {
        case 'started':
          return resolve(message);
        case 'failed':
          return reject(new Error(message.error));
        case 'done':
          return done.shift()?.(message.atMs);
        case 'output':
          if (!stdout.destroyed) stdout.write(Buffer.from(message.bytes, 'base64'));
          return;
        case 'exit': {
          const by = message.signal === 0 ? undefined : signalName(message.signal);
          return exit?.({ code: by === undefined ? message.code : null, signal: by ?? null });
        }
      }
    });
    // Not its exit: that may be heard before the last messages are.
    holder.once('disconnect', () => {
      reject(new Error('the process that holds its terminal has ended'));
      // Somebody killed it: the terminal was closed by that.
      exit?.({ code: null, signal: 'SIGHUP' });
      stdout.end();
      for (const resolve of done) resolve(nowMs());
    });
  });
  send({
    do: 'start',
    file,
    args: command.slice(1),
    cwd,
    env: { ...(process.env as Record<string, string>), ...env },
  });
  const { pid, beforeMs, atMs } = await started;
  let goneMs: number | undefined;
  const look = setInterval(() => {
    if ('ZX'.includes(system.process(pid)?.state ?? 'X')) goneMs ??= nowMs();
  }, lookMs);
  look.unref();
  const exited = ended.then((how) => {
    clearInterval(look);
    return { atMs: goneMs ?? nowMs(), ...how };
  });
  return {
    pid,
    beforeMs,
    atMs,
    stdout,
    stderr,
    filledBytes: 0,
    closeStdout: () => stdout.destroy(),
    exited,
    terminal: {
      type: (text) => perform({ do: 'type', text }),
      hangUp: () => perform({ do: 'hang-up' }),
    },
  };
}

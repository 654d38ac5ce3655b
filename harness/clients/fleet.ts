import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Lag } from '../lag.js';
import type { ClientEvent, PeerEvent } from '../recording/events.js';
import type { ClientResult, FleetCommand, FleetMessage, FleetRequest } from './messages.js';

/** Of what is said on standard error while it starts, the end is kept, in characters. */
const longestSaid = 2000;
/** How long the fleet may take to end, in milliseconds. */
const stopWithinMs = 1000;

/** The harness' side of the client fleet. */
export interface Fleet {
  readonly pid: number;
  perform(command: FleetCommand): Promise<readonly ClientResult[]>;
  /** Events of this run's clients go to `onEvent` until the returned function is called. */
  listen(run: string, onEvent: (event: ClientEvent | PeerEvent) => void): () => void;
  stop(): Promise<void>;
}

/** One that was just started. */
export interface StartedFleet extends Fleet {
  /** Resolves once it runs; rejects with what was said last where it ends before. */
  readonly started: Promise<void>;
}

export interface FleetOptions {
  readonly onLag: (lag: Lag) => void;
  readonly env: Readonly<Record<string, string>>;
  /** Makes of its command the one by which it is started. Default: the command itself. */
  readonly within?: (command: readonly string[]) => readonly string[];
}

/**
 * Starts the fleet. All later calls wait until it runs; it is not needed before the first target listens, so nobody
 * waits in practice.
 *
 * @throws Error from `perform` when the fleet has ended before it answered: a fault of the harness
 */
export function startFleet({ onLag, env, within }: FleetOptions): StartedFleet {
  // Flags of the harness (an inspector's port, a test runner's loaders) are not the fleet's.
  const command = [process.execPath, fileURLToPath(new URL('./fleet-process.js', import.meta.url))];
  const [file = process.execPath, ...words] = within ? within(command) : command;
  const child = spawn(file, words, {
    env: { ...process.env, ...env, NODE_OPTIONS: '' },
    serialization: 'json',
    // Its own session: a Ctrl+C for the harness is not for the clients.
    detached: true,
    stdio: ['ignore', 'ignore', within ? 'pipe' : 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve()).once('error', () => resolve());
  });
  const started = hasStarted(child);
  const listeners = new Map<string, (event: ClientEvent | PeerEvent) => void>();
  const waiting = new Map<
    number,
    { resolve: (results: readonly ClientResult[]) => void; reject: (error: Error) => void }
  >();
  let nextId = 1;
  let stopping = false;

  child.on('message', (message: FleetMessage) => {
    if (message.type === 'events') {
      for (const { run, event } of message.events) listeners.get(run)?.(event);
    } else if (message.type === 'lag') {
      onLag(message);
    } else if (message.type === 'answer') {
      const request = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error === undefined) request?.resolve(message.results);
      else request?.reject(new Error(`the client fleet failed: ${message.error}`));
    }
  });
  child.once('exit', (code, signal) => {
    const error = new Error(`the client fleet ended (${signal ?? `status ${code}`}) before it answered`);
    for (const { resolve, reject } of waiting.values()) {
      if (stopping) resolve([]);
      else reject(error);
    }
    waiting.clear();
  });

  return {
    pid: child.pid ?? 0,
    started,
    perform(command) {
      const request: FleetRequest = { id: nextId, command };
      nextId += 1;
      return new Promise((resolve, reject) => {
        if (!child.connected) {
          if (stopping) resolve([]);
          else reject(new Error('the client fleet has ended'));
          return;
        }
        waiting.set(request.id, { resolve, reject });
        child.send(request);
      });
    },
    listen(run, onEvent) {
      listeners.set(run, onEvent);
      return () => listeners.delete(run);
    },
    async stop() {
      stopping = true;
      if (child.connected) child.disconnect();
      // It ends when it is let go. Where it does not (it drowns in what it has seen), nobody waits for it.
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** A command that is to start it elsewhere may fail, and says why. */
function hasStarted(child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-longestSaid);
  });
  const started = new Promise<void>((resolve, reject) => {
    child.once('message', () => {
      // From now on it is the fleet that writes, and it writes nothing that is not worth reading.
      child.stderr?.removeAllListeners('data').on('data', (text: string) => process.stderr.write(text));
      resolve();
    });
    const failed = (why: string) => reject(new Error(said.trim().split('\n').at(-1) || why));
    child.once('error', ({ message }) => failed(message));
    // Not 'close': after `disconnect` to a child that is no Node yet it does not come.
    child.once('exit', (code, signal) => {
      const end = () => failed(`it ended (${signal ?? `status ${code}`})`);
      // Its last words may not have been read.
      if (child.stderr === null || child.stderr.closed) end();
      else child.stderr.once('close', end);
    });
  });
  // Most do not ask.
  started.catch(() => {});
  return started;
}

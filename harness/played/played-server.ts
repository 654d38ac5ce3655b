import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { cookieName } from '../process/cookie.js';
import type { PeerEvent } from '../recording/events.js';
import type { Living, Session } from '../session.js';
import type { PlayedCommand, PlayedFact, PlayedMessage, PlayedRequest } from './messages.js';

type OnSeen = (what: PeerEvent | PlayedFact) => void;

/** The harness' side of a process that plays servers. */
export class PlayedServer implements Living {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #session: Session;
  readonly #listeners = new Map<string, OnSeen>();
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  #nextId = 1;
  #stopping = false;

  constructor(session: Session) {
    this.#session = session;
    const script = fileURLToPath(new URL('./played-server-process.js', import.meta.url));
    this.#child = fork(script, [], {
      env: { ...process.env, [cookieName]: `${session.id}/played`, NODE_OPTIONS: '' },
      serialization: 'json',
      // Its own session: a Ctrl+C for the harness is not for the server.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    });
    this.#exited = once(this.#child, 'exit');
    this.#child.on('message', (message: PlayedMessage) => this.#receive(message));
    this.#child.once('exit', (code, signal) => {
      const error = new Error(`the played server ended (${signal ?? `status ${code}`}) before it answered`);
      for (const { resolve, reject } of this.#waiting.values()) {
        if (this.#stopping) resolve();
        else reject(error);
      }
      this.#waiting.clear();
    });
    session.live.add(this);
    if (session.abort.aborted) void this.end();
  }

  /** Answered when it is done. @throws Error where the port cannot be had, or the process has ended */
  perform(command: PlayedCommand): Promise<void> {
    const request: PlayedRequest = { id: this.#nextId, command };
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      if (!this.#child.connected) {
        if (this.#stopping) resolve();
        else reject(new Error('the played server has ended'));
        return;
      }
      this.#waiting.set(request.id, { resolve, reject });
      this.#child.send(request, (error) => {
        // What became of the process is said when it exits.
        if (error && this.#stopping) resolve();
      });
    });
  }

  /** All that is seen of this run's clients goes to `onSeen` until the returned function is called. */
  listen(run: string, onSeen: OnSeen): () => void {
    this.#listeners.set(run, onSeen);
    return () => this.#listeners.delete(run);
  }

  /** Stops it in the middle of its work: what its clients send stays in the kernel's queue. */
  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  /** Ends it as a crash would, without a word to its clients. Resolves when it has been reaped. */
  async kill(): Promise<void> {
    this.#stopping = true;
    this.#child.kill('SIGKILL');
    await this.#exited;
    this.#session.live.delete(this);
  }

  sample(): void {}

  async end(): Promise<void> {
    this.#stopping = true;
    if (this.#child.connected) this.#child.disconnect();
    // One that is frozen does not hear that.
    this.#child.kill('SIGCONT');
    await this.#exited;
    this.#session.live.delete(this);
  }

  #receive(message: PlayedMessage): void {
    if (message.type === 'seen') {
      for (const { run, what } of message.seen) this.#listeners.get(run)?.(what);
    } else if (message.type === 'lag') {
      (this.#session.lags.fleet as { atMs: number; lagMs: number }[]).push({
        atMs: message.atMs,
        lagMs: message.lagMs,
      });
    } else {
      const request = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error === undefined) request?.resolve();
      else request?.reject(new Error(message.error));
    }
  }
}

const shared = new WeakMap<Session, PlayedServer>();

/** The one that serves all runs of a session, but those in which the server dies. */
export function sharedServer(session: Session): PlayedServer {
  const known = shared.get(session) ?? new PlayedServer(session);
  shared.set(session, known);
  return known;
}

import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { Manner } from '../played/messages.js';
import { PlayedServer, sharedServer } from '../played/played-server.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { ClientHabits } from '../survey/client-habits.js';
import { ClientQueue, type Reading } from './client-queue.js';
import { MomentMissed } from './moment-missed.js';
import { Peers } from './peers.js';

export interface PlayedSideOptions {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly key: string;
  readonly contract: Contract;
  readonly habits: ClientHabits;
  readonly port: number;
}

/** How a scenario wants the server to be; how messages end is known. */
export type Wanted = Omit<Manner, 'ending'>;

export const host = '127.0.0.1';

/** The server that is played for one client, as a scenario directs it. */
export class PlayedSide {
  readonly peers: Peers;
  readonly #options: PlayedSideOptions;
  readonly #queue: ClientQueue;
  readonly #notice: string;
  #process: PlayedServer | undefined;
  #own: PlayedServer | undefined;
  #frozen = false;
  #unlisten: (() => void) | undefined;

  constructor(options: PlayedSideOptions) {
    this.#options = options;
    const { session, recorder, port, contract, habits } = options;
    this.peers = new Peers(session.abort);
    this.#queue = new ClientQueue(session.system, recorder, port, session.abort);
    this.#notice = `${contract.notice ?? ''}${habits.ending}`;
  }

  /** How many bytes the notice has, with what ends it. */
  get noticeBytes(): number {
    return Buffer.byteLength(this.#notice);
  }

  /** Listens. With `mortal` it is a process of its own, which can be killed. */
  async opens(wanted: Wanted, { mortal = false } = {}): Promise<void> {
    const { session } = this.#options;
    if (mortal) this.#own = new PlayedServer(session);
    await this.#listen(this.#own ?? sharedServer(session), wanted);
  }

  async becomes(wanted: Wanted): Promise<void> {
    await this.#perform({ do: 'manner', manner: this.#manner(wanted) });
  }

  /** The notice to all that are connected. */
  async tells(): Promise<void> {
    if (this.peers.open.length === 0)
      throw new MomentMissed('the client is told', 'no connection of it is open');
    await this.#perform({ do: 'tell' });
  }

  /** One byte of the notice; but for the first one, to those that had the one before. */
  async tellsByte(index: number): Promise<void> {
    await this.#perform({ do: 'tell', from: index, to: index + 1, again: index > 0 });
  }

  /** The notice once more to those that had it. */
  async tellsAgain(): Promise<void> {
    await this.#perform({ do: 'tell', again: true });
  }

  async answers(): Promise<void> {
    await this.#perform({ do: 'answer' });
  }

  async leaves(how: 'fin' | 'rst'): Promise<void> {
    await this.#perform({ do: 'leave', how });
  }

  async stopsListening(): Promise<void> {
    await this.#perform({ do: 'unlisten' });
  }

  /** Its process, which must be its own, is stopped: it reads no more. */
  freezes(): void {
    this.#frozen = true;
    this.#own?.freeze();
  }

  /** SIGKILL to its process, frozen or not; at once another one listens at the same address, as under a supervisor. */
  async dies(): Promise<void> {
    const { recorder } = this.#options;
    const open = this.peers.open;
    const beforeMs = nowMs();
    await this.#own?.kill();
    this.#own = undefined;
    this.#frozen = false;
    for (const peer of open) {
      const event = {
        type: 'server-left',
        connection: peer.id,
        how: 'killed',
        beforeMs,
        atMs: nowMs(),
      } as const;
      recorder.add(event);
      this.peers.see(event);
    }
    await this.#listen(sharedServer(this.#options.session), {});
  }

  /** All connections have had everything read by the client, or have been left by it. */
  read(timeoutMs: number): Promise<Reading> {
    return this.#queue.read(this.peers.open, timeoutMs);
  }

  /** Something of the client lies unread in the server's queue. */
  async isQueued(timeoutMs: number): Promise<boolean> {
    const [peer] = this.peers.open;
    return peer !== undefined && this.#queue.isQueuedFor(peer, timeoutMs);
  }

  /** All that has been seen so far is in the recording. */
  async settles(): Promise<void> {
    // A frozen one would not answer: what it had to say is lost with it.
    if (this.#frozen) return;
    await this.#perform({ do: 'flush' });
  }

  async closes(): Promise<void> {
    if (!this.#frozen) await this.#perform({ do: 'release' });
    this.#unlisten?.();
    await this.#own?.kill();
  }

  async #listen(by: PlayedServer, wanted: Wanted): Promise<void> {
    const { key: run, port, recorder } = this.#options;
    this.#unlisten?.();
    this.#process = by;
    this.#unlisten = by.listen(run, (what) => {
      if ('type' in what) recorder.add(what);
      this.peers.see(what);
    });
    await by.perform({
      do: 'listen',
      run,
      host,
      port,
      notice: this.#notice,
      manner: this.#manner(wanted),
      connections: this.peers.all.length,
    });
  }

  #manner(wanted: Wanted): Manner {
    return { ...wanted, ending: this.#options.habits.ending };
  }

  async #perform(command: object): Promise<void> {
    await this.#process?.perform({ run: this.#options.key, ...command } as Parameters<
      PlayedServer['perform']
    >[0]);
  }
}

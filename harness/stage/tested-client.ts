import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { ClientHabits } from '../survey/client-habits.js';
import { Instance } from '../target/instance.js';
import { duration } from '../words.js';
import { MomentMissed } from './moment-missed.js';
import { host, type PlayedSide, type Wanted } from './played-side.js';

/** After a promised time, this much longer is waited, so that a report can say how late it was. */
const patienceMs = 1500;
/** A server is late, but not silent, when it answers after so long. */
const answersAfterMs = 300;
/** A told client has a second to close. */
const closesWithinMs = 1000;
/** How often the processor time of a client that lost its server is noted. */
const noteEveryMs = 500;
/** Whether a client spins is seen in so long. */
const lostForMs = 2500;
/** Who lives so long after it has lost its server has not ended because of it. */
const aloneMs = 500;

const whyNot = {
  unread: 'the client did not read what it was sent',
  unseen: 'the queue of its connection could not be seen',
} as const;

export interface TestedClientOptions {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly key: string;
  readonly contract: Contract;
  readonly habits: ClientHabits;
  readonly port: number;
  readonly server: PlayedSide;
}

/** The client under test as a scenario sees it: what it is awaited to do, and the signals that it is sent. */
export class TestedClient {
  readonly #options: TestedClientOptions;
  #instance: Instance | undefined;

  constructor(options: TestedClientOptions) {
    this.#options = options;
  }

  get #started(): Instance {
    if (this.#instance === undefined) throw new MomentMissed('the client is started', 'it is not');
    return this.#instance;
  }
  get gone(): boolean {
    return this.#started.exit !== undefined;
  }
  get pid(): number {
    return this.#started.launched.pid;
  }

  /** Starts it, and waits for its first request. */
  async starts(wanted: Wanted = {}, how: { readonly mortal?: boolean } = {}): Promise<void> {
    const { session, recorder, key, port, server } = this.#options;
    const { peers } = server;
    await server.opens(wanted, how);
    await session.starting(async () => {
      const instance = await Instance.start({ session, recorder, runId: key, number: 0, port, host }).catch(
        (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          throw new MomentMissed('the client is started', reason);
        },
      );
      this.#instance = instance;
      void instance.launched.exited.then(() => peers.wake());
      const { startupTimeoutMs } = session.target;
      await this.#sees('the client connects', () => peers.all.length > 0, startupTimeoutMs);
    });
    await this.#sees('its first request comes', () => peers.requests > 0, session.target.startupTimeoutMs);
    recorder.add({ type: 'ready', instance: 0, atMs: nowMs() });
    this.notesProcessor();
  }

  /** It has had so many replies, and has read the last. */
  async hadReplies(count: number): Promise<void> {
    const { server } = this.#options;
    const moment = `the client has had ${count === 1 ? 'a reply' : `${count} replies`}`;
    await this.#sees(moment, () => server.peers.replies >= count, this.patienceMs);
    const reading = await server.read(this.patienceMs);
    if (reading !== 'read') throw new MomentMissed(moment, whyNot[reading]);
    this.#moment(moment);
  }

  /** So many requests have come; the last of them is not answered. */
  async asked(count: number): Promise<void> {
    const { peers } = this.#options.server;
    await this.#sees(`request ${count} of the client comes`, () => peers.requests >= count, this.patienceMs);
  }

  /** It sends nothing for longer than it ever paused: it waits for its reply. */
  async waits(): Promise<void> {
    const { peers } = this.#options.server;
    const pauseMs = Math.max(peers.longestPauseMs, this.#options.habits.longestPauseMs ?? 0);
    const quietMs = Math.max(300, 2 * pauseMs + 100);
    const untilMs = nowMs() + quietMs;
    const asked = peers.requests;
    const broke = await peers.until(() => peers.requests > asked || this.gone, untilMs);
    if (!broke) this.#moment(`the client waits for its reply, and has sent nothing for ${duration(quietMs)}`);
  }

  /**
   * What it was sent has been read; false where it has not within its deadline.
   *
   * @throws MomentMissed where that could not be seen
   */
  async reads(): Promise<boolean> {
    const withinMs = Math.max(this.#options.contract.deadlineMs, closesWithinMs) + patienceMs;
    const reading = await this.#options.server.read(withinMs);
    if (reading === 'unseen') throw new MomentMissed('the client reads what it was sent', whyNot.unseen);
    return reading === 'read';
  }

  /** All connections that were told are closed by the client; false where they are not soon. */
  async closes(): Promise<boolean> {
    const { peers } = this.#options.server;
    const pauseMs = this.#options.habits.longestPauseMs ?? 0;
    return peers.until(() => peers.toldOpen.length === 0, nowMs() + closesWithinMs + pauseMs + patienceMs);
  }

  /** It ends, or where its contract says so connects again. */
  async goesOn(): Promise<void> {
    const { server, contract } = this.#options;
    const { peers } = server;
    if (contract.afterNotice === 'reconnect') {
      const again = () => peers.open.some(({ told }) => !told) || this.gone;
      await peers.until(again, nowMs() + contract.deadlineMs + contract.toleranceMs + patienceMs);
    } else await this.ends();
  }

  send(signal: SignalName): void {
    this.#started.send(signal);
  }

  /**
   * The same with a server that answers, if late: what came before the signal was seen is answered once the client has
   * had time to end at once.
   */
  async endsBesideServer(): Promise<boolean> {
    const { server } = this.#options;
    await server.peers.until(() => this.gone, nowMs() + answersAfterMs);
    if (!this.gone) {
      await server.becomes({});
      await server.answers();
    }
    return this.ends();
  }

  /** It and all that it started are gone; false where they had to be ended. */
  async ends(): Promise<boolean> {
    const { deadlineMs, toleranceMs } = this.#options.contract;
    if (await this.#started.awaitGone(nowMs() + deadlineMs + toleranceMs + patienceMs)) return true;
    await this.#started.end(
      this.#started.exit === undefined ? 'it did not end' : 'processes of its tree were left',
    );
    return false;
  }

  /** It has lost its server: it ends, or connects again, while its processor time is noted. */
  async copes({ connectsAgain = true } = {}): Promise<void> {
    const { server, contract } = this.#options;
    const { peers } = server;
    const fromMs = nowMs();
    const before = peers.all.length;
    const untilMs = fromMs + contract.deadlineMs + contract.toleranceMs + patienceMs;
    const isOver = () => {
      if (this.gone) return true;
      const isServed = connectsAgain && peers.all.length > before;
      return isServed && nowMs() >= fromMs + closesWithinMs;
    };
    const lastMs = connectsAgain ? untilMs : Math.min(untilMs, fromMs + lostForMs);
    while (!isOver() && nowMs() < lastMs) {
      this.notesProcessor();
      await peers.until(() => this.gone, Math.min(lastMs, nowMs() + noteEveryMs));
    }
    this.notesProcessor();
    if (this.gone) await this.#started.awaitGone(nowMs() + patienceMs);
  }

  /** Its connections have ended, nobody listens, and it lives on. */
  async livesWithoutServer(): Promise<void> {
    const { peers } = this.#options.server;
    const moment = 'the client lives on without a server';
    const left = () => peers.all.every(({ clientLeft }) => clientLeft);
    await this.#sees(moment, left, this.patienceMs);
    const ended = await peers.until(() => this.gone, nowMs() + aloneMs);
    if (ended) throw new MomentMissed(moment, 'the client has ended');
    this.#moment(moment);
  }

  notesProcessor(): void {
    const { session, recorder } = this.#options;
    const used = this.#started.members().reduce<number | undefined>((sum, { pid }) => {
      const one = session.system.processorMs(pid);
      return one === undefined ? sum : (sum ?? 0) + one;
    }, undefined);
    if (used !== undefined)
      recorder.add({ type: 'processor', instance: 0, processorMs: used, atMs: nowMs() });
  }

  async cleanUp(): Promise<void> {
    if (this.#instance === undefined) return;
    if (this.#instance.exit === undefined) await this.#instance.end('the run was over');
    else await this.#instance.end();
    await this.#instance.finish();
  }

  /** Three times its own longest pause, and some for a busy machine. */
  get patienceMs(): number {
    return 5000 + 3 * (this.#options.habits.longestPauseMs ?? 1000);
  }

  #moment(words: string): void {
    this.#options.recorder.add({ type: 'moment', moment: words, atMs: nowMs() });
  }

  async #sees(moment: string, fact: () => boolean, timeoutMs: number): Promise<void> {
    const { peers } = this.#options.server;
    const isOver = () => fact() || this.#instance?.exit !== undefined || peers.tooMuch !== undefined;
    const seen = await peers.until(isOver, nowMs() + timeoutMs);
    // The end of the process may be heard of before what the played server saw of it.
    if (!fact() && this.gone) await this.#options.server.settles();
    if (fact()) return;
    if (peers.tooMuch !== undefined) throw new MomentMissed(moment, peers.tooMuch);
    throw new MomentMissed(
      moment,
      seen ? 'the client has ended before' : `it was not seen within ${duration(timeoutMs)}`,
    );
  }
}

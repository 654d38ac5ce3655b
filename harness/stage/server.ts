import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { Delivery } from '../contract/delivery.js';
import type { SignalName } from '../contract/signal-name.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import { Instance } from '../target/instance.js';
import { ownFiles, removeLeft } from '../target/left-files.js';
import type { Place } from '../target/place.js';
import { awaitReady, awaitStarted, NotReady, type ReadyOptions } from '../target/readiness.js';
import { duration } from '../words.js';
import { burst } from './burst.js';
import type { Clients } from './clients.js';
import { livesWhenDue } from './due.js';
import { inheritOrphan } from './inherit-orphan.js';
import { MomentMissed } from './moment-missed.js';
import { askPastWrapper } from './past-wrapper.js';
import { hasEndedUnheard, ifEndedBefore } from './root-end.js';
import { pendingFor, settledAfter, takenBy } from './signal-taken.js';
import { SignalledStart } from './signalled-start.js';
import { StartMoments } from './start-moments.js';

/** After the promised end, this much longer is waited, so that a report can say how late it was. */
const patienceMs = 1500;
const freezeTimeoutMs = 3000;
/** A zombie is reported by the next turn of the loop; one that is not has threads that live on. */
const unheardMs = 200;

export interface ServerOptions {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly runId: string;
  readonly delivery: Delivery;
  readonly contract: Contract;
  readonly survey: Surveyed;
  readonly place: Place;
  readonly address: ReadyOptions['address'];
  readonly canaries: () => Clients;
}

/** The target as a scenario sees it. */
export class Server {
  readonly #options: ServerOptions;
  #instances: Instance[] = [];
  /** A signal has been sent, whatever it means: an end after it may be its effect. */
  #signalled = false;
  #firstStopMs: number | undefined;
  #lastStopMs = 0;
  #lastStop: SignalName | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  get #first(): Instance {
    const [first] = this.#instances;
    if (first === undefined) throw new MomentMissed('the target is started', 'it is not');
    return first;
  }

  get #start(): StartMoments {
    return new StartMoments(this.#first, this.#options);
  }

  get gone(): boolean {
    return this.#first.exit !== undefined;
  }

  /** Starts the target and does nothing more; for scenarios that signal it before it is ready. */
  async spawn(): Promise<void> {
    const { session, recorder, runId, delivery, place, contract } = this.#options;
    const { deadlineMs } = contract;
    const number = this.#instances.length;
    try {
      this.#instances.push(
        await Instance.start({ session, recorder, runId, delivery, ...place, number, deadlineMs }),
      );
    } catch (error) {
      // The system could not start it (no memory, no more processes): what was to be played cannot be.
      throw new MomentMissed('the target is started', error instanceof Error ? error.message : String(error));
    }
  }

  /** Starts the target, and waits until it listens and a client has been served. */
  async ready(): Promise<void> {
    try {
      await this.#startAndAwaitReady();
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
      throw new MomentMissed('the target is ready', error.message);
    }
    this.#noteFiles();
  }

  /** A start that a signal meets before it serves. */
  get signalledStart(): SignalledStart {
    return new SignalledStart(this.#options, {
      spawn: async () => {
        await this.spawn();
        return this.#first;
      },
      forget: () => this.#forgetStart(),
      sent: (signal) => this.#sent(signal),
    });
  }

  /**
   * Sends a signal to the root process, now; the time at which it was sent, in milliseconds on CLOCK_MONOTONIC.
   * @throws MomentMissed when it is the first one, and the target has ended by itself before it
   */
  send(signal: SignalName): number {
    if (!this.#signalled) ifEndedBefore(signal, this.#first, this.#options.session.system);
    this.#first.send(signal);
    const sentMs = nowMs();
    this.#sent(signal);
    return sentMs;
  }

  /**
   * Sends a signal `count` times, each as soon as the target has taken the one before.
   * @throws MomentMissed when the target has ended by itself before the first
   */
  async burst(signal: SignalName, count: number): Promise<void> {
    const { system } = this.#options.session;
    if (!this.#signalled) ifEndedBefore(signal, this.#first, system);
    this.#first.sample();
    await burst(this.#first, system, signal, count);
    this.#sent(signal);
  }

  #sent(signal: SignalName): void {
    this.#signalled = true;
    if (!this.#options.contract.stopSignals.includes(signal)) return;
    this.#lastStop = signal;
    this.#lastStopMs = nowMs();
    this.#firstStopMs ??= this.#lastStopMs;
  }

  /** Stops the whole tree, does `act` while nothing of it runs, and lets it go on: all of it arrives at once. */
  async whileFrozen<Result>(act: () => Promise<Result>): Promise<Result> {
    const server = this.#first;
    await this.#orMissed('the whole tree is stopped', () => server.stopper.freeze(freezeTimeoutMs));
    try {
      return await act();
    } finally {
      server.thaw();
      // What was sent to a stopped process acts when it goes on.
      if (this.#firstStopMs !== undefined) this.#firstStopMs = this.#lastStopMs = nowMs();
    }
  }

  /** The kernel shows the signal as pending for the root. Only where the system shows it. */
  async pending(signal: SignalName): Promise<void> {
    await pendingFor(this.#first, this.#options.session.system, signal);
  }

  /** Some process of the starting tree catches (or blocks, for signalfd and sigwait) the signal. */
  async handlerInstalled(signal: SignalName): Promise<void> {
    await this.#start.handlerInstalled(signal);
  }

  /** The target listens; nobody has been served yet. */
  async bound(): Promise<void> {
    await this.#start.bound();
  }

  /**
   * Waits until `afterMs` after the first stop signal; false when the target has ended before.
   * @throws MomentMissed when the harness came so late that the target had ended in the meantime
   */
  async aliveAt(afterMs: number): Promise<boolean> {
    const dueMs = (this.#firstStopMs ?? nowMs()) + afterMs;
    const root = this.#first;
    await root.awaitGone(dueMs);
    // After a blockage the timer may be heard before the exit is: a signal to a zombie succeeds, and reaches nobody.
    if (hasEndedUnheard(root, this.#options.session.system)) await root.awaitGone(nowMs() + unheardMs);
    const act = `the signal is sent again ${duration(afterMs)} after the first one`;
    return livesWhenDue({ act, dueMs, exitMs: root.exit?.atMs });
  }

  /** Waits for the end of the whole tree. When it is overdue, ends it and resolves with false. */
  async exit(): Promise<boolean> {
    const { deadlineMs, toleranceMs } = this.#options.contract;
    const fromMs = this.#lastStopMs || nowMs();
    const untilMs = fromMs + deadlineMs + toleranceMs + patienceMs;
    if (await this.#first.awaitGone(untilMs)) {
      this.#noteFiles();
      return true;
    }
    const rootLives = this.#first.exit === undefined;
    const { recorder } = this.#options;
    const asking = { recorder, withinMs: deadlineMs + toleranceMs };
    if (this.#lastStop !== undefined) await askPastWrapper(this.#first, this.#lastStop, asking);
    await this.#first.end(rootLives ? 'it did not stop' : 'processes of its tree were left');
    return false;
  }

  /** As PID 1 the target inherits a process, which then ends; whether it is reaped is a fact for the judges. */
  readonly inheritOrphan = (): Promise<void> => inheritOrphan(this.#first, this.#options);

  /** The signal is no longer pending: the target has taken it, or has ended. */
  async taken(signal: SignalName): Promise<void> {
    await takenBy(this.#first, this.#options.session.system, signal);
  }

  /**
   * The target has taken the signal, and all its threads sleep again: what its handler does at once is done. What comes
   * now comes after the signal for the target too, however busy the machine is. A target that never sleeps is not
   * waited for longer than half a second: nothing is claimed then.
   */
  async settled(signal: SignalName): Promise<void> {
    await settledAfter(this.#first, this.#options.session.system, signal);
  }

  /** Steady service for a while: over after `durationMs`, or when the target ends. */
  async serves(durationMs: number): Promise<void> {
    await this.#first.awaitGone(nowMs() + durationMs);
  }

  /** The root has not ended. A clean-up follows, which the harness does. */
  async lives(): Promise<void> {
    const root = this.#first;
    if (hasEndedUnheard(root, this.#options.session.system)) await root.awaitGone(nowMs() + unheardMs);
    const { recorder } = this.#options;
    if (root.exit === undefined)
      recorder.add({ type: 'moment', moment: 'the server lives on', atMs: nowMs() });
    await root.end('the run was over');
  }

  /** SIGKILL to the root alone; what survives is recorded, and then ended as a supervisor would. */
  async kill(): Promise<void> {
    this.send('SIGKILL');
    if (!(await this.#first.awaitGone(nowMs() + 1000)))
      await this.#first.end('processes of its tree survived the SIGKILL of the root');
    this.#noteFiles();
  }

  /** Starts a new instance at the same address at once. Whether it becomes ready is a fact for the judges. */
  async startAgain(): Promise<void> {
    const { recorder } = this.#options;
    const number = this.#instances.length;
    try {
      await this.#startAndAwaitReady();
    } catch (error) {
      if (!(error instanceof NotReady)) throw error;
      recorder.add({ type: 'not-ready', instance: number, reason: error.message, atMs: nowMs() });
    }
  }

  /** Ends whatever is left of all instances, and gives their output to the recording. */
  async cleanUp(): Promise<void> {
    for (const instance of this.#instances) {
      await instance.end();
      await instance.finish();
    }
    const { session, survey, address } = this.#options;
    if (survey.ports !== 'random' && this.#instances.length > 0) removeLeft(session, address);
  }

  /** Whether the files of the target are there: once it serves, and once it has gone. */
  #noteFiles(): void {
    const { recorder, address, place } = this.#options;
    for (const file of ownFiles(address, place))
      recorder.add({ type: 'file', instance: this.#first.number, ...file, atMs: nowMs() });
  }

  /** Starting is the busy part, and has its turn; once it listens, the next target may start. */
  async #startAndAwaitReady(): Promise<void> {
    const { session, recorder, survey, address, canaries } = this.#options;
    const options = await session.starting(async () => {
      await this.spawn();
      const instance = this.#instances.at(-1) as Instance;
      const started = { instance, session, recorder, survey, address, canaries: canaries() };
      await awaitStarted(started);
      return started;
    });
    await awaitReady(options);
  }

  /** Ends a start that was not the one that is played. */
  async #forgetStart(): Promise<void> {
    const instance = this.#first;
    this.#instances = [];
    await instance.end();
    await instance.finish();
    this.#options.recorder.forget();
  }

  async #orMissed(moment: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      throw new MomentMissed(moment, error instanceof Error ? error.message : String(error));
    }
  }
}

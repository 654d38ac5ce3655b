import { nowMs } from '../clock.js';
import type { Contract } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import type { StdoutMode } from '../process/launch.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import { alike } from '../target/alike.js';
import { Instance } from '../target/instance.js';
import { watchLines } from '../target/output-lines.js';
import { waitUntil } from '../wait-until.js';
import { livesWhenDue } from './due.js';
import { MomentMissed } from './moment-missed.js';
import { poll } from './poll.js';
import { peersLeave } from './program-peer.js';
import { awaitProgramReady } from './program-ready.js';

/** After the promised end, this much longer is waited, so that a report can say how late it was. */
const patienceMs = 1500;
const takenWithinMs = 2000;
/** A program that never sleeps is not waited for longer: then it is enough that it has taken the signal. */
const settleWithinMs = 500;
/** What is still no line then is a prompt, or a progress bar. */
const newlineWithinMs = 100;
/** An end is heard by the next turn of the loop. */
const unheardMs = 200;

export interface ProgramOptions {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly runId: string;
  readonly contract: Contract;
  readonly survey: Surveyed;
}

export interface StartOptions {
  /** What becomes of its standard output. Default: it is read; of a program that would end by itself, it is full. */
  readonly stdout?: StdoutMode;
  /** Signals that are ignored when it begins. Default: none. */
  readonly ignored?: readonly SignalName[];
}

/** A program that serves nobody, as a scenario sees it. */
export class Program {
  readonly #options: ProgramOptions;
  #started: { readonly instance: Instance; readonly stdout: StdoutMode } | undefined;
  #lastStopMs = 0;
  #lines: { readonly line: string; readonly atMs: number }[] = [];
  #stdoutMs = Number.NEGATIVE_INFINITY;
  #outputMs = Number.NEGATIVE_INFINITY;
  #isHeld = false;
  #isMidLine = false;

  constructor(options: ProgramOptions) {
    this.#options = options;
  }

  get #instance(): Instance {
    if (this.#started === undefined) throw new MomentMissed('the program is started', 'it is not');
    return this.#started.instance;
  }

  get pid(): number {
    return this.#instance.launched.pid;
  }

  get gone(): boolean {
    return this.#instance.exit !== undefined;
  }

  /** Starts it, and does nothing more. */
  async begin({ stdout = 'read', ignored = [] }: StartOptions = {}): Promise<void> {
    const { session, recorder, runId } = this.#options;
    try {
      const instance = await Instance.start({
        session,
        recorder,
        runId,
        number: 0,
        stdout,
        ignored,
        paced: true,
      });
      this.#started = { instance, stdout };
      this.#isHeld = stdout === 'full';
    } catch (error) {
      // The system could not start it (no memory, no more processes): what was to be played cannot be.
      throw new MomentMissed(
        'the program is started',
        error instanceof Error ? error.message : String(error),
      );
    }
    const { output } = this.#instance;
    output.watch((text, stream) => {
      this.#outputMs = nowMs();
      if (stream !== 'stdout') return;
      this.#stdoutMs = this.#outputMs;
      this.#isMidLine = !text.endsWith('\n');
    });
    watchLines(output, (line) => this.#lines.push({ line, atMs: nowMs() }));
  }

  /** Starts it, and waits for the facts of its start that the survey saw. Starting has its turn. */
  async ready(options: StartOptions = {}): Promise<void> {
    const { session, recorder, survey } = this.#options;
    const stdout = options.stdout ?? (survey.facts?.brief ? 'full' : 'read');
    await session.starting(async () => {
      await this.begin({ ...options, stdout });
      const startedIgnoring = options.ignored ?? [];
      const instance = this.#instance;
      await awaitProgramReady({ session, survey, instance, stdout, startedIgnoring });
    });
    recorder.add({ type: 'ready', instance: 0, atMs: nowMs() });
    const processes = this.#instance.members().flatMap(({ pid }) => session.system.dispositions(pid) ?? []);
    if (processes.length > 0) recorder.add({ type: 'dispositions', instance: 0, processes, atMs: nowMs() });
  }

  /** Sends a signal to it, now; the time at which that began. One that was held back is read from then on. */
  send(signal: SignalName): number {
    const beforeMs = nowMs();
    this.#instance.send(signal);
    if (this.#options.contract.stopSignals.includes(signal)) this.#lastStopMs = nowMs();
    return beforeMs;
  }

  /** Lets a program that was held by its full output go on, once it has taken the signal. */
  async release(signal: SignalName): Promise<void> {
    if (!this.#isHeld) return;
    await this.taken(signal);
    this.#isHeld = false;
    this.#instance.output.readStdout();
  }

  /** The signal is no longer pending: it has taken it, or has ended. */
  async taken(signal: SignalName): Promise<void> {
    const moment = `${signal} is taken`;
    await poll(() => this.gone || !this.#isPending(signal), {
      moment,
      timeoutMs: takenWithinMs,
      intervalMs: 1,
    });
  }

  /**
   * It has reacted to a signal that was sent at `sinceMs`: it has said something since, or has taken it and all its
   * threads sleep (looked at twice: one thread may have woken another). False where it is gone.
   */
  async reacted(signal: SignalName, sinceMs: number): Promise<boolean> {
    await this.taken(signal);
    const { system } = this.#options.session;
    const pids = this.#instance.members().map(({ pid }) => pid);
    const sleeps = () => pids.every((pid) => system.waits(pid) !== false);
    const hasReacted = () => this.#outputMs > sinceMs || (sleeps() && sleeps());
    await waitUntil(() => this.#hasEnded() || hasReacted(), { timeoutMs: settleWithinMs, intervalMs: 2 });
    return !(await this.#isOver());
  }

  /** Whether it still lives `afterMs` after `sinceMs`. */
  async aliveAt(sinceMs: number, afterMs: number, act: string): Promise<boolean> {
    const dueMs = sinceMs + afterMs;
    await this.#instance.awaitGone(dueMs);
    await this.#isOver();
    return livesWhenDue({ act, dueMs, exitMs: this.#instance.exit?.atMs });
  }

  /** Waits for a whole line that came after `sinceMs` and matches; false where it has ended, or the time is over. */
  async says(pattern: RegExp, sinceMs: number, withinMs: number): Promise<boolean> {
    const said = () => this.#lines.some(({ line, atMs }) => atMs > sinceMs && pattern.test(line));
    await waitUntil(() => said() || this.gone, { timeoutMs: withinMs, intervalMs: 2 });
    return said();
  }

  /**
   * Waits for the first line since `sinceMs` that is none of its usual work; the time at which it came. Undefined where
   * it has ended, or the time is over.
   */
  async saysNew(sinceMs: number, withinMs: number): Promise<number | undefined> {
    const usual = this.#options.survey.facts?.usualLines ?? [];
    const said = () => this.#lines.find(({ line, atMs }) => atMs > sinceMs && !usual.includes(alike(line)));
    await waitUntil(() => said() !== undefined || this.gone, { timeoutMs: withinMs, intervalMs: 2 });
    return said()?.atMs;
  }

  /** The last line that matches; undefined where none does. */
  lastLine(pattern: RegExp): { readonly line: string; readonly atMs: number } | undefined {
    return this.#lines.findLast(({ line }) => pattern.test(line));
  }

  /** Waits for more standard output than there is now; false where none came in time. */
  async printsAgain(withinMs: number): Promise<boolean> {
    const sinceMs = this.#stdoutMs;
    await waitUntil(() => this.#stdoutMs > sinceMs || this.gone, { timeoutMs: withinMs, intervalMs: 1 });
    return this.#stdoutMs > sinceMs;
  }

  /** Its last line of standard output is whole: what is said next begins a line. Runtimes may write the newline apart. */
  async endsItsLine(): Promise<void> {
    await waitUntil(() => !this.#isMidLine || this.gone, { timeoutMs: newlineWithinMs, intervalMs: 1 });
  }

  /** Closes the reading end of its standard output as soon as a whole line has been read; false where none came. */
  async closesAfterLine(withinMs: number): Promise<boolean> {
    const instance = this.#instance;
    let isClosed = false;
    const stop = watchLines(instance.output, (_line, stream) => {
      if (stream !== 'stdout' || isClosed) return;
      isClosed = true;
      instance.closeOutput();
    });
    await waitUntil(() => isClosed || this.gone, { timeoutMs: withinMs, intervalMs: 2 });
    stop();
    return isClosed;
  }

  /** Peers connect to a socket that it listens on, and leave; whether it has closed its ends too, or has ended. */
  async peersLeave(): Promise<boolean> {
    const { session, recorder } = this.#options;
    return peersLeave(this.#instance, session, recorder);
  }

  /** Closes the reading end of its standard output. */
  closeOutput(): void {
    this.#instance.closeOutput();
  }

  async ends(untilMs: number, reason: string): Promise<boolean> {
    if (await this.#instance.awaitGone(untilMs)) return true;
    await this.#instance.end(reason);
    return false;
  }

  /** Waits for the end of the whole tree. When it is overdue, ends it and resolves with false. */
  async exit(): Promise<boolean> {
    const { deadlineMs, toleranceMs } = this.#options.contract;
    const untilMs = (this.#lastStopMs || nowMs()) + deadlineMs + toleranceMs + patienceMs;
    if (await this.#instance.awaitGone(untilMs)) return true;
    await this.#instance.end(this.gone ? 'processes of its tree were left' : 'it did not stop');
    return false;
  }

  async cleanUp(): Promise<void> {
    await this.#started?.instance.end();
    await this.#started?.instance.finish();
  }

  #isPending(signal: SignalName): boolean {
    return this.#options.session.system.pending(this.pid)?.includes(signal) === true;
  }

  /** The kernel shows the root as a zombie, or no more. */
  #hasEnded(): boolean {
    const root = this.#options.session.system.process(this.pid);
    return this.gone || root === undefined || root.state === 'Z' || root.state === 'X';
  }

  /** Its end may not have been heard yet: a signal to a zombie succeeds, and reaches nobody. */
  async #isOver(): Promise<boolean> {
    if (!this.#hasEnded()) return false;
    await waitUntil(() => this.gone, { timeoutMs: unheardMs, intervalMs: 1 });
    // Heard or not: a zombie does not come back.
    return true;
  }
}

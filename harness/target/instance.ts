import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import { cookieOf } from '../process/cookie.js';
import type { Launched, RootExit } from '../process/launch.js';
import { ProcessTree, tracersOwn } from '../process/process-tree.js';
import { sendTo } from '../process/send.js';
import { strangersWith } from '../process/strangers.js';
import type { ProcessInfo } from '../process/system.js';
import type { Dispositions, RecordingEvent } from '../recording/events.js';
import type { Recorder } from '../recording/recorder.js';
import type { Living, Session } from '../session.js';
import { waitUntil } from '../wait-until.js';
import { awaitExit } from './await-exit.js';
import { CapturedOutput } from './captured-output.js';
import { ProcessorWaits } from './processor-waits.js';
import { Survivors, spawned } from './root-and-survivors.js';
import { Sender } from './sender.js';
import { type InstanceOptions, startTarget } from './start-target.js';
import { Stopper } from './stopper.js';
import { TreeChanges } from './tree-changes.js';

/** The harness ends what it must end: this long it tries before it gives up with an error. */
const endWithinMs = 10_000;
const pollMs = 5;

/** One start of the target: its processes, its output, its end. Everything that is seen goes to the recorder. */
export class Instance implements Living {
  readonly number: number;
  readonly launched: Launched;
  exit: RootExit | undefined;
  readonly output: CapturedOutput;
  readonly stopper: Stopper;
  readonly #session: Session;
  readonly #recorder: Recorder;
  readonly #tree: ProcessTree;
  readonly #changes: TreeChanges;
  readonly #waits: ProcessorWaits;
  /** The processes of the tree, as last seen. */
  #pids: readonly number[];
  readonly #traced: boolean;
  readonly #sender: Sender;
  #leaving: Promise<void> = Promise.resolve();
  #endedByHarness = false;
  #gone = false;
  /** Some process of the tree was seen alive after the root's exit, at last by a look that began then. */
  #outlivedMs: number | undefined;

  /** @throws Error where the system cannot start it */
  static async start(options: InstanceOptions): Promise<Instance> {
    const { session, recorder, runId, number } = options;
    const cookie = cookieOf(session.id, runId, number);
    try {
      const launched = await startTarget(options, cookie);
      return new Instance(options, launched, cookie);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      recorder.add({ type: 'spawn-failed', instance: number, error: reason, atMs: nowMs() });
      throw error;
    }
  }

  private constructor(
    { session, recorder, number, port, stdout, tracer, paced, delivery = 'process' }: InstanceOptions,
    launched: Launched,
    cookie: string,
  ) {
    this.number = number;
    this.launched = launched;
    this.#sender = new Sender(launched, delivery);
    this.#traced = tracer !== undefined;
    this.#session = session;
    this.#recorder = recorder;
    const isStranger = strangersWith({ traced: this.#traced, holderPid: launched.pid1?.holderPid });
    this.#tree = new ProcessTree(launched.pid, cookie, session.system, isStranger);
    const root = session.system.process(launched.pid);
    if (root) session.reaper.add(root);
    const { pid, beforeMs } = launched;
    this.#changes = new TreeChanges(number, pid, beforeMs);
    this.#pids = [pid];
    this.#waits = new ProcessorWaits(
      number,
      session.system,
      () => this.#pids,
      (event) => this.#add(event),
    );
    this.stopper = new Stopper({
      number,
      rootPid: pid,
      root: () => session.system.process(pid),
      hasExited: () => this.exit !== undefined,
      look: (sinceMs) => this.#look(sinceMs),
      send: this.#sendTo,
      isStill: (info) => this.#isStill(info),
      add: (event) => this.#add(event),
    });
    this.#add(spawned(number, port, launched));
    this.output = new CapturedOutput(launched, stdout, paced);
    if (stdout === 'closed') this.#add({ type: 'output-closed', instance: number, beforeMs, atMs: beforeMs });
    void launched.exited.then((exit) => {
      this.exit = exit;
      this.#add({ type: 'exit', instance: number, pid, ...exit, ...this.#wrapper });
    });
    session.live.add(this);
    // It was being started when everything was ended.
    if (session.abort.aborted) this.end().catch(() => {});
  }

  /** Where the root is another program than the target. */
  get #wrapper(): { readonly wrapper?: string } {
    const { wrapped, pid } = this.launched;
    return wrapped === undefined || wrapped.serverPid() === pid ? {} : { wrapper: wrapped.wrapper };
  }

  /** The live processes of the tree, seen no earlier than `sinceMs` (default: now). Zombies are left out. */
  members(sinceMs = nowMs()): ProcessInfo[] {
    return this.#look(sinceMs).filter(({ state }) => state !== 'Z' && state !== 'X');
  }

  sample(): void {
    if (!this.#gone) this.#look(nowMs() - 20);
  }

  /** Closes the reading end of its standard output, now. */
  closeOutput(): void {
    const beforeMs = nowMs();
    this.output.closeStdout();
    this.#add({ type: 'output-closed', instance: this.number, beforeMs, atMs: nowMs() });
  }

  /** Sends a signal to the root. It cannot reach anybody else: until its exit was seen, the pid is the target's. */
  send(signal: SignalName): void {
    this.sample();
    this.sendNow(signal);
  }

  /** The same without a look at the tree, which takes milliseconds: in these a starting target gets far. */
  sendNow(signal: SignalName): void {
    this.output.cut();
    const beforeMs = nowMs();
    const { number: instance, exit, launched } = this;
    const event = {
      type: 'signal',
      instance,
      signal,
      pid: launched.pid,
      ...this.#wrapper,
      beforeMs,
    } as const;
    const sending = exit ? { error: 'it had already exited' } : this.#sender.send(signal);
    if ('left' in sending)
      this.#leaving = sending.left.then((atMs) => this.#add({ ...event, ...sending.how, atMs }));
    else this.#add({ ...event, ...sending, atMs: nowMs() });
    if (!('error' in sending)) this.#waits.start();
  }

  /** Resolves once what was sent has left: at a terminal somebody else acts. */
  async sent(): Promise<void> {
    await this.#leaving;
  }

  /** Records the signal masks of the root as they are now; undefined where the system does not show them. */
  dispositions(): Dispositions | undefined {
    const masks = this.#session.system.dispositions(this.launched.pid);
    if (masks) this.#add({ type: 'dispositions', instance: this.number, processes: [masks], atMs: nowMs() });
    return masks;
  }

  thaw(): void {
    this.stopper.thaw(this.members());
  }

  /** Resolves with true once no process of the tree is left, with false at `untilMs` (CLOCK_MONOTONIC). */
  async awaitGone(untilMs: number): Promise<boolean> {
    await awaitExit(this, untilMs);
    if (this.exit === undefined) return false;
    const exitedAtMs = this.exit.atMs;
    const survivors = new Survivors(this.number);
    for (;;) {
      const snapshot = this.#session.table.since(Math.max(exitedAtMs, nowMs() - pollMs / 2));
      const alive = this.#look(snapshot.beforeMs).filter(({ state }) => state !== 'Z' && state !== 'X');
      if (alive.length === 0) {
        this.#recordGone(this.#outlivedMs === undefined ? exitedAtMs : snapshot.atMs, this.#outlivedMs);
        return true;
      }
      this.#outlivedMs = snapshot.beforeMs;
      for (const event of survivors.seen(alive, snapshot.beforeMs)) this.#add(event);
      if (nowMs() > untilMs) return false;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  /** Ends with SIGKILL whatever is left. Recorded only where `reason` is given and something was left. */
  async end(reason?: string): Promise<void> {
    if (this.#gone) return;
    const left = this.members();
    // What is killed waits for a processor, too, and nobody's end is late by that.
    this.#waits.stop();
    const beforeMs = nowMs();
    if (left.length > 0) this.#endedByHarness = true;
    for (const info of [...left, ...this.#tracersOwn()]) this.#sendTo(info, 'SIGKILL');
    if (reason !== undefined && left.length > 0) {
      const pids = left.map(({ pid }) => pid);
      this.#add({ type: 'ended-by-harness', instance: this.number, reason, pids, beforeMs, atMs: nowMs() });
    }
    const ended = await waitUntil(
      () => {
        const rest = [...this.members(), ...this.#tracersOwn()];
        for (const info of rest) this.#sendTo(info, 'SIGKILL');
        return rest.length === 0;
      },
      { timeoutMs: endWithinMs, intervalMs: pollMs },
    );
    if (!ended)
      throw new Error(`processes of the target do not die: ${this.members().map(({ pid }) => pid)}`);
    await awaitExit(this, nowMs() + endWithinMs);
    // It was over before the harness looked: a loop that was late, no target that was.
    if (reason !== undefined && left.length === 0 && this.exit)
      this.#recordGone(this.#outlivedMs === undefined ? this.exit.atMs : beforeMs, this.#outlivedMs);
    this.#isOver();
  }

  #tracersOwn(): ProcessInfo[] {
    return this.#traced ? tracersOwn(this.#session.system, this.launched.pid) : [];
  }

  /** Waits for the streams to close, says who does not let them, and gives the output to the recording. */
  async finish(): Promise<void> {
    for (const event of await this.output.finish(this.number)) this.#add(event);
  }

  readonly #sendTo = (info: ProcessInfo, signal: SignalName): boolean =>
    this.#isStill(info) && sendTo(info.pid, signal) === undefined;

  /**
   * Between a look and a call the process may have gone; then its pid is free, but not yet used again: the kernel
   * hands pids out in turn. The start time is compared to be sure of it.
   */
  #isStill({ pid, startTicks }: ProcessInfo): boolean {
    return this.#session.system.process(pid)?.startTicks === startTicks;
  }

  #look(sinceMs: number): ProcessInfo[] {
    const snapshot = this.#session.table.since(sinceMs);
    const members = this.#tree.membersIn(snapshot);
    this.#pids = members.map(({ pid }) => pid);
    if (!this.#endedByHarness) {
      const { beforeMs, atMs } = snapshot;
      for (const change of this.#changes.seen(members, beforeMs, atMs)) {
        this.#add(change);
        // Whoever is to reap it needs a processor for that.
        if (change.state === 'zombie') this.#waits.start();
      }
    }
    // A zombie root is one that was not reaped by us yet: the `exit` event says that better.
    return members;
  }

  #recordGone(atMs: number, seenAliveMs: number | undefined): void {
    if (this.#gone) return;
    this.#isOver();
    if (!this.#endedByHarness) {
      this.#add({ type: 'gone', instance: this.number, sinceMs: seenAliveMs ?? atMs, atMs });
    }
  }

  #isOver(): void {
    this.#gone = true;
    this.#waits.stop();
    this.launched.wrapped?.forget();
    this.#session.live.delete(this);
  }

  #add(event: RecordingEvent): void {
    this.#recorder.add(event);
  }
}

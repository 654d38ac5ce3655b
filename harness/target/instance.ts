import { nowMs } from '../clock.js';
import { type Delivery, ignoredInBackground, keys } from '../contract/delivery.js';
import type { SignalName } from '../contract/signal-name.js';
import type { TargetSettings } from '../options/settings.js';
import { cookieName, cookieOf } from '../process/cookie.js';
import { freeze, thaw } from '../process/freeze.js';
import { type Launched, launch, type RootExit, type StdoutMode } from '../process/launch.js';
import { launchInTerminal } from '../process/launch-in-terminal.js';
import { isTracer, keyOf, ProcessTree } from '../process/process-tree.js';
import { sendTo } from '../process/send.js';
import type { ProcessInfo } from '../process/system.js';
import type { Dispositions, RecordingEvent } from '../recording/events.js';
import type { Recorder } from '../recording/recorder.js';
import type { Living, Session } from '../session.js';
import type { Tracer } from '../sweep/strace.js';
import { waitUntil } from '../wait-until.js';
import { CapturedOutput } from './captured-output.js';
import { commandFor, ignoring, traced } from './command-for.js';
import { ProcessorWaits } from './processor-waits.js';
import { TreeChanges } from './tree-changes.js';

/** The harness ends what it must end: this long it tries before it gives up with an error. */
const endWithinMs = 10_000;
const pollMs = 5;

export interface InstanceOptions {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly runId: string;
  /** 0 for the first start in a run, 1 for the new one in `restart` and `killed`; a pair's clients count from `firstClient`. */
  readonly number: number;
  /** What is started. Default: the session's target. */
  readonly target?: TargetSettings;
  /** What it is told as PORT and `{port}`; nothing where it is undefined. */
  readonly port?: number | undefined;
  /** What it is told as HOST and `{host}`; nothing where it is undefined. */
  readonly host?: string | undefined;
  /** How it is sent signals. Default: `process`. */
  readonly delivery?: Delivery;
  /** Signals that are ignored when its program begins, as a shell starts its background jobs. Default: none. */
  readonly ignored?: readonly SignalName[];
  /** What watches its system calls. Default: nothing. */
  readonly tracer?: Tracer;
  /** What becomes of its standard output. Default: it is read. */
  readonly stdout?: StdoutMode;
  /** A flood of output is read with pauses, as a terminal would. Default: false. */
  readonly paced?: boolean;
}

/** The variables by which it is told where. */
function told({ port, host }: Pick<InstanceOptions, 'port' | 'host'>): Record<string, string> {
  return {
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...(host === undefined ? {} : { HOST: host }),
  };
}

/** One start of the target: its processes, its output, its end. Everything that is seen goes to the recorder. */
export class Instance implements Living {
  readonly number: number;
  readonly launched: Launched;
  exit: RootExit | undefined;
  readonly output: CapturedOutput;
  readonly #session: Session;
  readonly #recorder: Recorder;
  readonly #tree: ProcessTree;
  readonly #changes: TreeChanges;
  readonly #waits: ProcessorWaits;
  /** The processes of the tree, as last seen. */
  #pids: readonly number[];
  readonly #traced: boolean;
  readonly #delivery: Delivery;
  #endedByHarness = false;
  #gone = false;

  /** @throws Error where the system cannot start it */
  static async start(options: InstanceOptions): Promise<Instance> {
    const { session, recorder, runId, number, port, host, delivery, stdout = 'read' } = options;
    const ignored = delivery === 'background' ? ignoredInBackground : (options.ignored ?? []);
    const { target = session.target } = options;
    const cookie = cookieOf(session.id, runId, number);
    try {
      const how = {
        ...traced(
          options.tracer,
          cookie,
          ignoring(ignored, target.file, commandFor(target.command, { port, host })),
        ),
        cwd: target.cwd,
        env: {
          ...told({ port, host }),
          ...target.env,
          ...(options.tracer ? {} : { [cookieName]: cookie }),
        },
        stdout,
      };
      const launched =
        delivery === 'terminal' ? await launchInTerminal(how, session.system) : await launch(how);
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
    this.#delivery = delivery;
    this.#traced = tracer !== undefined;
    this.#session = session;
    this.#recorder = recorder;
    this.#tree = new ProcessTree(launched.pid, cookie, session.system, tracer ? isTracer : undefined);
    const root = session.system.process(launched.pid);
    if (root) session.reaper.add(root);
    const { pid, beforeMs, atMs } = launched;
    this.#changes = new TreeChanges(number, pid, beforeMs);
    this.#pids = [pid];
    this.#waits = new ProcessorWaits(
      number,
      session.system,
      () => this.#pids,
      (event) => this.#add(event),
    );
    this.#add({
      type: 'spawned',
      instance: number,
      pid,
      ...(port === undefined ? {} : { port }),
      beforeMs,
      atMs,
    });
    this.output = new CapturedOutput(launched, stdout, paced);
    if (stdout === 'closed') this.#add({ type: 'output-closed', instance: number, beforeMs, atMs: beforeMs });
    void launched.exited.then((exit) => {
      this.exit = exit;
      this.#add({
        type: 'exit',
        instance: number,
        pid,
        code: exit.code,
        signal: exit.signal,
        atMs: exit.atMs,
      });
    });
    session.live.add(this);
    // It was being started when everything was ended.
    if (session.abort.aborted) this.end().catch(() => {});
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
    const { pid, terminal } = this.launched;
    // It is the leader of its session and of its group: its pid is the group's number (kill(2)).
    const group = this.#delivery === 'group';
    const event = { type: 'signal', instance: this.number, signal, pid, beforeMs } as const;
    const key = keys[signal];
    if (terminal && key !== undefined && !this.exit) {
      void terminal.type(key).then((atMs) => this.#add({ ...event, typed: true, atMs }));
    } else {
      const error = this.exit ? 'it had already exited' : sendTo(group ? -pid : pid, signal);
      const how = { ...(group ? { group } : {}), ...(error === undefined ? {} : { error }) };
      this.#add({ ...event, ...how, atMs: nowMs() });
      if (error !== undefined) return;
    }
    this.#waits.start();
  }

  /** @throws Error when the tree is not seen stopped in time */
  async freeze(timeoutMs: number): Promise<void> {
    const beforeMs = nowMs();
    const stopped = await freeze((sinceMs) => this.#look(sinceMs), this.#sendTo, timeoutMs);
    this.#add({
      type: 'frozen',
      instance: this.number,
      pids: stopped.map(({ pid }) => pid),
      beforeMs,
      atMs: nowMs(),
    });
  }

  /**
   * Stops the root alone, at once: a look at the whole tree takes milliseconds. It may end before it stops.
   *
   * @throws Error when it is not seen stopped in time
   */
  async hold(timeoutMs: number): Promise<void> {
    const { pid } = this.launched;
    const beforeMs = nowMs();
    if (this.exit === undefined) sendTo(pid, 'SIGSTOP');
    const state = () => this.#session.system.process(pid)?.state ?? 'X';
    const held = await waitUntil(() => 'TtZX'.includes(state()), { timeoutMs, intervalMs: 1 });
    if (!held) throw new Error(`it was not seen within ${timeoutMs} ms`);
    this.#add({ type: 'frozen', instance: this.number, pids: [pid], beforeMs, atMs: nowMs() });
  }

  /** Records the signal masks of the root as they are now; undefined where the system does not show them. */
  dispositions(): Dispositions | undefined {
    const masks = this.#session.system.dispositions(this.launched.pid);
    if (masks) this.#add({ type: 'dispositions', instance: this.number, processes: [masks], atMs: nowMs() });
    return masks;
  }

  thaw(): void {
    this.#goOn(this.members().filter((info) => this.#isStill(info)));
  }

  /** Lets go on what `hold` has stopped. */
  release(): void {
    const root = this.#session.system.process(this.launched.pid);
    this.#goOn(root ? [root] : []);
  }

  #goOn(members: readonly ProcessInfo[]): void {
    const beforeMs = nowMs();
    thaw(members, ({ pid }) => sendTo(pid, 'SIGCONT'));
    this.#add({ type: 'thawed', instance: this.number, beforeMs, atMs: nowMs() });
  }

  /** Resolves with true once no process of the tree is left, with false at `untilMs` (CLOCK_MONOTONIC). */
  async awaitGone(untilMs: number): Promise<boolean> {
    await this.#awaitExit(untilMs);
    if (this.exit === undefined) return false;
    const exitedAtMs = this.exit.atMs;
    const survivors = new Set<string>();
    let seenAliveMs: number | undefined;
    for (;;) {
      const snapshot = this.#session.table.since(Math.max(exitedAtMs, nowMs() - pollMs / 2));
      const alive = this.#look(snapshot.beforeMs).filter(({ state }) => state !== 'Z' && state !== 'X');
      if (alive.length === 0) {
        this.#recordGone(seenAliveMs === undefined ? exitedAtMs : snapshot.atMs, seenAliveMs);
        return true;
      }
      seenAliveMs = snapshot.beforeMs;
      for (const info of alive) {
        if (survivors.has(keyOf(info))) continue;
        survivors.add(keyOf(info));
        this.#add({
          type: 'survivor',
          instance: this.number,
          pid: info.pid,
          command: info.command,
          atMs: snapshot.beforeMs,
        });
      }
      if (nowMs() > untilMs) return false;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }

  /** Ends with SIGKILL whatever is left. Recorded only where `reason` is given and something was left. */
  async end(reason?: string): Promise<void> {
    if (this.#gone) return;
    const left = this.members();
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
    await this.#awaitExit(nowMs() + endWithinMs);
    // It was over before the harness looked: a loop that was late, no target that was.
    if (reason !== undefined && left.length === 0 && this.exit) this.#recordGone(this.exit.atMs, undefined);
    this.#isOver();
  }

  /**
   * What strace forks for itself, in the target's session, to find out what the kernel can do. Who kills it then
   * leaves these waiting for ever. The tracer is in another session, and ends with the target.
   */
  #tracersOwn(): ProcessInfo[] {
    if (!this.#traced) return [];
    return this.#session.system
      .processes()
      .filter((info) => info.sessionId === this.launched.pid && isTracer(info) && info.state !== 'Z');
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

  async #awaitExit(untilMs: number): Promise<void> {
    if (this.exit) return;
    // A timer counts from when the loop last looked at the clock, so it may fire early by as much as the loop lagged.
    do {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, Math.max(0, Math.ceil(untilMs - nowMs())));
      });
      await Promise.race([this.launched.exited, late]);
      clearTimeout(timer);
    } while (!this.exit && nowMs() < untilMs);
  }

  #look(sinceMs: number): ProcessInfo[] {
    const snapshot = this.#session.table.since(sinceMs);
    const members = this.#tree.membersIn(snapshot);
    this.#pids = members.map(({ pid }) => pid);
    if (!this.#endedByHarness) {
      const { beforeMs, atMs } = snapshot;
      for (const change of this.#changes.seen(members, beforeMs, atMs)) this.#add(change);
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
    this.#session.live.delete(this);
  }

  #add(event: RecordingEvent): void {
    this.#recorder.add(event);
  }
}

import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import type { RootExit } from '../process/launch.js';
import type { OutputStream } from '../recording/events.js';
import type { Instance } from '../target/instance.js';

/** A started target that does only what the test says; and what was done to it. */
export class FakeInstance {
  exit: RootExit | undefined;
  readonly done: string[] = [];
  readonly launched: { pid: number; beforeMs: number; atMs: number; exited: Promise<void> };
  readonly number: number;
  /** Whether processes of its tree outlive its root. */
  leavesSome = false;
  /** What is still in the pipe when its end is heard. */
  unread = '';
  /** When it was last waited for its end, and until when. */
  awaitedUntilMs: number | undefined;
  readonly output = {
    firstMs: {} as { stdout?: number; stderr?: number },
    lines: [] as string[],
    lastLines: (count: number): string[] => this.output.lines.slice(-count),
    watch: (watcher: (text: string, stream: OutputStream) => void): (() => void) => {
      this.#watchers.add(watcher);
      return () => this.#watchers.delete(watcher);
    },
    readStdout: () => this.done.push('read'),
    drained: async (): Promise<boolean> => {
      if (this.unread !== '') this.prints(this.unread);
      return true;
    },
  };
  readonly #watchers = new Set<(text: string, stream: OutputStream) => void>();
  #heard: () => void = () => {};

  constructor(number = 0) {
    this.number = number;
    const exited = new Promise<void>((resolve) => {
      this.#heard = resolve;
    });
    this.launched = { pid: 7, beforeMs: 0, atMs: 0, exited };
  }

  prints(text: string, stream: OutputStream = 'stdout'): void {
    this.output.firstMs[stream] ??= nowMs();
    this.output.lines.push(...text.split('\n').filter((line) => line !== ''));
    for (const watcher of this.#watchers) watcher(text, stream);
  }

  closeOutput(): void {
    this.done.push('output closed');
  }

  ends(code: number | SignalName = 0, atMs = 0): void {
    this.exit = typeof code === 'number' ? { atMs, code, signal: null } : { atMs, code: null, signal: code };
    this.#heard();
  }

  /** Does not wait: what has not ended by now does not end in time. */
  async awaitGone(untilMs: number): Promise<boolean> {
    this.awaitedUntilMs = untilMs;
    return this.exit !== undefined && !this.leavesSome;
  }

  async end(reason?: string): Promise<void> {
    this.done.push(reason === undefined ? 'end' : `end: ${reason}`);
  }

  async finish(): Promise<void> {
    this.done.push('finish');
  }

  send(signal: SignalName): void {
    this.done.push(signal);
  }

  members(): { pid: number; command: string }[] {
    return this.exit === undefined || this.leavesSome ? [{ pid: 7, command: 'target' }] : [];
  }

  asInstance(): Instance {
    return this as unknown as Instance;
  }
}

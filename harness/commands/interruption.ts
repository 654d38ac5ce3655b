import type { EventEmitter } from 'node:events';

const awaited = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A person who presses Ctrl+C again after this time means it; two that come together are one key press. */
const forceAfterMs = 1000;

/**
 * What interrupts a run: a signal to this process, or the reader of standard output that has gone. The run is told by
 * an `AbortSignal`, cleans up, and the process then dies by that very signal, so that its parent (a shell, a CI job)
 * sees an interruption and not a result.
 */
export class Interruption {
  /** Aborted with the first interruption. */
  readonly abortSignal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #source: EventEmitter;
  readonly #force: (signal: NodeJS.Signals) => void;
  readonly #nowMs: () => number;
  #by: NodeJS.Signals | undefined;
  #atMs = 0;
  #isWatching = false;

  /** `force` is called when the user does not want to wait for the clean-up any longer. */
  constructor(
    source: EventEmitter,
    force: (signal: NodeJS.Signals) => void,
    nowMs: () => number = () => performance.now(),
  ) {
    this.abortSignal = this.#controller.signal;
    this.#source = source;
    this.#force = force;
    this.#nowMs = nowMs;
  }

  /** The first interruption; undefined while there was none. */
  get by(): NodeJS.Signals | undefined {
    return this.#by;
  }

  /** From now on signals interrupt instead of killing at once. Before the first start there is nothing to clean up. */
  watchSignals(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    for (const signal of awaited) this.#source.on(signal, () => this.#received(signal));
  }

  /** The reader of standard output has gone (`| head`): what other programs die of is SIGPIPE. */
  outputClosed(): void {
    this.#interrupt('SIGPIPE');
  }

  #received(signal: NodeJS.Signals): void {
    // Signals repeat: supervisors send them again, terminals send several. Only a person's second Ctrl+C is an order.
    if (this.#by === undefined) this.#interrupt(signal);
    else if (signal === 'SIGINT' && this.#nowMs() - this.#atMs >= forceAfterMs) this.#force(signal);
  }

  #interrupt(by: NodeJS.Signals): void {
    if (this.#by !== undefined) return;
    this.#by = by;
    this.#atMs = this.#nowMs();
    this.#controller.abort(new Error(`interrupted by ${by}`));
  }
}

import { nowMs } from '../clock.js';

/** After a look that took so long, this many times as long passes before the next: a ninth of the time at most. */
const restShare = 8;

/** What a look has shown, and when it began. */
export interface Look<Value> {
  readonly value: Value;
  readonly beforeMs: number;
}

/**
 * Something that takes long to read, and that many want to see again and again. Looks are spaced so that reading never
 * keeps the event loop from what else it has to do, and each serves everybody who can do with one of its age.
 */
export class Paced<Value> {
  readonly #read: () => Value;
  #latest: (Look<Value> & { readonly afterMs: number }) | undefined;

  constructor(read: () => Value) {
    this.#read = read;
  }

  /** A new look where it is time for one, else the last if it began no earlier than `sinceMs`; undefined otherwise. */
  since(sinceMs: number): Look<Value> | undefined {
    const beforeMs = nowMs();
    const latest = this.#latest;
    if (latest === undefined || beforeMs >= latest.afterMs + (latest.afterMs - latest.beforeMs) * restShare) {
      const value = this.#read();
      this.#latest = { value, beforeMs, afterMs: nowMs() };
      return this.#latest;
    }
    return latest.beforeMs >= sinceMs ? latest : undefined;
  }
}

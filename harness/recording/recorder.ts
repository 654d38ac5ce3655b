import { nowMs } from '../clock.js';
import type { RecordingEvent } from './events.js';

/**
 * Collects the events of one run. Times come in as milliseconds on CLOCK_MONOTONIC, and go out relative to the first
 * act of the run: the time before it, in which the run waited for its turn, is nobody's.
 */
export class Recorder {
  #startMs: number | undefined;
  #events: RecordingEvent[] = [];
  #closed = false;

  add(event: RecordingEvent): void {
    if (this.#closed) return;
    // What is added later may have begun earlier: no event has a time before the beginning.
    this.#startMs = Math.min(this.#startMs ?? Number.POSITIVE_INFINITY, placeOf(event));
    this.#events.push(event);
  }

  /** Begins anew: what has happened so far was no part of the run. */
  forget(): void {
    this.#startMs = undefined;
    this.#events = [];
  }

  /** Whether something of the kind has happened so far. */
  has(isIt: (event: RecordingEvent) => boolean): boolean {
    return this.#events.some(isIt);
  }

  /** When the run began, on CLOCK_MONOTONIC; now, where nothing has happened yet. */
  get startMs(): number {
    return this.#startMs ?? nowMs();
  }

  /**
   * All events, causes before effects: an act stands where it began, since what it causes may be seen before the call
   * returns (a process that is preempted in kill(2) learns last what it did). Nothing is recorded any more.
   */
  close(): RecordingEvent[] {
    this.#closed = true;
    return this.#events.map((event) => this.#relative(event)).sort((a, b) => placeOf(a) - placeOf(b));
  }

  #relative(event: RecordingEvent): RecordingEvent {
    const relative: Record<string, unknown> = { ...event };
    for (const key of ['atMs', 'beforeMs', 'sinceMs'] as const) {
      const value = relative[key];
      // A microsecond is finer than anything here is known, and keeps the reports short.
      if (typeof value === 'number') relative[key] = Math.round((value - this.startMs) * 1000) / 1000;
    }
    return relative as unknown as RecordingEvent;
  }
}

/** Where an event stands in the order of a recording, in milliseconds. */
export function placeOf(event: RecordingEvent): number {
  return 'beforeMs' in event ? event.beforeMs : event.atMs;
}

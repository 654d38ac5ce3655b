import type { SignalName } from '../contract/signal-name.js';
import type { OutputStream } from '../recording/events.js';

/** What the survey saw of a program: every run waits for the same facts of its start, and judges know what to expect. */
export interface ProgramFacts {
  /** The stream on which it says something while it starts; undefined where it says nothing by then. */
  readonly says: OutputStream | undefined;
  /** What it (and its runtime) catches or blocks in the end. */
  readonly handled: readonly SignalName[];
  readonly ignored: readonly SignalName[];
  /** It spends nearly all of its time asleep. */
  readonly asleep: boolean;
  /** Processor time that it had used when it was taken for ready; only where nothing else tells when it is. */
  readonly busyMs: number | undefined;
  /** It writes to its standard output. */
  readonly prints: boolean;
  /** The longest time that was seen between two pieces of standard output; undefined where it was not seen to print on. */
  readonly printsEveryMs: number | undefined;
  /** It ends by itself soon: it stays only while its output is held back. */
  readonly brief: boolean;
  /** Handled signals whose line came more than once without the signal: one that comes after it proves nothing. */
  readonly unasked: readonly SignalName[];
  /** The longest time that was seen between two lines that end a work item. */
  readonly itemEveryMs: number | undefined;
  /** From the first stop signal that it handles to its own end; undefined where it was not seen to end in time. */
  readonly stopsInMs: number | undefined;
  /** From that signal to the first line that is none of its usual work; undefined where none came. */
  readonly cleanUpLineInMs: number | undefined;
  /** What it printed before it was signalled, numbers made alike. */
  readonly usualLines: readonly string[];
}

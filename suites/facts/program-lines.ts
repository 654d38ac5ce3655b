import type { OutputStream } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { all } from './stop.js';
import { type Interval, window } from './time.js';

/** A line that the program printed, and when its last character was read. */
export interface PrintedLine {
  readonly stream: OutputStream;
  readonly text: string;
  /** The time at which it was printed lies in this window. */
  readonly at: Interval;
  /** The event with its last character. */
  readonly index: number;
}

/**
 * All lines of the first instance, in the order in which they were read; one that no newline ends is none. With
 * `fromIndex` those from that event on: a handler may say its line in the middle of another, whose newline comes later.
 */
export function printedLines(recording: Recording, fromIndex = 0): PrintedLine[] {
  const rest = { stdout: '', stderr: '' };
  return all(recording, 'output').flatMap(({ event, index }): PrintedLine[] => {
    if (event.instance !== 0 || index < fromIndex) return [];
    const { stream } = event;
    const lines = (rest[stream] + event.text).split('\n');
    rest[stream] = lines.pop() ?? '';
    const at = window(recording, event);
    return lines.map((text) => ({ stream, text: text.replace(/\r$/, ''), at, index }));
  });
}

import type { Recording } from '../../../harness/recording/recording.js';
import { clip, type OutputSpan, outputOf } from '../../facts/output.js';
import { tracebackPatterns } from './patterns.js';

/** A report of an unhandled fault in the target's output. */
export interface Traceback {
  readonly runtime: string;
  /** Its first and its last line, clipped. */
  readonly quote: string;
  /** The output events that it stands in. */
  readonly evidence: readonly number[];
}

// Patterns that begin with `^.*` take time quadratic in the length of a line: minutes for a megabyte without a break.
const longestLine = /([^\n]{500})[^\n]/g;

interface Match {
  readonly runtime: string;
  readonly start: number;
  readonly text: string;
}

/** The first traceback in one span of the output, or undefined. */
export function findTraceback(recording: Recording, span: OutputSpan): Traceback | undefined {
  for (const { text, eventsAt } of outputOf(recording, span)) {
    const match = matchTraceback(text);
    if (match) {
      const evidence = eventsAt(match.start, match.start + match.text.length);
      return { runtime: match.runtime, quote: quote(match.text), evidence };
    }
  }
  return undefined;
}

/** The earliest traceback in a text; of those that begin at the same place, the first of the table. */
export function matchTraceback(text: string): Match | undefined {
  let earliest: Match | undefined;
  // The length stays the same, so that places in it are places in the text.
  const wrapped = text.replace(longestLine, '$1\n');
  for (const { runtime, pattern } of tracebackPatterns) {
    const match = pattern.exec(wrapped);
    if (match && (!earliest || match.index < earliest.start)) {
      earliest = { runtime, start: match.index, text: match[0] };
    }
  }
  return earliest;
}

function quote(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first = '', last = ''] = [lines[0], lines.at(-1)];
  return lines.length > 1 ? `"${clip(first, 100)}" … "${clip(last, 100)}"` : `"${clip(first)}"`;
}

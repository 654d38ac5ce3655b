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
      return { runtime: match.runtime, quote: quote(match, text), evidence };
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

/** A line at which Python may name what was raised: a class, and mostly what it says. */
const named = /^[A-Za-z_][\w.]*(?:: .*)?$/;
/** A name that is one by custom, wherever it stands. */
const raised = /^[A-Za-z_][\w.]*(?:Error|Exception|Exit|Group|Interrupt|Iteration|Timeout)\b(?:: .*)?$/;
const level = /^(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b/;
/** So far behind its beginning the end of a traceback is looked for: what other threads log stands in between. */
const longestTraceback = 20_000;

/**
 * Its first line, and the last that says what happened. In Python other threads write into the middle of a traceback,
 * and a process may end before the end of it: a line that is not of the traceback would give another reason each time.
 */
function quote({ runtime, start, text }: Match, whole: string): string {
  const lines = linesOf(text);
  const [first = ''] = lines;
  const last = runtime === 'Python' ? endInPython(lines, whole.slice(start)) : lines.at(-1);
  return lines.length > 1 && last !== undefined
    ? `"${clip(first, 100)}" … "${clip(last, 100)}"`
    : `"${clip(first)}"`;
}

function endInPython(lines: readonly string[], rest: string): string | undefined {
  // The lines of an exception group are indented behind a bar.
  const last = (lines.at(-1) ?? '').replace(/^\s*\|\s*/, '');
  // Right behind the first line no traceback ends.
  if (lines.length > 2 && named.test(last) && !level.test(last)) return last;
  return linesOf(rest.slice(0, longestTraceback)).find((line) => raised.test(line));
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

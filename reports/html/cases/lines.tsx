import type { VNode } from 'preact';
import { clipped } from '../clipped.js';

export interface ShownLine {
  readonly time: string;
  readonly words: string;
  readonly output: readonly string[];
  /** It proves a verdict that is not a pass. */
  readonly marked?: boolean;
}

/** A timeline as text. */
export function Lines({ lines }: { lines: readonly ShownLine[] }): VNode | null {
  if (lines.length === 0) return null;
  return (
    <ol class="lines">
      {lines.map(({ time, words, output, marked }) => (
        <li class={marked ? 'marked' : undefined}>
          {/* Without the style, and where it is copied, time and words still stand apart. */}
          {`${time.padStart(9)}  ${clipped(words, 600)}`}
          {output.length > 0 && <pre>{clipped(output.join('\n'), 4000)}</pre>}
        </li>
      ))}
    </ol>
  );
}

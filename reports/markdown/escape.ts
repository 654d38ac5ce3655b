import { oneLine } from '../text/printable.js';
import { clip } from '../text/width.js';

/**
 * Hostile text in Markdown. It only ever stands in code: there no Markdown and no HTML is interpreted, and GitHub, GitLab
 * and Gitea make no mention (`@name`), no reference (`#123`) and no link of it.
 */

/** A code span on one line. Its delimiters are longer than any run of backticks inside (CommonMark 6.1). */
export function codeSpan(text: string, columns: number): string {
  const line = fitted(text, columns);
  const fence = '`'.repeat(longestRun(line, '`') + 1);
  if (line.trim() === '') return '` `';
  // A blank at both ends is stripped. A backtick there would belong to the delimiter without one, and a blank would go.
  const pad = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return fence + pad + line + pad + fence;
}

/** A fenced code block. Lines are made printable before; the fence is longer than any in them (CommonMark 4.5). */
export function codeBlock(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line, '`') + 1)));
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** A `<code>` for a place where HTML stands: a cell, a summary. On one line, since a blank line would end the HTML. */
export function codeElement(text: string, columns: number): string {
  const escaped = fitted(text, columns)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return `<code>${escaped}</code>`;
}

/** What opens on a click; `summary` is HTML, `content` Markdown. The blank lines end the HTML, so that Markdown is read. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** What combines with the character before it takes no column, and yet has a length. */
function fitted(text: string, columns: number): string {
  return clip(oneLine(text).slice(0, 4 * columns), columns);
}

function longestRun(text: string, character: string): number {
  const runs = text.match(new RegExp(`${character}+`, 'g')) ?? [];
  return Math.max(0, ...runs.map((run) => run.length));
}

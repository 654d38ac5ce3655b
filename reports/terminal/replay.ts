import type { Report } from '../report.js';
import { shellWord } from '../text/printable.js';
import { width } from '../text/width.js';

/**
 * The command that plays runs again: on one line where that fits, otherwise the target's command begins a line. It
 * can be copied into a shell as it stands: every line but the last ends with a backslash.
 */
export function replayCommand(
  { command, client, kind = 'server' }: Pick<Report['target'], 'command'> & Partial<Report['target']>,
  runs: readonly string[],
  options: readonly string[],
  columns: number,
): string[] {
  const only = runs.map((run) => {
    const id = shellWord(run);
    return `--only ${id === run ? `'${id}'` : id}`;
  });
  const word = kind === 'server' ? [] : [shellWord(kind)];
  const ours = ['signal-conformance', ...word, ...only, ...options.map(shellWord)];
  // `--` only where the target's program would be taken for an option.
  const target = [...(command[0]?.startsWith('-') ? ['--'] : []), ...command.map(shellWord)];
  if (client !== undefined) target.push('--', ...client.map(shellWord));
  const whole = [...ours, ...target].join(' ');
  if (width(whole) <= columns) return [whole];
  // Four columns for the indentation and the ` \\` that follows.
  const lines = [...filled(ours, columns - 4), ...filled(target, columns - 4)];
  return lines.map(
    (line, index) => (index === 0 ? '' : '  ') + line + (index < lines.length - 1 ? ' \\' : ''),
  );
}

/** Words put together to lines of at most `columns`, as far as the words allow that. */
function filled(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || width(last) + 1 + width(word) > columns) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

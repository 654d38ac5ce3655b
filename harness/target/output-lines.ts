import type { OutputStream } from '../recording/events.js';
import type { CapturedOutput } from './captured-output.js';

/** What is kept of an unfinished line. */
const longestLine = 64 * 1024;

/** Calls back with each whole line from now on; the returned function ends that. */
export function watchLines(
  output: Pick<CapturedOutput, 'watch'>,
  callback: (line: string, stream: OutputStream) => void,
): () => void {
  const rest = { stdout: '', stderr: '' };
  return output.watch((text, stream) => {
    const lines = (rest[stream] + text).split('\n');
    rest[stream] = (lines.pop() ?? '').slice(-longestLine);
    for (const line of lines) callback(line.replace(/\r$/, ''), stream);
  });
}

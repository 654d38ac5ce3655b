import type { Instance } from './instance.js';

/** What is kept of an unfinished line. */
const longestLine = 64 * 1024;

/** Watches an instance's output for a line that matches; without a pattern it is seen at once. */
export function readyLine(
  instance: Instance,
  pattern: RegExp | undefined,
): { seen(): boolean; stop(): void } {
  let found = pattern === undefined || instance.output.lastLines(1000).some((line) => pattern.test(line));
  let rest = '';
  const stop = instance.output.watch((text) => {
    if (found || pattern === undefined) return;
    const lines = (rest + text).split('\n');
    found = lines.some((line) => pattern.test(line));
    rest = (lines.at(-1) ?? '').slice(-longestLine);
  });
  return { seen: () => found, stop };
}

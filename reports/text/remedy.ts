import { basename } from 'node:path';
import type { Remedy } from '../../suites/requirement.js';

type Runtime = Exclude<keyof Remedy, 'general'>;

const runtimes: readonly [RegExp, Runtime, string][] = [
  [/^(node|nodejs|tsx|npx|npm|pnpm|yarn|bun|deno)$|\.[cm]?[jt]s$/, 'node', 'Node.js'],
  [/^(python[\d.]*|pypy[\d.]*|uvicorn|gunicorn|hypercorn|uv|poetry)$|\.py$/, 'python', 'Python'],
  [/^go$|\.go$/, 'go', 'Go'],
  [/^java$|\.jar$/, 'jvm', 'JVM'],
  [/^((ba|da|z|k)?sh)$|\.sh$/, 'shell', 'shell'],
];

/**
 * How to fix it: the first line of the general remedy, and of the one for the target's runtime where its command
 * tells which runtime that is. A guess that only chooses what to print.
 */
export function fixes(remedy: Remedy, command: readonly string[]): string[] {
  const general = firstLine(remedy.general);
  const known = runtimeOf(command);
  const own = known && remedy[known.runtime];
  return own ? [general, `${known.name}: ${firstLine(own)}`] : [general];
}

function runtimeOf(command: readonly string[]): { runtime: Runtime; name: string } | undefined {
  for (const word of command.slice(0, 2)) {
    const found = runtimes.find(([pattern]) => pattern.test(basename(word)));
    if (found) return { runtime: found[1], name: found[2] };
  }
  return undefined;
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] as string;
}

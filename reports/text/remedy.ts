import { basename } from 'node:path';
import type { Remedy } from '../../suites/requirement.js';

type Runtime = Exclude<keyof Remedy, 'general'>;

const runtimes: readonly [RegExp, Runtime, string][] = [
  [/^(npm|npx|pnpm|pnpx|yarn|yarnpkg)$/, 'runner', 'Package runner'],
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
  for (const { runtime, name } of runtimesOf(command)) {
    const own = remedy[runtime];
    if (own) return [general, `${name}: ${firstLine(own)}`];
  }
  return [general];
}

/** The nearest first: npm is a package runner, and what it runs is mostly for Node.js. */
function runtimesOf(command: readonly string[]): { runtime: Runtime; name: string }[] {
  for (const word of command.slice(0, 2)) {
    const found = runtimes.filter(([pattern]) => pattern.test(basename(word)));
    if (found.length > 0) return found.map(([, runtime, name]) => ({ runtime, name }));
  }
  return [];
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] as string;
}

import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const own = dirname(fileURLToPath(import.meta.url));

/** The line of a stack trace that calls us: the user's file. Empty where there is none. */
export function callSite(): string {
  const stack = new Error().stack ?? '';
  return firstForeign(stack, own);
}

/** The first frame that does not lie in `folder`. */
export function firstForeign(stack: string, folder: string): string {
  const frames = stack.split('\n').filter((line) => /^\s*at /.test(line));
  return frames.find((line) => !line.includes(`${folder}/`) && !line.includes('node:internal/')) ?? '';
}

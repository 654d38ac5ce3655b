import { fileURLToPath } from 'node:url';

/** An error that a suite threw, in words: its own message, and the first place in a file of the user's. */
export function inWords(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${String(error)}`;
  const place = placeOf(error.stack ?? '');
  const [message = ''] = error.message.split('\n', 1);
  return `it threw ${error.name}: ${message}${place === undefined ? '' : ` (${place})`}`;
}

/** `/path/suite.mjs:12`: the first place in a stack that is neither Node's nor that of a package. */
export function placeOf(stack: string): string | undefined {
  for (const [, place = '', line] of stack.matchAll(
    /(?:^|[\s(])((?:file:\/\/)?\/[^\s():]+):(\d+)(?::\d+)?(?=\)|\s|$)/gm,
  )) {
    const path = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (!path.includes('/node_modules/') && !path.startsWith(ownFolder)) return `${path}:${line}`;
  }
  return undefined;
}

/** What is compiled of this package: a stack that begins in it began in what a suite has called. */
const ownFolder = fileURLToPath(new URL('../..', import.meta.url));

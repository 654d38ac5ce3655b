import { writeSync } from 'node:fs';

interface Watch {
  readonly status: number;
  readonly message: string;
}

const watches: Watch[] = [];

/**
 * Code of users that is loaded here (a configuration, a suite, its judges) can end this process, or wait for something
 * that never comes, when Node ends by itself. Maybe with status 0: that must not look like a gate that was passed.
 *
 * @param status - what the process exits with instead
 * @param message - one sentence on standard error; of several that are watched the innermost one tells
 * @returns the end of the watch: from then on an exit is meant
 */
export function watchExit(status: number, message: string): () => void {
  const watch = { status, message };
  if (watches.push(watch) === 1) process.on('exit', tell);
  return () => {
    const place = watches.indexOf(watch);
    if (place >= 0) watches.splice(place, 1);
    if (watches.length === 0) process.removeListener('exit', tell);
  };
}

function tell(): void {
  const watch = watches.at(-1);
  if (watch === undefined) return;
  process.exitCode = watch.status;
  // Nothing that is written asynchronously would leave any more.
  writeSync(2, `signal-conformance: ${watch.message}\n`);
}

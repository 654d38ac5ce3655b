import { closeSync, openSync, readSync } from 'node:fs';

/** Enough for what one process has in /proc/PID/{stat,status,statm}; larger files are read on. */
const buffer = Buffer.allocUnsafe(8192);

/**
 * Reads a file of /proc. They have no size that stat(2) could tell, so fs.readFileSync takes 64 KiB for each: seventy
 * runs that look at a hundred processes would mostly collect garbage. Here one buffer serves all.
 *
 * @throws the error of open(2) or read(2)
 */
export function readSmallFile(path: string): string {
  const file = openSync(path, 'r');
  try {
    let text = '';
    for (;;) {
      const length = readSync(file, buffer, 0, buffer.length, null);
      text += buffer.toString('latin1', 0, length);
      // A file of /proc that fits is given as a whole: a short read is the last.
      if (length < buffer.length) return text;
    }
  } finally {
    closeSync(file);
  }
}

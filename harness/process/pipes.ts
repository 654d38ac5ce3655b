import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

/** mkfifo(1) is started once for so many pipes. */
const pipesAtOnce = 32;

/** The two ends of a pipe: one to read from here, and a file descriptor to write to, for a child. */
export interface Pipe {
  /** Reading begins when it is first asked for. */
  readonly reader: Readable;
  readonly writer: number;
  /** Closes the reading end, at once. */
  closeReader(): void;
  /** Closes the writing end of this process: once the child has it, the stream ends with the child. */
  closeWriter(): void;
}

interface Ends {
  readonly reader: number;
  readonly writer: number;
}

const ready: Ends[] = [];
let filling: Promise<void> | undefined;

/**
 * A real pipe, as a shell would give it to a target. What Node calls a pipe is a pair of Unix sockets: they hold a few
 * hundred small writes where a pipe holds 64 KiB (pipe(7)), so that a target that logs much at its stop waits for a busy
 * harness, and they cannot be opened again as /dev/stderr, as images for containers do (ENXIO, unix(7)).
 *
 * Undefined where none can be made: a machine whose temporary folder cannot be written to.
 */
export async function takePipe(): Promise<Pipe | undefined> {
  try {
    while (ready.length === 0) await prepare();
  } catch {
    return undefined;
  }
  const { reader, writer } = ready.pop() as Ends;
  let stream: Socket | undefined;
  let isClosed = false;
  return {
    get reader() {
      // A socket begins to read as soon as it is made.
      stream ??= new Socket({ fd: reader, readable: true, writable: false });
      return stream;
    },
    writer,
    closeReader() {
      if (stream) stream.destroy();
      else if (!isClosed) closeSync(reader);
      isClosed = true;
    },
    closeWriter: () => closeSync(writer),
  };
}

/**
 * Fills a pipe to the brim, so that whoever writes next waits; how many bytes that took. The end that the child gets
 * blocks: so the pipe is opened once more, which only Linux allows by the number of a file descriptor (proc(5)).
 *
 * @throws Error where that cannot be done
 */
export function fillPipe({ writer }: Pick<Pipe, 'writer'>): number {
  const again = openSync(`/proc/self/fd/${writer}`, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    for (let bytes = 0; ; ) {
      try {
        bytes += writeSync(again, filler);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return bytes;
        throw error;
      }
    }
  } finally {
    closeSync(again);
  }
}

const filler = Buffer.alloc(4096);

/** Makes some before they are needed. */
export function preparePipes(): void {
  prepare().catch(() => {});
}

async function prepare(): Promise<void> {
  filling ??= fill().finally(() => {
    filling = undefined;
  });
  await filling;
}

const mark = randomBytes(6).toString('hex');

/** How the temporary folders of this process begin: the reaper removes what is left of them. */
export function pipeFolderPrefix(): string {
  return join(tmpdir(), `signal-conformance-${process.pid}-${mark}-`);
}

/**
 * A named pipe loses its name as soon as both ends are open. Until then, while mkfifo(1) runs, this process may be killed:
 * the reaper removes the folder then.
 */
async function fill(): Promise<void> {
  const folder = mkdtempSync(pipeFolderPrefix());
  try {
    const paths = Array.from({ length: pipesAtOnce }, (_, index) => join(folder, String(index)));
    await promisify(execFile)('mkfifo', ['-m', '600', ...paths]);
    for (const path of paths) {
      // Without O_NONBLOCK the first end would wait for the other (fifo(7)). The child's end blocks, as in a shell.
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      ready.push({ reader, writer: openSync(path, constants.O_WRONLY) });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import type { Socket } from 'node:net';
import { readOnce } from './connect.js';

/** What is to be done at the end of what the other side sends. A FIN may be followed by a RST. */
export interface StreamEnd {
  fin(): void;
  rst(code: string): void;
}

/**
 * Tells FIN from RST. libuv reports the end of the stream also for a reset that was seen together with the last bytes
 * (POLLHUP after a partial read). Writing nothing asks the kernel: ECONNRESET for a RST alone, EPIPE for a RST after a FIN.
 * `isUnix`: it is a unix socket, which is asked in another way. Default: false.
 */
export function watchStreamEnd(socket: Socket, { fin, rst }: StreamEnd, isUnix = false): void {
  if (isUnix) {
    watchUnixEnd(socket, { fin, rst });
    return;
  }
  let answer: Error | null | undefined;
  socket.on('end', () => {
    // Bytes that wait to be written would keep the question waiting, and fail by themselves after a reset; and who has
    // said FIN itself can ask nothing more.
    if (socket.writableLength > 0 || !socket.writable) fin();
    else
      socket.write('', (error) => {
        if (isReset(error)) return;
        answer = error;
        fin();
      });
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error !== answer) rst(error.code ?? error.message);
  });
}

/**
 * On a unix socket writing nothing asks nothing, and any other write to a closed end is EPIPE, however it was closed. But
 * the kernel keeps a reset (the end was closed with unread bytes in it) for the read that comes after the last bytes.
 */
function watchUnixEnd(socket: Socket, { fin, rst }: StreamEnd): void {
  let isReset = false;
  socket.on('error', (error: NodeJS.ErrnoException) => {
    isReset = true;
    rst(error.code ?? error.message);
  });
  socket.on('end', () => {
    readOnce(socket);
    // Of these two turns of the loop the second has looked at the socket.
    setImmediate(() =>
      setImmediate(() => {
        if (!isReset) fin();
      }),
    );
  });
}

function isReset(error: NodeJS.ErrnoException | null | undefined): boolean {
  return error?.code === 'ECONNRESET';
}

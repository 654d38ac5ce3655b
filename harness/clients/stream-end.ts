import type { Socket } from 'node:net';

/** What is to be done at the end of what the other side sends. A FIN may be followed by a RST. */
export interface StreamEnd {
  fin(): void;
  rst(code: string): void;
}

/**
 * Tells FIN from RST. libuv reports the end of the stream also for a reset that was seen together with the last bytes
 * (POLLHUP after a partial read). Writing nothing asks the kernel: ECONNRESET for a RST alone, EPIPE for a RST after a FIN.
 */
export function watchStreamEnd(socket: Socket, { fin, rst }: StreamEnd): void {
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

function isReset(error: NodeJS.ErrnoException | null | undefined): boolean {
  return error?.code === 'ECONNRESET';
}

import { Transform } from 'node:stream';

const carriageReturn = 0x0d;
const newline = 0x0a;

/** Takes away what a terminal adds: it turns each newline into a carriage return and a newline (termios(3), ONLCR). */
export function terminalLines(): Transform {
  let held = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const kept: number[] = [];
      for (const byte of chunk) {
        if (held && byte !== newline) kept.push(carriageReturn);
        held = byte === carriageReturn;
        if (!held) kept.push(byte);
      }
      done(null, Buffer.from(kept));
    },
    flush(done) {
      done(null, held ? Buffer.from([carriageReturn]) : undefined);
    },
  });
}

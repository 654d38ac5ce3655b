import type { OutputStream } from '../recording/events.js';

const keptBytes = 256 * 1024;
/** A target that writes byte by byte would leave an event a byte; pieces that come together are one. */
const joinWithinMs = 2;
const joinCrowdedWithinMs = 50;
const crowdedPieces = 2000;

interface Piece {
  readonly atMs: number;
  bytes: Buffer;
}

export interface OutputPiece {
  readonly atMs: number;
  readonly text: string;
}

/** What one stream of the target printed: the first and the last 256 KiB, and how much is missing between them. */
export class BoundedOutput {
  readonly stream: OutputStream;
  #head: Piece[] = [];
  #headBytes = 0;
  #tail: Piece[] = [];
  #tailBytes = 0;
  #missingBytes = 0;
  #missingAtMs = 0;
  #isCut = false;

  constructor(stream: OutputStream) {
    this.stream = stream;
  }

  add(chunk: Buffer, atMs: number): void {
    const room = keptBytes - this.#headBytes;
    const first = chunk.subarray(0, room);
    const joins = !this.#isCut;
    this.#isCut = false;
    if (first.length > 0) this.#headBytes += append(this.#head, first, atMs, joins);
    if (chunk.length > room) {
      this.#tailBytes += append(this.#tail, chunk.subarray(room), atMs, joins);
      this.#dropOldest(atMs);
    }
  }

  /** What comes from now on has its own time: an answer to a signal is not joined to what was said before it. */
  cut(): void {
    this.#isCut = true;
  }

  /** What was kept, and the gap. Invalid UTF-8 becomes U+FFFD; nothing else is changed. */
  pieces(): {
    readonly head: OutputPiece[];
    readonly tail: OutputPiece[];
    readonly missing?: { atMs: number; bytes: number };
  } {
    if (this.#missingBytes === 0) {
      // Nothing lies between the two: a character may.
      const all = decode([...this.#head, ...this.#tail]);
      return { head: all.slice(0, this.#head.length), tail: all.slice(this.#head.length) };
    }
    const missing = { atMs: this.#missingAtMs, bytes: this.#missingBytes };
    return { head: decode(this.#head), tail: decode(this.#tail), missing };
  }

  /** The last lines, for messages. */
  lastLines(count: number): string[] {
    const text = [...this.#head, ...this.#tail].map(({ bytes }) => bytes.toString('utf8')).join('');
    return text.slice(-8192).trimEnd().split('\n').slice(-count);
  }

  #dropOldest(atMs: number): void {
    while (this.#tailBytes > keptBytes) {
      const [oldest] = this.#tail;
      if (oldest === undefined) return;
      const drop = Math.min(oldest.bytes.length, this.#tailBytes - keptBytes);
      if (drop === oldest.bytes.length) this.#tail.shift();
      // A copy, so that the rest of a large chunk is not kept alive by the little that is needed of it.
      else oldest.bytes = Buffer.from(oldest.bytes.subarray(drop));
      this.#tailBytes -= drop;
      this.#missingBytes += drop;
      if (this.#missingAtMs === 0) this.#missingAtMs = atMs;
    }
  }
}

function append(pieces: Piece[], bytes: Buffer, atMs: number, joins: boolean): number {
  const last = pieces.at(-1);
  const joinMs = pieces.length > crowdedPieces ? joinCrowdedWithinMs : joinWithinMs;
  if (joins && last && atMs - last.atMs < joinMs && last.bytes.length < 4096)
    last.bytes = Buffer.concat([last.bytes, bytes]);
  else pieces.push({ atMs, bytes: Buffer.from(bytes) });
  return bytes.length;
}

/** One decoder for all pieces: a character may be split between two of them. */
function decode(pieces: readonly Piece[]): OutputPiece[] {
  const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true });
  return pieces.map(({ atMs, bytes }, index) => ({
    atMs,
    text: decoder.decode(bytes, { stream: index < pieces.length - 1 }),
  }));
}

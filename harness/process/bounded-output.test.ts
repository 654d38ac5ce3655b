import { describe, expect, test } from 'vitest';
import { BoundedOutput } from './bounded-output.js';

const kept = 256 * 1024;

/** Everything that was kept, as one text on each side of the gap. */
function keptOf(output: BoundedOutput) {
  const { head, tail, missing } = output.pieces();
  const text = (pieces: typeof head) => pieces.map((piece) => piece.text).join('');
  return { head: text(head), tail: text(tail), missing };
}

describe('BoundedOutput', () => {
  test('keeps what is short, with the time of each piece', () => {
    const output = new BoundedOutput('stdout');
    output.add(Buffer.from('one\n'), 10);
    output.add(Buffer.from('two\n'), 20);
    expect(output.pieces()).toEqual({
      head: [
        { atMs: 10, text: 'one\n' },
        { atMs: 20, text: 'two\n' },
      ],
      tail: [],
    });
  });

  test('joins what comes together to one piece, and nothing else', () => {
    const output = new BoundedOutput('stdout');
    for (const [text, atMs] of [
      ['a', 10],
      ['b', 11.9],
      ['c', 12],
      ['d', 14.1],
    ] as const)
      output.add(Buffer.from(text), atMs);
    expect(output.pieces().head).toEqual([
      { atMs: 10, text: 'ab' },
      { atMs: 12, text: 'c' },
      { atMs: 14.1, text: 'd' },
    ]);
  });

  test('keeps 512 KiB whole, and of one byte more says that it is missing and when', () => {
    const output = new BoundedOutput('stdout');
    output.add(Buffer.alloc(kept, 'a'), 10);
    output.add(Buffer.alloc(kept, 'b'), 20);
    const { head, tail, missing } = keptOf(output);
    expect([head === 'a'.repeat(kept), tail === 'b'.repeat(kept), missing]).toEqual([true, true, undefined]);
    output.add(Buffer.from('c'), 30);
    const after = keptOf(output);
    expect([after.head === head, after.tail === `${tail.slice(1)}c`]).toEqual([true, true]);
    expect(after.missing).toEqual({ atMs: 30, bytes: 1 });
  });

  test('keeps the two ends of a line of 50 MB, and counts the rest', () => {
    const output = new BoundedOutput('stdout');
    const chunk = Buffer.alloc(64 * 1024, '.');
    const chunks = 800;
    output.add(Buffer.from('<'), 1);
    for (let count = 0; count < chunks; count += 1) output.add(chunk, 2 + count);
    output.add(Buffer.from('>'), 2 + chunks);
    const { head, tail, missing } = keptOf(output);
    expect([head.length, head[0], tail.length, tail.at(-1)]).toEqual([kept, '<', kept, '>']);
    expect(missing?.bytes).toBe(2 + chunk.length * chunks - 2 * kept);
  });

  test('a chunk that is larger than all that is kept is cut in the middle', () => {
    const output = new BoundedOutput('stdout');
    output.add(Buffer.concat([Buffer.alloc(kept, 'a'), Buffer.alloc(1000, '-'), Buffer.alloc(kept, 'z')]), 5);
    const { head, tail, missing } = keptOf(output);
    expect([head === 'a'.repeat(kept), tail === 'z'.repeat(kept)]).toEqual([true, true]);
    expect(missing).toEqual({ atMs: 5, bytes: 1000 });
  });

  test('a target that writes single bytes leaves few pieces, and loses none', () => {
    const output = new BoundedOutput('stdout');
    const count = 3 * kept;
    for (let index = 0; index < count; index += 1) output.add(Buffer.of(97 + (index % 26)), index / 100);
    const { head, tail, missing } = keptOf(output);
    expect(head.length + tail.length + (missing?.bytes ?? 0)).toBe(count);
    expect(tail.at(-1)).toBe(String.fromCharCode(97 + ((count - 1) % 26)));
    const { length } = [...output.pieces().head, ...output.pieces().tail];
    expect(length).toBeLessThan(kept / 50);
  });

  test('single bytes that come slowly do not leave a piece each for ever', () => {
    const output = new BoundedOutput('stdout');
    for (let index = 0; index < 20_000; index += 1) output.add(Buffer.from('x'), index * 3);
    expect(output.pieces().head.length).toBeLessThan(4000);
  });

  test('a character that is split between two pieces is one', () => {
    const output = new BoundedOutput('stdout');
    const bytes = Buffer.from('grün €');
    for (const [index, byte] of bytes.entries()) output.add(Buffer.of(byte), index * 10);
    expect(keptOf(output).head).toBe('grün €');
  });

  test('a character that is split where the first part is full is one, as long as nothing is missing', () => {
    const output = new BoundedOutput('stdout');
    output.add(Buffer.from(`${'a'.repeat(kept - 1)}€ and more`), 5);
    const { head, tail } = keptOf(output);
    expect((head + tail).slice(kept - 2)).toBe('a€ and more');
  });

  test('what is no UTF-8 becomes a replacement character, and nothing else is changed', () => {
    const output = new BoundedOutput('stderr');
    output.add(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0x00, 0x0d, 0x0a, 0xe2, 0x82]), 5);
    expect(keptOf(output).head).toBe('\uFEFFa\uFFFD\0\r\n\uFFFD');
  });

  test('what comes after a cut has its own time, however soon it comes', () => {
    const output = new BoundedOutput('stdout');
    output.add(Buffer.from('serving\n'), 5);
    output.cut();
    output.add(Buffer.from('stop'), 5.1);
    output.add(Buffer.from('ping\n'), 5.2);
    expect(output.pieces().head).toEqual([
      { atMs: 5, text: 'serving\n' },
      { atMs: 5.1, text: 'stopping\n' },
    ]);
  });

  test('gives the last lines for messages', () => {
    const output = new BoundedOutput('stdout');
    output.add(Buffer.from('one\ntwo\nthr'), 5);
    output.add(Buffer.from('ee\n\n'), 50);
    expect(output.lastLines(2)).toEqual(['two', 'three']);
  });
});

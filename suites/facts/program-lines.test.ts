import { expect, test } from 'vitest';
import type { OutputStream } from '../../harness/recording/events.js';
import { programRecordingOf, type Written } from '../testing/recording-builder.js';
import { printedLines } from './program-lines.js';

const piece = (text: string, atMs: number, stream: OutputStream = 'stdout', instance = 0): Written => ({
  type: 'output',
  stream,
  text,
  atMs,
  instance,
});

const linesOf = (...events: Written[]) =>
  printedLines(programRecordingOf(events)).map(({ text, index }) => [text, index]);

test('a line has the place and the time of its last character', () => {
  const recording = programRecordingOf([piece('one\ntw', 10), piece('o\r\nthree\n', 200)]);
  expect(printedLines(recording)).toEqual([
    { stream: 'stdout', text: 'one', at: { minMs: -5, maxMs: 10 }, index: 0 },
    { stream: 'stdout', text: 'two', at: { minMs: 185, maxMs: 200 }, index: 1 },
    { stream: 'stdout', text: 'three', at: { minMs: 185, maxMs: 200 }, index: 1 },
  ]);
});

test('what the two streams say is not mixed into one line', () => {
  expect(linesOf(piece('clean', 1), piece('warning\n', 2, 'stderr'), piece('ing\n', 3))).toEqual([
    ['warning', 1],
    ['cleaning', 2],
  ]);
});

test('a line that no newline ends is none, and an empty one is one', () => {
  expect(linesOf(piece('\ncut off', 1))).toEqual([['', 0]]);
});

test('only the first instance is heard', () => {
  expect(linesOf(piece('cle', 1), piece('other\n', 2, 'stdout', 1), piece('an\n', 3))).toEqual([
    ['clean', 2],
  ]);
});

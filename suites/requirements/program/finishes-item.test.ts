import { expect, test } from 'vitest';
import { programRecordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { programFinishesItem } from './finishes-item.js';

const item = (number: number, atMs: number): Written => ({
  type: 'output',
  stream: 'stdout',
  text: `item ${number} is done\n`,
  atMs,
});
const begin: readonly Written[] = [
  { type: 'spawned', pid: 7, atMs: 0 },
  item(1, 50),
  { type: 'signal', signal: 'SIGTERM', pid: 7, atMs: 150 },
];
const exit = (atMs: number): Written => ({ type: 'exit', pid: 7, code: 0, signal: null, atMs });

const judge = (events: readonly Written[], given: object = {}) =>
  verdictOf(
    programFinishesItem,
    programRecordingOf([...begin, ...events], {
      run: { scenario: 'mid-item' },
      contract: { item: '^item \\d+ is done$' },
      ...given,
    }),
  );

test('a line that ends the item after the signal passes', () => {
  expect(judge([item(2, 250), exit(300)])).toMatchObject({ outcome: 'pass', evidence: [2, 3, 4] });
});

test('a line in two pieces is one line', () => {
  const piece = (text: string, atMs: number): Written => ({ type: 'output', stream: 'stdout', text, atMs });
  expect(judge([piece('item 2 is', 240), piece(' done\n', 250), exit(300)]).outcome).toBe('pass');
});

test('an end without that line fails, and the line before is named', () => {
  expect(judge([exit(170)])).toMatchObject({
    outcome: 'fail',
    message:
      'SIGTERM came in the middle of an item, 115 ms after “item 1 is done”; the program ended and did not finish it.',
    evidence: [1, 2, 3],
  });
});

test('other lines after the signal end no item', () => {
  const other: Written = { type: 'output', stream: 'stdout', text: 'item 2 is dropped\n', atMs: 200 };
  expect(judge([other, exit(300)]).outcome).toBe('fail');
});

test('a line at about the time of the signal is no verdict', () => {
  expect(judge([item(2, 158), exit(300)])).toMatchObject({ outcome: 'untested', straddles: true });
});

test('an item that the deadline ends is none that was to be finished; at about the deadline it is no verdict', () => {
  expect(judge([exit(2100)]).outcome).toBe('not-applicable');
  expect(judge([exit(1905)])).toMatchObject({ outcome: 'untested', straddles: true });
});

test('it does not apply without a contract about items, nor to other runs', () => {
  expect(judge([exit(300)], { contract: {} }).outcome).toBe('not-applicable');
  expect(judge([exit(300)], { run: { scenario: 'working' } }).outcome).toBe('not-applicable');
});

import { describe, expect, test } from 'vitest';
import { programRecordingOf, type Written } from '../testing/recording-builder.js';
import { type CleanUp, cleanUpOf, doubledLines, isCutShort } from './clean-up.js';

const said = (text: string, atMs: number): Written => ({
  type: 'output',
  stream: 'stdout',
  text: `${text}\n`,
  atMs,
});
const stop = (atMs: number): Written => ({ type: 'signal', signal: 'SIGTERM', pid: 7, atMs });
const exit = (atMs: number): Written => ({ type: 'exit', pid: 7, code: 0, signal: null, atMs });
const ended = (atMs: number): Written => ({
  type: 'ended-by-harness',
  reason: 'it did not stop',
  pids: [7],
  atMs,
});

const textsOf = (cleanUp: CleanUp | undefined) => cleanUp?.lines.map(({ text }) => text);
const of = (events: readonly Written[], usualLines: readonly string[] = []) =>
  cleanUpOf(programRecordingOf(events, { facts: { usualLines } }), []);

/** A clean-up that begins at 0, and says this so many milliseconds after its signal. */
function cleanUp(lines: readonly (readonly [text: string, atMs: number])[], exitMs = 500): CleanUp {
  const found = of([stop(0), ...lines.map(([text, atMs]) => said(text, atMs)), exit(exitMs)]);
  if (found === undefined) throw new Error('no clean-up');
  return found;
}

describe('the clean-up of a run', () => {
  test('is what was printed since the first stop signal, and how long it took', () => {
    const found = of([said('item 1', 50), stop(100), said('closing 3 files', 250), stop(300), exit(500)]);
    expect(found).toMatchObject({
      stop: { index: 1 },
      // The loop may have seen the end and the lines 15 ms late.
      elapsed: { minMs: 385, maxMs: 400 },
      lines: [{ text: 'closing 3 files', alike: 'closing # files', after: { minMs: 135, maxMs: 150 } }],
    });
  });

  test('has no line of the usual work, which the survey saw, or any run before its own stop', () => {
    const recording = programRecordingOf(
      [stop(100), said('item 2', 110), said('tick', 120), said('bye', 130), exit(140)],
      {
        facts: { usualLines: ['item #'] },
      },
    );
    const sibling = programRecordingOf([said('tick', 10), stop(20), said('bye', 30), exit(40)]);
    expect(textsOf(cleanUpOf(recording, [sibling]))).toEqual(['bye']);
    // A run without a stop is all usual work.
    expect(textsOf(cleanUpOf(recording, [programRecordingOf([said('bye', 30)])]))).toEqual(['tick']);
  });

  test('usual lines that are long are usual all the same', () => {
    const long = (number: number) => `request ${number} ${'x'.repeat(1000)}`;
    // As the survey keeps it.
    const usual = `request # ${'x'.repeat(1000)}`.slice(0, 300);
    expect(textsOf(of([stop(100), said(long(12), 110), exit(140)], [usual]))).toEqual([]);
  });

  test('is none where it did not end by itself, or had ended before', () => {
    expect(of([stop(100), ended(4000), exit(4001)])).toBeUndefined();
    expect(of([exit(90), stop(100)])).toBeUndefined();
    expect(of([stop(100)])).toBeUndefined();
    expect(of([exit(90)])).toBeUndefined();
  });
});

describe('it is cut short', () => {
  test('where a line of the other one is missing, wherever it stood', () => {
    const single = cleanUp([
      ['cleaning 1', 5],
      ['clean', 400],
    ]);
    expect(
      isCutShort(
        single,
        cleanUp([
          ['clean', 400],
          ['cleaning 22', 405],
        ]),
      ),
    ).toBe('no');
    expect(
      isCutShort(
        single,
        cleanUp([
          ['cleaning 1', 5],
          ['cleaning 1', 205],
        ]),
      ),
    ).toBe('yes');
    expect(isCutShort(single, cleanUp([]))).toBe('yes');
  });

  test('where it says nothing and takes less than three quarters of the time; in between nobody knows', () => {
    const single = cleanUp([], 400);
    // 385 to 400 ms, of which three quarters are 288.75 ms at least.
    expect(isCutShort(single, cleanUp([], 288))).toBe('yes');
    expect(isCutShort(single, cleanUp([], 300))).toBe('unsure');
    expect(isCutShort(single, cleanUp([], 304))).toBe('no');
  });
});

describe('doubled lines', () => {
  const texts = ({ all, late }: ReturnType<typeof doubledLines>) => [
    all.map(({ text }) => text),
    late.map(({ text }) => text),
  ];
  const single = cleanUp([
    ['cleaning', 50],
    ['saving', 115],
    ['saved', 200],
  ]);

  test('are those that come once after one signal, and again; the late ones tell of work', () => {
    const twice = cleanUp([
      ['cleaning', 50],
      ['saving', 115],
      ['cleaning', 150],
      ['saving', 215],
      ['saved', 300],
    ]);
    expect(texts(doubledLines(single, twice))).toEqual([['cleaning', 'saving'], ['saving']]);
  });

  test('a line 100 ms after the signal may be the handler’s word where the error bar says so', () => {
    const at = (ms: number) =>
      doubledLines(
        cleanUp([['word', ms]]),
        cleanUp([
          ['word', ms],
          ['word', ms + 100],
        ]),
      );
    expect(texts(at(114))).toEqual([['word'], []]);
    expect(texts(at(115))).toEqual([['word'], ['word']]);
  });

  test('are none where the first line does not come again: it only waits a little longer', () => {
    expect(
      texts(
        doubledLines(
          single,
          cleanUp([
            ['cleaning', 50],
            ['saving', 115],
            ['saving', 215],
          ]),
        ),
      ),
    ).toEqual([[], []]);
  });

  test('leave out what one clean-up says twice by itself, and empty lines', () => {
    const usual = cleanUp([
      ['', 5],
      ['closing 1', 50],
      ['closing 2', 60],
    ]);
    const twice = cleanUp([
      ['', 5],
      ['', 6],
      ['closing 1', 50],
      ['closing 1', 150],
      ['closing 2', 160],
    ]);
    expect(texts(doubledLines(usual, twice))).toEqual([[], []]);
  });
});

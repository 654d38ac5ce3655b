import { expect, test } from 'vitest';
import type { RecordingEvent } from '../../../harness/recording/events.js';
import { eventSamples } from '../../event-samples.js';
import type { ReportRun, Verdict } from '../../report.js';
import { conformant } from '../../samples.js';
import { timelineOf } from './timeline.js';

const limits = { lines: 100, outputCharacters: 1000 };
const signal: RecordingEvent = {
  type: 'signal',
  instance: 0,
  signal: 'SIGTERM',
  pid: 7,
  beforeMs: 100,
  atMs: 100,
};
const exit: RecordingEvent = { type: 'exit', instance: 0, pid: 7, code: 0, signal: null, atMs: 400 };
const exchanges = (from: number, count: number): RecordingEvent[] =>
  Array.from({ length: count }, (_, index): RecordingEvent[] => [
    {
      type: 'request',
      client: `busy-${(index % 2) + 1}`,
      exchange: index,
      bytes: 9,
      part: 'whole',
      beforeMs: from + index,
      atMs: from + index,
    },
    {
      type: 'reply',
      client: `busy-${(index % 2) + 1}`,
      exchange: index,
      bytes: 9,
      atMs: from + index,
    } as RecordingEvent,
  ]).flat();
const runOf = (events: readonly RecordingEvent[]): ReportRun => ({
  ...(conformant.runs[0] as ReportRun),
  events,
});
const wordsOf = (events: readonly RecordingEvent[], verdicts: readonly Verdict[] = [], more = limits) =>
  timelineOf(conformant, runOf(events), verdicts, more).map(({ time, words }) => `${time} ${words}`);

test('every event is told, at its time since the stop signal', () => {
  expect(wordsOf([signal, exit])).toEqual([
    '+0.000 s harness sent SIGTERM to the server (pid 7)',
    '+0.300 s server exited with status 0',
  ]);
});

test('exchanges one after another are one line, and what is between them stands by itself', () => {
  expect(wordsOf([...exchanges(10, 20), signal, ...exchanges(110, 3), exit])).toEqual([
    '-0.090 s … until -0.071 s: busy-1, busy-2: 20 requests, 20 replies',
    '+0.000 s harness sent SIGTERM to the server (pid 7)',
    '+0.010 s … until +0.012 s: busy-1, busy-2: 3 requests, 3 replies',
    '+0.300 s server exited with status 0',
  ]);
});

test('a few exchanges are told one by one', () => {
  expect(wordsOf(exchanges(10, 1))).toEqual([
    '+0.010 s client busy-1 sent request 0',
    '+0.010 s client busy-1 read reply 0',
  ]);
});

test('an exchange that proves a failure is told by itself, and marked', () => {
  const failed = { outcome: 'fail', evidence: [5] } as unknown as Verdict;
  const lines = timelineOf(conformant, runOf(exchanges(10, 20)), [failed], limits);
  expect(lines.filter(({ marked }) => marked).map(({ words }) => words)).toEqual([
    'client busy-1 read reply 2',
  ]);
});

test('of many lines the first and the last are shown, and the proofs between them', () => {
  const told = Array.from(
    { length: 500 },
    (_, index): RecordingEvent =>
      index % 2 === 0
        ? { type: 'told', client: `c${index}`, framed: true, atMs: index }
        : { type: 'fin', client: `c${index}`, atMs: index },
  );
  const failed = { outcome: 'fail', evidence: [250] } as unknown as Verdict;
  const words = wordsOf(told, [failed], { ...limits, lines: 10 });
  expect(words).toHaveLength(12);
  expect(words[0]).toContain('client c0 was told');
  expect(words[5]).toContain('client c250 was told');
  expect(words[6]).toBe('… 489 more lines: the JSON report has every event');
  expect(words.at(-1)).toContain('client c499 read FIN');
});

test('what several clients saw one after the other is one line, with all their names', () => {
  const told = (client: string, atMs: number): RecordingEvent => ({
    type: 'told',
    client,
    framed: true,
    atMs,
  });
  expect(wordsOf([signal, told('a', 108), told('b', 108), told('c', 109), exit])).toEqual([
    '+0.000 s harness sent SIGTERM to the server (pid 7)',
    '+0.008 s client a was told (read the notice); also b, c until +0.009 s',
    '+0.300 s server exited with status 0',
  ]);
  expect(wordsOf([told('a', 108), { ...told('b', 108), framed: false } as RecordingEvent])).toHaveLength(2);
  const failed = { outcome: 'fail', evidence: [1] } as unknown as Verdict;
  expect(wordsOf([told('a', 108), told('b', 108), told('c', 109)], [failed])).toHaveLength(3);
});

test('how late the harness looked is one line, however often', () => {
  const lag = (lagMs: number, atMs: number) =>
    ({ type: 'lag', who: 'harness', lagMs, atMs }) as RecordingEvent;
  expect(wordsOf([signal, lag(8, 110), lag(30, 150), exit]).slice(1, 2)).toEqual([
    '+0.010 s … until +0.050 s: the harness looked up to 30 ms late',
  ]);
});

test('no kind of event is left out', () => {
  for (const event of Object.values(eventSamples).flat())
    expect(wordsOf([event]), event.type).toHaveLength(1);
});

test('output stands under its line, cut where it is long', () => {
  const text = `one\ntwo\n${'x'.repeat(5000)}`;
  const [line] = timelineOf(
    conformant,
    runOf([{ type: 'output', instance: 0, stream: 'stderr', text, atMs: 1 }]),
    [],
    limits,
  );
  expect(line?.words).toBe('server wrote to stderr:');
  expect(line?.output.slice(0, 2)).toEqual(['one', 'two']);
  expect(line?.output.at(-1)).toBe('… and 4,008 more characters: the JSON report has them all.');
});

import { expect, test } from 'vitest';
import type { RecordingEvent } from '../../harness/recording/events.js';
import { eventSamples } from '../event-samples.js';
import type { ReportRun } from '../report.js';
import { conformant, nonconformant, runs } from '../samples.js';
import type { Picture } from './parts.js';
import { picture } from './picture.js';

const everySample: readonly RecordingEvent[] = Object.values(eventSamples).flat();
const idle = runs[0] as ReportRun;

function runOf(events: readonly RecordingEvent[], more: Partial<ReportRun> = {}): ReportRun {
  return { ...idle, events, ...more };
}

function partsOf({ lanes, lines }: Picture) {
  return [...lanes.flatMap(({ spans, marks }) => [...spans, ...marks]), ...lines];
}

test('every type of event has a place in the picture, except the one that is known to have none', () => {
  const one = Object.values(eventSamples).map(([first]): RecordingEvent => first);
  const { elsewhere } = picture(runOf(one), conformant);
  expect(elsewhere.map((index) => one[index]?.type)).toEqual(['processor']);
});

test.each(everySample.map((event, index) => [event.type, index, event] as const))(
  'an event %s (sample %i) that stands alone is drawn or listed, within the run',
  (_, __, event) => {
    const one = picture(runOf([event]), conformant);
    const drawn = partsOf(one).flatMap(({ events }) => events);
    expect([...drawn, ...one.elsewhere]).toContain(0);
    for (const lane of one.lanes)
      for (const span of lane.spans) expect(span.toMs).toBeGreaterThanOrEqual(span.fromMs);
  },
);

test('every event of all samples is drawn, and evidence is found again in the parts that show it', () => {
  for (const verdict of nonconformant.verdicts) {
    const run = nonconformant.runs.find(({ id }) => id === verdict.run) as ReportRun;
    const one = picture(run, nonconformant, verdict.evidence);
    const shown = partsOf(one).flatMap(({ events }) => events);
    expect(new Set([...shown, ...one.elsewhere]).size).toBe(run.events.length);
    const proving = partsOf(one).filter(({ isEvidence }) => isEvidence);
    expect(new Set(proving.flatMap(({ events }) => events))).toEqual(
      new Set([...verdict.evidence, ...proving.flatMap(({ events }) => events)]),
    );
    for (const part of proving)
      expect(part.events.some((index) => verdict.evidence.includes(index))).toBe(true);
  }
});

test('lanes come in the order harness, instance, its processes, clients', () => {
  const kinds = picture(runOf(everySample), conformant).lanes.map(({ kind, name }) => `${kind} ${name}`);
  expect(kinds.slice(0, 4)).toEqual([
    'harness harness',
    'instance server',
    'process sleep 60 4712',
    'process orphan 4720',
  ]);
  expect(kinds.findLastIndex((kind) => kind.startsWith('instance'))).toBeLessThan(
    kinds.findIndex((kind) => kind.startsWith('client')),
  );
});

test('the phases of a server follow each other from its start to its exit', () => {
  const server = picture(idle, conformant).lanes.find(({ kind }) => kind === 'instance');
  expect(server?.spans.map(({ kind, fromMs, toMs }) => [kind, fromMs, toMs])).toEqual([
    ['starting', 0, 231],
    ['serving', 231, 300],
    ['stopping', 300, 1510],
  ]);
});

test('a signal before it listens ends the start, and what comes later is a mark in the stopping', () => {
  const early = runOf([
    { type: 'spawned', instance: 0, pid: 1, beforeMs: 0, atMs: 1 },
    { type: 'signal', instance: 0, signal: 'SIGTERM', pid: 1, beforeMs: 20, atMs: 20.1 },
    { type: 'listening', instance: 0, host: '127.0.0.1', port: 1, pid: 1, atMs: 30 },
    { type: 'exit', instance: 0, pid: 1, code: 0, signal: null, atMs: 50 },
  ]);
  const one = picture(early, conformant);
  const server = one.lanes.find(({ kind }) => kind === 'instance');
  expect(server?.spans.map(({ kind, fromMs, toMs }) => [kind, fromMs, toMs])).toEqual([
    ['starting', 0, 20],
    ['stopping', 20, 50],
  ]);
  expect(server?.marks.map(({ label }) => label)).toEqual(['listens', 'exit 0']);
  expect(one.window, 'the whole run matters').toEqual(one.whole);
});

test('the deadline stands where the promise ends: that of the run, where it was told another one', () => {
  const deadline = (run: ReportRun) =>
    picture(run, conformant).lines.find(({ kind }) => kind === 'deadline')?.atMs;
  expect(deadline(idle)).toBe(2300);
  expect(deadline({ ...idle, deadlineMs: 700 })).toBe(1000);
});

test('the window begins a little before the signal, and at the evidence where that was earlier', () => {
  const { window } = picture(idle, conformant);
  expect(window.fromMs).toBeGreaterThan(200);
  expect(window.fromMs).toBeLessThan(300);
  expect(window.toMs).toBe(1510);
  expect(picture(idle, conformant, [1]).window.fromMs).toBeLessThan(231);
});

test('a lag widens the error of what was observed in it', () => {
  const late = runOf([...idle.events, { type: 'lag', who: 'harness', lagMs: 400, atMs: 1510 }]);
  const exit = picture(late, conformant)
    .lanes.flatMap((lane) => lane.marks)
    .find(({ label }) => label === 'exit 0');
  expect((exit?.atMs ?? 0) - (exit?.sinceMs ?? 0)).toBeGreaterThan(400);
});

test('a request without a reply stays open until its connection ends', () => {
  const cut = runOf([
    { type: 'connected', client: 'a', role: 'slow', instance: 0, localPort: 1, beforeMs: 0, atMs: 1 },
    { type: 'request', client: 'a', exchange: 1, bytes: 3, part: 'whole', beforeMs: 5, atMs: 5.1 },
    { type: 'reply', client: 'a', exchange: 1, bytes: 3, atMs: 6 },
    { type: 'request', client: 'a', exchange: 2, bytes: 3, part: 'whole', beforeMs: 8, atMs: 8.1 },
    { type: 'rst', client: 'a', code: 'ECONNRESET', atMs: 12 },
  ]);
  const lane = picture(cut, conformant).lanes.find(({ kind }) => kind === 'client');
  expect(lane?.spans.map(({ kind, fromMs, toMs }) => [kind, fromMs, toMs])).toEqual([
    ['connected', 0, 12],
    ['exchange', 5, 6],
    ['unanswered', 8, 12],
  ]);
  expect(lane?.marks.map(({ kind, label }) => [kind, label])).toEqual([['bad', 'RST']]);
});

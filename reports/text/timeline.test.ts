import { expect, test } from 'vitest';
import { eventSamples } from '../event-samples.js';
import { nonconformant, partlyUntested } from '../samples.js';
import { evidence } from './evidence.js';
import { fixes } from './remedy.js';
import { inOneLine, offset, outputLines } from './timeline.js';

test('every type of event has its words', async () => {
  const lines = Object.values(eventSamples)
    .flat()
    .map((event) => `${event.type}: ${inOneLine(event)}`);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../terminal/golden/timeline.txt');
});

test('no two events that differ in kind have the same words', () => {
  const words = Object.values(eventSamples).map(([event]) => inOneLine(event));
  expect(new Set(words).size).toBe(words.length);
});

test.each([
  [1503.2, 300, '+1.203 s'],
  [90, 100, '-0.010 s'],
  [99.9, 100, '+0.000 s'],
])('%d after %d is %s', (atMs, zeroMs, words) => {
  expect(offset(atMs, zeroMs)).toBe(words);
});

test('a long first line of output is cut, so that no event is without end', () => {
  const words = inOneLine({ type: 'unexpected', client: 'a', text: 'x'.repeat(100_000), atMs: 1 });
  expect(words.length).toBeLessThan(500);
});

test('output lines keep their indentation and lose the empty end', () => {
  expect(outputLines('a\r\n  b\n\n')).toEqual(['a', '  b']);
});

const failed = (requirement: string, run: string) =>
  nonconformant.verdicts.find((verdict) => verdict.id === `${requirement}@${run}`) as never;

test('evidence is told relative to the stop signal, which is always part of it', () => {
  const lines = evidence(nonconformant, failed('notice.every-client', 'idle-clients/SIGTERM'), 9);
  expect(lines.map(({ time, words }) => `${time} ${words}`)).toEqual([
    '+0.000 s harness sent SIGTERM to the server (pid 4711)',
    '+0.003 s client idle-1 was told (read the notice)',
    '+1.203 s client idle-2 read FIN',
  ]);
});

test('where the tree was frozen, times count from the thaw', () => {
  const [run] = nonconformant.runs;
  const events = [
    { type: 'frozen', instance: 0, pids: [1], beforeMs: 90, atMs: 91 },
    { type: 'signal', instance: 0, signal: 'SIGTERM', pid: 1, beforeMs: 100, atMs: 100 },
    { type: 'thawed', instance: 0, beforeMs: 110, atMs: 111 },
    { type: 'fin', client: 'a', atMs: 115 },
  ] as const;
  const report = {
    ...nonconformant,
    runs: [{ ...(run as never as object), id: 'f/SIGTERM', events } as never],
  };
  const verdict = { ...(failed('notice.every-client', 'idle-clients/SIGTERM') as object), run: 'f/SIGTERM' };
  const lines = evidence(report, { ...verdict, evidence: [3] } as never, 9);
  expect(lines.map(({ time }) => time)).toEqual(['-0.010 s', '+0.005 s']);
});

test('of many events the first and the last are shown, with the number of those between', () => {
  const verdict = {
    ...(failed('notice.every-client', 'idle-clients/SIGTERM') as object),
    evidence: [4, 5, 6, 7, 8, 9],
  };
  const lines = evidence(nonconformant, verdict as never, 4);
  expect(lines).toHaveLength(5);
  expect(lines[2]?.words).toBe('2 more events');
  expect(lines[4]?.words).toBe('no process of the server is left');
});

test('evidence that points nowhere, or to a run that is not there, is no evidence', () => {
  const verdict = { ...(failed('notice.every-client', 'idle-clients/SIGTERM') as object), evidence: [99] };
  expect(evidence(nonconformant, verdict as never, 9)).toEqual([]);
  expect(evidence({ ...partlyUntested, runs: [] }, failed('exit.status', 'busy-clients/SIGTERM'), 9)).toEqual(
    [],
  );
});

test.each([
  [
    ['python3.12', 'app.py'],
    ['general', 'Python: p'],
  ],
  [
    ['/usr/bin/node', 'x.js'],
    ['general', 'Node.js: n'],
  ],
  [['./start.sh'], ['general']],
  [['./server'], ['general']],
])('the fix for %j names its runtime where that is known', (command, expected) => {
  expect(fixes({ general: 'general\nmore', python: 'p', node: 'n' }, command)).toEqual(expected);
});

test('a package runner has a fix of its own where there is one, and is Node.js elsewhere', () => {
  const remedy = { general: 'general', node: 'n', runner: 'r' };
  expect(fixes(remedy, ['npm', 'start'])).toEqual(['general', 'Package runner: r']);
  expect(fixes({ general: 'general', node: 'n' }, ['yarn', 'start'])).toEqual(['general', 'Node.js: n']);
  expect(fixes(remedy, ['node', 'server.js'])).toEqual(['general', 'Node.js: n']);
});

import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import type { RecordingEvent } from '../../../harness/recording/events.js';
import { eventSamples } from '../../event-samples.js';
import type { Report, ReportRun } from '../../report.js';
import { allReports, conformant, hostile, nonconformant, runs } from '../../samples.js';
import { Distribution } from './distribution.js';
import { TimelinePicture } from './picture.js';
import { timelineStyle } from './style.js';

const idle = runs[0] as ReportRun;

function draw(run: ReportRun, report: Report = nonconformant, evidence?: readonly number[]): string {
  const verdict = report.verdicts.find((one) => one.run === run.id);
  const given = verdict && evidence ? { verdict: { ...verdict, evidence } } : {};
  return renderToString(h(TimelinePicture, { run, report, ...given }));
}

test('every run of every report is drawn, with a description for whoever does not see it', () => {
  for (const report of Object.values(allReports))
    for (const run of report.runs) {
      const drawn = draw(run, report);
      expect(drawn).toMatch(/<svg[^>]* role="img" aria-label="Timeline of /);
      expect(drawn, 'a coordinate that is no number').not.toMatch(/NaN|Infinity|undefined/);
    }
});

test('it says in words what can be seen: signal, deadline, exits, clients', () => {
  const [label] = /aria-label="Timeline of [^"]*SIGTERM\. [^"]*"/.exec(draw(idle)) ?? [];
  expect(label).toContain('SIGTERM at +0.000 s; deadline 2 s at +2.000 s');
  expect(label).toContain('server: exit 0 at +1.210 s');
  expect(label).toContain('2 clients');
});

test('what the verdict names is highlighted, and nothing without a verdict', () => {
  expect(draw(idle)).not.toContain('halo');
  const drawn = draw(idle, nonconformant, [5]);
  expect(drawn.match(/class="halo"/g)).toHaveLength(1);
  expect(drawn).toContain('+0.003 s client idle-1 was told (read the notice)');
});

test('a signal that the verdict names is highlighted behind the lanes', () => {
  const drawn = draw(idle, nonconformant, [idle.events.findIndex(({ type }) => type === 'signal')]);
  expect(drawn.match(/<path class="halo"/g)).toHaveLength(1);
  expect(drawn.indexOf('class="halo"')).toBeLessThan(drawn.indexOf('>server<'));
});

test('a signal that took long to send has a shade, and one that did not has none', () => {
  const slow = (beforeMs: number) => ({
    ...idle,
    events: idle.events.map((event) => (event.type === 'signal' ? { ...event, beforeMs } : event)),
  });
  const [signal] = idle.events.filter(({ type }) => type === 'signal');
  expect(draw(slow((signal?.atMs ?? 0) - 100))).toContain('class="act"');
  expect(draw(slow((signal?.atMs ?? 0) - 0.1))).not.toContain('class="act"');
});

test('of what was late only what is seen is drawn, as one shape: nothing in a place that was cut out', () => {
  const lag = (atMs: number): RecordingEvent => ({ type: 'lag', who: 'harness', lagMs: 40, atMs });
  const often = Array.from({ length: 15 }, (_, index) => lag(120 * index));
  const bars = (events: readonly RecordingEvent[]) =>
    [...draw({ ...idle, events: [...idle.events, ...events] }).matchAll(/class="late" d="([^"]*)"/g)].map(
      ([, d = '']) => d.split('z').length - 1,
    );
  expect(bars([])).toEqual([]);
  const [drawn = 0, ...others] = bars(often);
  expect(others).toEqual([]);
  expect(drawn).toBeGreaterThan(0);
  expect(drawn).toBeLessThan(5);
});

test('all types of events together are drawn, whatever times they have', () => {
  const events: readonly RecordingEvent[] = Object.values(eventSamples).flat();
  expect(draw({ ...idle, events })).not.toMatch(/NaN|Infinity/);
  for (const event of events) expect(draw({ ...idle, events: [event] })).not.toMatch(/NaN|Infinity/);
});

test('a run without events, and one without a signal, are drawn', () => {
  expect(draw({ ...idle, events: [] })).toContain('<svg');
  expect(
    draw({ ...idle, signal: null, events: idle.events.filter(({ type }) => type !== 'signal') }),
  ).toContain('exit 0');
});

function poisoned<Value>(value: Value, key = ''): Value {
  if (typeof value === 'string')
    return (
      ['type', 'kind', 'outcome', 'level', 'state', 'stream', 'how', 'part', 'what'].includes(key)
        ? value
        : `${value}</title></svg><script>hacked()</script>${hostile}`
    ) as Value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, poisoned(inner, name)]),
  ) as Value;
}

test('no text of a target becomes markup, or an invisible character', () => {
  const events = poisoned(Object.values(eventSamples).flat()) as readonly RecordingEvent[];
  const run = poisoned({ ...idle, events: [...poisoned(idle.events), ...events] });
  const indexes = run.events.map((_, index) => index);
  const verdict = {
    ...nonconformant.verdicts[0],
    run: run.id,
    evidence: indexes,
  } as Report['verdicts'][number];
  const report = { ...nonconformant, target: { ...nonconformant.target, contract: idleContract } };
  const drawn = renderToString(h(TimelinePicture, { run, report, verdict }));
  expect(drawn).not.toMatch(/<script|<b>/);
  expect(drawn).not.toMatch(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u,
  );
});
const idleContract = { ...nonconformant.target.contract, stopSignals: poisoned(['SIGTERM']) as never };

test('a busy run stays small', () => {
  // Each is far enough from the next to be seen for itself.
  const exchanges = Array.from({ length: 900 }, (_, place): RecordingEvent[] => {
    const beforeMs = 100 * Math.floor(place / 10);
    const exchange = { client: `busy-${place % 10}`, exchange: place };
    return [
      { type: 'request', ...exchange, bytes: 4, part: 'whole', beforeMs, atMs: beforeMs + 0.1 },
      { type: 'reply', ...exchange, bytes: 4, atMs: beforeMs + 10 },
    ];
  }).flat();
  expect(draw({ ...idle, events: [...idle.events, ...exchanges] }).length).toBeLessThan(10_000);
});

test('each class that is drawn has a style, and each colour is a custom property', () => {
  const events: readonly RecordingEvent[] = Object.values(eventSamples).flat();
  const drawn = draw({ ...idle, events }) + draw(idle, nonconformant, [1, 5, 7]);
  const classes = new Set(
    [...drawn.matchAll(/class="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' ')),
  );
  const known = new Set([...timelineStyle.matchAll(/\.([\w-]+)/g)].map(([, name]) => name));
  // They have the look of their element.
  for (const plain of ['starting', 'listening', 'signal', 'end', 'cut', 'line']) known.add(plain);
  expect([...classes].filter((name) => !known.has(name))).toEqual([]);
  expect(timelineStyle.replaceAll(/--tl-[\w-]+:[^;}]+/g, '')).not.toMatch(/#[\da-f]{3}/i);
});

test('there is a distribution only where a run was repeated, and of two plays it claims no shape', () => {
  expect(renderToString(h(Distribution, { report: conformant }))).toBe('');
  const repeated = { ...conformant, runs: ['#1', '#2'].map((number) => ({ ...idle, id: idle.id + number })) };
  const drawn = renderToString(h(Distribution, { report: repeated }));
  expect(drawn.replaceAll('\u00a0', ' ')).toContain(
    'time to exit: 2 of 2 plays, shortest 1.21 s, median 1.21 s, longest 1.21 s, deadline 2 s',
  );
  expect(drawn.replaceAll('\u00a0', ' ')).toContain('time to notice: 2 clients, shortest 2.6 ms');
  expect(drawn).not.toContain('class="box"');
  expect(drawn).toContain('class="deadline"');
});

test('a run that ended in no play by itself has no plot, and is told', () => {
  const killed = ['#1', '#2'].map((number) => ({
    ...idle,
    id: `killed/SIGKILL${number}`,
    exit: null,
    events: [],
  }));
  const repeated = ['#1', '#2'].map((number) => ({ ...idle, id: idle.id + number }));
  const drawn = renderToString(
    h(Distribution, { report: { ...conformant, runs: [...killed, ...repeated] } }),
  );
  expect(drawn.match(/<figcaption>/g)).toHaveLength(1);
  expect(drawn).toContain('or sent no stop signal: killed/SIGKILL.');
});

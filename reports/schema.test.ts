import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { eventSamples } from './event-samples.js';
import { toJson } from './json.js';
import { allReports, nonconformant } from './samples.js';

const schema = JSON.parse(readFileSync(new URL('./report.schema.json', import.meta.url), 'utf8'));
// `strictRequired` and `strictTypes` would complain about if/then and oneOf beside properties, which are meant so.
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
const isReport = ajv.compile(schema);
const isEvent = ajv.compile({ $ref: `${schema.$id}#/$defs/event` });

test.each(Object.entries(allReports))('the report %s is as the schema says', (_name, report) => {
  isReport(JSON.parse(toJson(report)));
  expect(isReport.errors).toBeNull();
});

test('a report of a named target, and of a part of the plan, is as the schema says', () => {
  const target = { ...nonconformant.target, name: 'api' };
  isReport(JSON.parse(toJson({ ...nonconformant, target, wholePlan: false })));
  expect(isReport.errors).toBeNull();
});

/** What is wrong, where it is put, and its value. */
const changes: readonly [string, string, unknown][] = [
  ['another schema version', 'schema', 'signal-conformance/report/2'],
  ['an unknown outcome', 'outcome', 'passed'],
  ['a field that is not in the contract', 'extra', 1],
  ['a negative count', 'summary.pass', -1],
  ['an unknown field of a verdict', 'verdicts.0.note', ''],
  ['an unknown outcome of a verdict', 'verdicts.0.outcome', 'warn'],
  ['a failed verdict without what was observed', 'verdicts.0.outcome', 'fail'],
  ['a verdict id without its run', 'verdicts.0.id', 'deadline.holds'],
  ['evidence that is no index', 'verdicts.0.evidence', [1.5]],
  ['a signal without SIG', 'runs.0.signal', 'TERM'],
  ['an exit with neither status nor signal', 'runs.0.exit', { code: null, signal: null, elapsedMs: 1 }],
  ['an exit with status and signal', 'runs.0.exit', { code: 0, signal: 'SIGTERM', elapsedMs: 1 }],
  ['an event of an unknown type', 'runs.0.events.0.type', 'boom'],
  ['a local time', 'startedAt', '2026-01-02T03:04:05'],
  ['an exit status beyond 255', 'target.contract.exitStatus', [256]],
];

test.each(changes)('the schema refuses %s', (_what, path, value) => {
  const report = JSON.parse(toJson(nonconformant));
  const names = path.split('.');
  const last = names.pop() as string;
  const place = names.reduce((inner, name) => inner[name], report);
  place[last] = value;
  expect(isReport(report)).toBe(false);
});

test.each(Object.keys(nonconformant))('the schema refuses a report without "%s"', (field) => {
  const report = JSON.parse(toJson(nonconformant));
  delete report[field];
  expect(isReport(report)).toBe(false);
});

const samples = Object.values(eventSamples).flatMap((list) =>
  list.map((event, index) => ({ event, name: `${event.type} (${index + 1})` })),
);
const optional: Readonly<Record<string, readonly string[]>> = {
  'start-place': ['handlerMs', 'sinceHandlerMs'],
  spawned: ['port', 'pid1'],
  signal: ['error', 'group', 'typed', 'wrapper', 'hangup'],
  exit: ['wrapper'],
  wrapped: ['version', 'shell'],
  'past-wrapper': ['error'],
  listening: ['socket'],
  connected: ['inode'],
  missed: ['lateMs', 'suite'],
  reply: ['status', 'connectionClose'],
};

describe.each(samples)('the event $name', ({ event }) => {
  test('is as the schema says', () => {
    isEvent(event);
    expect(isEvent.errors).toBeNull();
  });

  test('is refused with a field more', () => {
    expect(isEvent({ ...event, extra: 1 })).toBe(false);
  });

  test('is refused with any field less that is not optional, and with any field of another kind', () => {
    for (const field of Object.keys(event)) {
      const { [field]: _left, ...less } = event as unknown as Record<string, unknown>;
      const mayLack = optional[event.type]?.includes(field) ?? false;
      expect(isEvent(less), `without ${field}`).toBe(mayLack);
      expect(isEvent({ ...event, [field]: { wrong: true } }), `with a wrong ${field}`).toBe(false);
    }
  });
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test, vi } from 'vitest';
import { withRealInterpreter } from '../../fixtures/testing/command.js';
import { toJson } from '../../reports/json.js';
import { parseReport } from '../../reports/read.js';
import { recordingsOf } from '../../reports/recordings.js';
import type { Report } from '../../reports/report.js';
import type { Recording } from '../recording/recording.js';

/** What was played for the last report, as judges saw it. */
const last = vi.hoisted(() => ({ played: [] as readonly unknown[] }));
vi.mock('../../dist/harness/conform/assemble.js', async (load) => {
  const real = await load<typeof import('./assemble.js')>();
  return {
    ...real,
    finishedReport: (...[all, judged]: Parameters<typeof real.finishedReport>) => {
      last.played = all.played;
      return real.finishedReport(all, judged);
    },
  };
});

// What starts processes finds them beside its compiled files.
const compiled = '../../dist/harness/conform.js' as string;
const { conform, conformClient, conformPair, conformProgram }: typeof import('../conform.js') = await import(
  compiled
);
const again = '../../dist/harness/conform/judge-again.js' as string;
const { judgeAgain }: typeof import('./judge-again.js') = await import(again);

const file = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const python = (name: string) => withRealInterpreter(['python3', file(name)]);
const server = ['node', file('dist/fixtures/servers/echo.cjs')];
const schema = JSON.parse(readFileSync(file('reports/report.schema.json'), 'utf8'));
const isReport = new Ajv2020({ strictRequired: false, strictTypes: false }).compile(schema);

const plays: readonly (readonly [string, () => Promise<Report>])[] = [
  [
    'a server',
    () =>
      conform(server, {
        deadline: '1s',
        deadlineEnv: 'DEADLINE_MS',
        deadlineUnit: 'ms',
        only: ['idle', 'mixed-signals/SIGTERM-SIGINT', 'other-deadline/*', 'early-bound'],
      }),
  ],
  [
    'a server that fails, of which only some requirements are judged',
    () =>
      conform(['sleep', '60'], {
        deadline: '500ms',
        protocol: 'none',
        exitStatus: '3',
        only: ['idle', 'exit.*'],
      }),
  ],
  [
    'a client',
    () =>
      conformClient(python('fixtures/twins/client.closes.py'), {
        deadline: '1s',
        only: 'notice*',
      }),
  ],
  [
    'a program',
    () =>
      conformProgram(python('fixtures/programs/worker.py'), {
        deadline: '2s',
        only: ['working', 'cleaning-up'],
      }),
  ],
  [
    'a pair',
    () =>
      conformPair(server, python('fixtures/clients/echo_client.py'), {
        deadline: '2s',
        only: ['pair-served', 'pair-late'],
      }),
  ],
  [
    'a part of a suite',
    () => conform(server, { deadline: '2s', only: ['idle', 'idle-clients'], shard: '2/3' }),
  ],
];

test.each(plays)(
  'the report of %s holds its recordings, and judged again it is the same byte for byte',
  async (_name, play) => {
    const report = await play();
    const text = toJson(report);
    isReport(JSON.parse(text));
    expect(isReport.errors).toBeNull();
    expect(last.played.length).toBeGreaterThan(0);
    const read = parseReport(text);
    expect(recordingsOf(read)).toEqual(last.played as readonly Recording[]);
    expect(toJson(await judgeAgain(read, recordingsOf(read)))).toBe(text);
  },
  120_000,
);

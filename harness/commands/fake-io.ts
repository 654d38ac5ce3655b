import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Report, Verdict } from '../../reports/report.js';
import { requirement } from '../../suites/requirement.js';
import type { Catalogue, Engine } from './engine.js';
import { Interruption } from './interruption.js';
import type { Io } from './io.js';

/** A small catalogue for the tests of commands. */
const catalogue: Catalogue = {
  requirements: [
    requirement({
      id: 'notice.every-client',
      level: 'MUST',
      since: 2026,
      statement: 'Every client is told | before its connection closes.',
      because: 'It cannot finish otherwise.',
      remedy: { general: 'Keep a set of connections.', node: 'Use a Set of sockets.' },
      sources: ['owner/repository#1'],
      judge: () => ({ outcome: 'pass', message: 'told', evidence: [] }),
    }),
    requirement({
      id: 'notice.once',
      level: 'SHOULD',
      since: 2026,
      statement: 'It is told once.',
      because: 'Twice is confusing.',
      remedy: { general: 'Remember who was told.' },
      sources: [],
      judge: () => ({ outcome: 'pass', message: 'once', evidence: [] }),
    }),
  ],
  scenarios: [
    { id: 'idle', title: 'no clients', group: 'stopping' },
    { id: 'early-bound', family: 'early', title: 'the socket is bound', group: 'starting' },
  ],
};

/** A MUST that failed. */
export const failed: Verdict = {
  id: 'notice.once@idle/SIGTERM',
  requirement: 'notice.once',
  run: 'idle/SIGTERM',
  level: 'MUST',
  outcome: 'fail',
  message: 'twice',
  evidence: [],
};

/** A report without runs. */
export function reportOf(given: Partial<Report>): Report {
  return {
    schema: 'signal-conformance/report/1',
    version: '0.0.0',
    startedAt: '2020-01-01T00:00:00.000Z',
    durationMs: 1,
    target: {
      kind: 'server',
      command: ['x'],
      protocol: 'echo',
      contract: {
        deadlineMs: 1000,
        toleranceMs: 0,
        protocol: 'echo',
        stopSignals: ['SIGTERM'],
        reloadSignals: [],
        ignoreSignals: [],
        exitStatus: [0],
      },
    },
    survey: { startMs: 1, cores: 1, honoursPort: true, addresses: [], handled: [], persistent: true },
    outcome: 'conformant',
    summary: { pass: 0, fail: 0, warn: 0, untested: 0, notApplicable: 0 },
    runs: [],
    notPlayed: [],
    verdicts: [],
    remarks: [],
    ...given,
  };
}

/** A world of its own for one command, and what was written to it. */
export function fakeIo(engine: Partial<Engine> = {}, platform: NodeJS.Platform = 'linux') {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const signals = new EventEmitter();
  const unexpected = () => Promise.reject(new Error('the engine was not to be called'));
  const io: Io = {
    stdout,
    stderr,
    platform,
    env: {},
    interruption: new Interruption(signals, () => {}),
    engine: {
      conform: unexpected,
      dryRun: unexpected,
      validate: async () => {},
      catalogue: async () => catalogue,
      ...engine,
    },
  };
  const text = (stream: PassThrough) => () => String(stream.read() ?? '');
  return { io, signals, out: text(stdout), err: text(stderr) };
}

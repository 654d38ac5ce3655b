import type { RecordingEvent } from '../harness/recording/events.js';
import { summaryOf } from './outcome.js';
import type { Report, ReportRun, Verdict } from './report.js';

/** For tests: reports as they come out of a suite, written by hand. */

/** What a hostile target might write to take over the reader's terminal, parser or log. */
export const hostile =
  '\u001b[2J\u001b]0;owned\u0007 \u009b31m ]]> <b>&amp; \u202egnp.exe\u2066 \u0000\ud800 \r overwritten \uffff 日本語\nconformant: a lie';

export const runs: readonly ReportRun[] = [
  run('idle-clients/SIGTERM', [
    { type: 'spawned', instance: 0, pid: 4711, port: 8080, beforeMs: 0, atMs: 2 },
    { type: 'ready', instance: 0, atMs: 231 },
    {
      type: 'connected',
      client: 'idle-1',
      role: 'idle',
      instance: 0,
      localPort: 40_001,
      beforeMs: 240,
      atMs: 241,
    },
    {
      type: 'connected',
      client: 'idle-2',
      role: 'idle',
      instance: 0,
      localPort: 40_002,
      beforeMs: 240,
      atMs: 241,
    },
    { type: 'signal', instance: 0, signal: 'SIGTERM', pid: 4711, beforeMs: 300, atMs: 300.1 },
    { type: 'told', client: 'idle-1', framed: true, atMs: 302.6 },
    { type: 'fin', client: 'idle-1', atMs: 303 },
    { type: 'fin', client: 'idle-2', atMs: 1503.2 },
    { type: 'exit', instance: 0, pid: 4711, code: 0, signal: null, atMs: 1510 },
    { type: 'gone', instance: 0, sinceMs: 1509, atMs: 1510 },
  ]),
  run('stuck-client/SIGTERM', [
    { type: 'spawned', instance: 0, pid: 4720, port: 8081, beforeMs: 0, atMs: 2 },
    { type: 'signal', instance: 0, signal: 'SIGTERM', pid: 4720, beforeMs: 280, atMs: 280.1 },
    {
      type: 'output',
      instance: 0,
      stream: 'stderr',
      text: `Traceback (most recent call last):\n  File "server.py", line 88, in stop\n    for c in clients:\n  File "server.py", line 12, in close\n    raise\nRuntimeError: ${hostile}\n`,
      atMs: 295,
    },
    {
      type: 'ended-by-harness',
      instance: 0,
      reason: 'it outlived its deadline',
      pids: [4720, 4721],
      beforeMs: 3280,
      atMs: 3281,
    },
    { type: 'exit', instance: 0, pid: 4720, code: null, signal: 'SIGKILL', atMs: 3282 },
  ]),
  run('busy-clients/SIGTERM', [
    { type: 'spawned', instance: 0, pid: 4730, port: 8082, beforeMs: 0, atMs: 2 },
    { type: 'signal', instance: 0, signal: 'SIGTERM', pid: 4730, beforeMs: 300, atMs: 300.1 },
    { type: 'rst', client: 'busy-1', code: 'ECONNRESET', atMs: 310 },
    { type: 'exit', instance: 0, pid: 4730, code: 143, signal: null, atMs: 320 },
  ]),
];

const slowRequest = run('slow-request/SIGTERM', [
  { type: 'spawned', instance: 0, pid: 4740, port: 8083, beforeMs: 0, atMs: 2 },
  { type: 'missed', moment: 'the first bytes of a reply', reason: 'none came within 5 s', atMs: 5231 },
]);

const passing: readonly Verdict[] = [
  verdict('deadline.holds', 'idle-clients/SIGTERM', 'MUST', 'pass', 'It was gone 1.21 s after SIGTERM.', {
    evidence: [4, 9],
  }),
  verdict('exit.status', 'idle-clients/SIGTERM', 'MUST', 'pass', 'It exited with 0.', { evidence: [8] }),
];

const acknowledged: Verdict = verdict(
  'stop.acknowledged',
  'idle-clients/SIGTERM',
  'SHOULD',
  'fail',
  'It wrote nothing between SIGTERM and its exit 1.21 s later.',
  { expected: 'a line of output about the shutdown', observed: 'no output', evidence: [4, 8] },
);

const failing: readonly Verdict[] = [
  verdict(
    'notice.every-client',
    'idle-clients/SIGTERM',
    'MUST',
    'fail',
    '1 of 2 clients was never told: idle-2.',
    {
      expected: '"SHUTDOWN" is sent to every connected client before its connection closes',
      observed: 'idle-2 read FIN 1.2 s after SIGTERM and had read no notice until then',
      evidence: [5, 7],
    },
  ),
  verdict(
    'notice.every-client',
    'busy-clients/SIGTERM',
    'MUST',
    'fail',
    '1 of 1 client was never told: busy-1.',
    {
      expected: '"SHUTDOWN" is sent to every connected client before its connection closes',
      observed: 'busy-1 was reset 10 ms after SIGTERM and had read no notice until then',
      evidence: [2],
    },
  ),
  verdict('deadline.holds', 'stuck-client/SIGTERM', 'MUST', 'fail', 'It was still there 3 s after SIGTERM.', {
    expected: 'the process tree is gone 2 s after SIGTERM',
    observed: 'pids 4720 and 4721 were alive after 3 s; the harness ended them',
    evidence: [3],
  }),
  verdict('output.no-traceback', 'stuck-client/SIGTERM', 'MUST', 'fail', `A Python traceback: ${hostile}`, {
    expected: 'no traceback after SIGTERM',
    observed: `RuntimeError: ${hostile}`,
    evidence: [2],
  }),
  verdict('exit.status', 'busy-clients/SIGTERM', 'SHOULD', 'fail', 'It exited with 143 by itself.', {
    expected: 'status 0, or death by SIGTERM',
    observed: 'status 143 (128 + 15), which only a shell should say',
    evidence: [3],
  }),
  acknowledged,
];

const untested: readonly Verdict[] = [
  verdict(
    'deadline.holds',
    'slow-request/SIGTERM',
    'MUST',
    'untested',
    'The first bytes of a reply did not come within 5 s.',
  ),
  verdict(
    'notice.every-client',
    'slow-request/SIGTERM',
    'MUST',
    'untested',
    'The first bytes of a reply did not come within 5 s.',
  ),
  verdict(
    'stop.acknowledged',
    'slow-request/SIGTERM',
    'SHOULD',
    'untested',
    'The first bytes of a reply did not come within 5 s.',
  ),
];

const notApplicable: readonly Verdict[] = [
  verdict(
    'exit.status',
    'stuck-client/SIGTERM',
    'MUST',
    'not-applicable',
    'The harness had to end the server.',
  ),
];

export const conformant = reportOf({
  outcome: 'conformant',
  verdicts: [...passing, acknowledged, ...notApplicable],
});

export const nonconformant = reportOf({
  outcome: 'nonconformant',
  runs: [...runs, slowRequest],
  verdicts: [...passing, ...failing, ...untested.slice(2), ...notApplicable],
  notPlayed: [
    {
      id: 'patient-client/SIGINT',
      reason: 'only the core set is played for further stop signals (--full plays all)',
    },
    {
      id: 'stuck-client/SIGINT',
      reason: 'only the core set is played for further stop signals (--full plays all)',
    },
  ],
  remarks: ['The server ignores PORT: runs were played one after the other.'],
});

export const partlyUntested = reportOf({
  outcome: 'untested',
  runs: [...runs.slice(0, 1), slowRequest],
  verdicts: [...passing, ...untested],
});

export const notStarted = reportOf({
  outcome: 'untested',
  reason: 'The target ended with status 1 after 60 ms, before it served anybody.',
  output: ['node:internal/modules/cjs/loader:1080', "Error: Cannot find module './config.js' \u001b[31m"],
  survey: { startMs: 0, cores: 2, honoursPort: false, addresses: [], handled: [], persistent: false },
  runs: [],
  verdicts: [],
});

export const interrupted = reportOf({
  outcome: 'interrupted',
  reason: 'SIGINT arrived after 1 of 14 runs',
  runs: runs.slice(0, 1),
  verdicts: passing,
});

export const allReports = { conformant, nonconformant, partlyUntested, notStarted, interrupted };

function reportOf(given: Pick<Report, 'outcome' | 'verdicts'> & Partial<Report>): Report {
  return {
    schema: 'signal-conformance/report/1',
    version: '0.1.0',
    startedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 12_410,
    target: {
      kind: 'server',
      command: ['node', 'server.js', '--name', 'it’s'],
      protocol: 'echo',
      contract: {
        deadlineMs: 2000,
        toleranceMs: 250,
        protocol: 'echo',
        notice: 'SHUTDOWN',
        stopSignals: ['SIGTERM', 'SIGINT'],
        reloadSignals: [],
        ignoreSignals: ['SIGUSR1'],
        exitStatus: [0, 'signal'],
      },
    },
    survey: {
      startMs: 231,
      cores: 2,
      honoursPort: true,
      addresses: ['127.0.0.1:8080'],
      handled: ['SIGTERM', 'SIGINT'],
      persistent: true,
    },
    summary: summaryOf(given.verdicts),
    runs,
    notPlayed: [],
    remarks: [],
    ...given,
  };
}

function run(id: `${string}/SIGTERM`, events: readonly RecordingEvent[]): ReportRun {
  const signal = events.find(({ type }) => type === 'signal');
  const exit = events.find((event) => event.type === 'exit');
  const ended = events.some(({ type }) => type === 'ended-by-harness');
  return {
    id,
    scenario: id.split('/')[0] as string,
    signal: 'SIGTERM',
    durationMs: Math.max(...events.map(({ atMs }) => atMs)),
    exit:
      exit && !ended
        ? { code: exit.code, signal: exit.signal, elapsedMs: signal ? exit.atMs - signal.atMs : null }
        : null,
    events,
  };
}

function verdict(
  requirement: string,
  run: string,
  level: Verdict['level'],
  outcome: Verdict['outcome'],
  message: string,
  more: Partial<Verdict> = {},
): Verdict {
  return { id: `${requirement}@${run}`, requirement, run, level, outcome, message, evidence: [], ...more };
}

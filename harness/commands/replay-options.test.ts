import { expect, test } from 'vitest';
import type { Contract, TargetKind } from '../contract/contract.js';
import { reportOf } from './fake-io.js';
import { replayOptionsOf } from './replay-options.js';

const usual: Contract = {
  deadlineMs: 3000,
  toleranceMs: 250,
  protocol: 'http',
  stopSignals: ['SIGTERM', 'SIGINT'],
  reloadSignals: [],
  ignoreSignals: [],
  exitStatus: [0, 'signal'],
};
const words = (contract: Partial<Contract>, kind: TargetKind = 'server') =>
  replayOptionsOf({
    ...reportOf({}),
    target: {
      kind,
      command: ['x'],
      protocol: contract.protocol ?? 'http',
      contract: { ...usual, ...contract },
    },
  }).join(' ');

test('of a usual contract the deadline alone is written', () => {
  expect(words({})).toBe('--deadline 3s');
  const echo = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;
  expect(words({ protocol: 'echo', notice: 'SHUTDOWN', stopSignals: echo })).toBe('--deadline 3s');
  expect(words({ protocol: 'echo', notice: 'SHUTDOWN', afterNotice: 'exit' }, 'client')).toBe(
    '--deadline 3s',
  );
  expect(words({ protocol: 'none' }, 'program')).toBe('--deadline 3s');
  expect(words({ deadlineMs: 400, toleranceMs: 100 })).toBe('--deadline 400ms');
});

test.each<[string, Partial<Contract>, TargetKind?]>([
  ['--stop-signals QUIT', { stopSignals: ['SIGQUIT'] }],
  ['--reload-signals HUP', { reloadSignals: ['SIGHUP'] }],
  ['--ignore-signals INT', { ignoreSignals: ['SIGINT'], stopSignals: ['SIGTERM'] }],
  ['--exit-status 0,143,signal', { exitStatus: [0, 143, 'signal'] }],
  ['--tolerance 1s', { toleranceMs: 1000 }],
  ['--protocol tcp --notice bye', { protocol: 'tcp', notice: 'bye' }],
  ['--no-notice', { protocol: 'echo', stopSignals: ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] }],
  ['--after-notice reconnect', { protocol: 'echo', notice: 'SHUTDOWN', afterNotice: 'reconnect' }, 'client'],
  ['--protocol http', {}, 'pair'],
  [
    '--handles USR1=^ok --handles ALRM=exit:3 --item done',
    {
      protocol: 'none',
      handles: [
        { signal: 'SIGUSR1', line: '^ok' },
        { signal: 'SIGALRM', exit: 3 },
      ],
      item: 'done',
    },
    'program',
  ],
])('what is not usual is written: %s', (expected, contract, kind) => {
  expect(words(contract, kind)).toBe(`--deadline 3s ${expected}`);
});

import { expect, test } from 'vitest';
import type { Recording } from '../../harness/recording/recording.js';
import type { Requirement } from '../requirement.js';
import { type Given, recordingOf, type Written } from '../testing/recording-builder.js';
import { verdictOf } from '../testing/verdict-of.js';
import { exitConsistent } from './exit/consistent.js';
import { exitNoCrash } from './exit/no-crash.js';
import { exitStatus } from './exit/status.js';
import { outputNoTraceback } from './output/no-traceback.js';
import { releasePort } from './release/port.js';
import { releaseRecovers } from './release/recovers.js';
import { reloadServes } from './reload/serves.js';
import { reloadStillStoppable } from './reload/still-stoppable.js';
import { repeatForces } from './repeat/forces.js';
import { repeatNoCrash } from './repeat/no-crash.js';
import { startClean } from './start/clean.js';
import { startStoppable } from './start/stoppable.js';
import { surviveClientReset } from './survive/client-reset.js';
import { surviveIgnored } from './survive/ignored.js';
import { surviveStopped } from './survive/stopped.js';
import { surviveUndeclaredHangup } from './survive/undeclared-hangup.js';
import { treeNoOrphans } from './tree/no-orphans.js';
import { treeNoZombies } from './tree/no-zombies.js';
import { treeRootLast } from './tree/root-last.js';

const requirements: readonly Requirement[] = [
  exitConsistent,
  exitNoCrash,
  exitStatus,
  outputNoTraceback,
  releasePort,
  releaseRecovers,
  reloadServes,
  reloadStillStoppable,
  repeatForces,
  repeatNoCrash,
  startClean,
  startStoppable,
  surviveClientReset,
  surviveIgnored,
  surviveStopped,
  surviveUndeclaredHangup,
  treeNoOrphans,
  treeNoZombies,
  treeRootLast,
];

const scenarios = [
  'idle',
  'early',
  'killed',
  'restart',
  'vanished-client',
  'ignored-signal',
  'hangup',
  'stopped',
  'repeated-signal',
  'second-interrupt',
  'reload-under-load',
  'reload-then-stop',
];

/** One of every event, several of those that judges count, at times that make no sense together. */
const pool: readonly ((atMs: number) => Written)[] = [
  (atMs) => ({ type: 'spawned', pid: 7, atMs }),
  (atMs) => ({ type: 'spawned', pid: 9, instance: 1, atMs }),
  (atMs) => ({ type: 'spawn-failed', error: 'ENOENT', instance: 1, atMs }),
  (atMs) => ({ type: 'listening', host: '127.0.0.1', port: 1, pid: 7, atMs }),
  (atMs) => ({ type: 'executed', pid: 7, program: '/bin/server', atMs }),
  (atMs) => ({ type: 'ready', atMs }),
  (atMs) => ({ type: 'ready', instance: 1, atMs }),
  (atMs) => ({ type: 'not-ready', reason: 'x', instance: 1, atMs }),
  (atMs) => ({ type: 'dispositions', processes: [], atMs }),
  (atMs) => ({ type: 'signal', signal: 'SIGTERM', pid: 7, atMs }),
  (atMs) => ({ type: 'signal', signal: 'SIGINT', pid: 7, atMs }),
  (atMs) => ({ type: 'signal', signal: 'SIGINT', pid: 7, atMs: atMs + 1100 }),
  (atMs) => ({ type: 'signal', signal: 'SIGHUP', pid: 7, atMs }),
  (atMs) => ({ type: 'signal', signal: 'SIGUSR1', pid: 7, atMs }),
  (atMs) => ({ type: 'signal', signal: 'SIGKILL', pid: 7, atMs }),
  (atMs) => ({ type: 'frozen', pids: [7], atMs }),
  (atMs) => ({ type: 'thawed', atMs }),
  (atMs) => ({
    type: 'output',
    stream: 'stderr',
    text: 'Traceback (most recent call last):\n  x\nE: y',
    atMs,
  }),
  (atMs) => ({ type: 'output', stream: 'stdout', text: '', instance: 1, atMs }),
  (atMs) => ({ type: 'output-missing', stream: 'stdout', bytes: 3, atMs }),
  (atMs) => ({ type: 'output-held', atMs }),
  (atMs) => ({ type: 'process', pid: 8, parentPid: 7, command: '', state: 'running', atMs }),
  (atMs) => ({ type: 'process', pid: 8, parentPid: 7, command: 'w', state: 'zombie', atMs }),
  (atMs) => ({ type: 'process', pid: 8, parentPid: 1, command: 'w', state: 'gone', atMs, sinceMs: atMs / 2 }),
  (atMs) => ({ type: 'exit', pid: 7, code: 0, signal: null, atMs }),
  (atMs) => ({ type: 'exit', pid: 7, code: null, signal: 'SIGSEGV', atMs }),
  (atMs) => ({ type: 'exit', pid: 7, code: null, signal: null, atMs }),
  (atMs) => ({ type: 'exit', pid: 9, code: 1, signal: null, instance: 1, atMs }),
  (atMs) => ({ type: 'survivor', pid: 8, command: 'w', atMs }),
  (atMs) => ({ type: 'gone', atMs, sinceMs: Math.max(0, atMs - 20) }),
  (atMs) => ({ type: 'ended-by-harness', reason: 'x', pids: [8], atMs }),
  (atMs) => ({ type: 'core-file', path: '/core', atMs }),
  (atMs) => ({ type: 'connected', client: 'a', role: 'canary', localPort: 1, atMs }),
  (atMs) => ({ type: 'connected', client: 'b', role: 'vanishing', localPort: 1, atMs }),
  (atMs) => ({ type: 'connected', client: 'c', role: 'load', localPort: 1, atMs }),
  (atMs) => ({ type: 'connected', client: 'd', role: 'idle', localPort: 1, atMs }),
  (atMs) => ({ type: 'connect-failed', client: 'e', role: 'canary', code: 'ECONNREFUSED', atMs }),
  (atMs) => ({ type: 'connect-failed', client: 'f', role: 'load', code: 'ECONNREFUSED', atMs }),
  ...['a', 'b', 'c', 'd', 'stranger'].flatMap((client): ((atMs: number) => Written)[] => [
    (atMs) => ({ type: 'request', client, exchange: 1, bytes: 1, part: 'whole', atMs }),
    (atMs) => ({ type: 'reply', client, exchange: 1, bytes: 1, atMs }),
    (atMs) => ({ type: 'reply-truncated', client, exchange: 1, receivedBytes: 1, expectedBytes: null, atMs }),
    (atMs) => ({ type: 'no-reply', client, exchange: 1, waitedMs: 1, atMs }),
    (atMs) => ({ type: 'told', client, framed: true, atMs }),
    (atMs) => ({ type: 'fin', client, atMs }),
    (atMs) => ({ type: 'left', client, how: 'rst', atMs }),
  ]),
  (atMs) => ({ type: 'lag', who: 'harness', lagMs: 300, atMs }),
  (atMs) => ({ type: 'lag', who: 'fleet', lagMs: 300, atMs }),
  (atMs) => ({ type: 'missed', moment: 'x', reason: 'y', atMs }),
];

/** Numbers in [0, 1) that are the same in every run (a linear congruential generator). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function anyRecording(random: () => number, scenario: string): Recording {
  const share = random();
  const events = pool.filter(() => random() < share).map((event) => event(Math.floor(random() * 8000)));
  const given: Given = {
    run: { scenario, early: scenario === 'early' },
    contract: {
      deadlineMs: random() < 0.5 ? 1000 : 6000,
      protocol: random() < 0.5 ? 'echo' : 'tcp',
      reloadSignals: random() < 0.7 ? ['SIGHUP'] : [],
      ignoreSignals: random() < 0.7 ? ['SIGUSR1'] : [],
    },
  };
  return recordingOf(events, given);
}

test('no judge throws, and all evidence is in the recording, whatever stands in it', () => {
  const random = randomNumbers(21);
  const seen = new Map<string, Set<string>>();
  for (let round = 0; round < 200; round++) {
    const siblings = scenarios.map((scenario) => anyRecording(random, scenario));
    for (const recording of siblings) {
      for (const requirement of requirements) {
        const verdict = verdictOf(requirement, recording, siblings);
        seen.set(requirement.id, (seen.get(requirement.id) ?? new Set()).add(verdict.outcome));
        expect(verdict.message, requirement.id).not.toMatch(/undefined|NaN|Infinity|\[object/);
        if (verdict.outcome === 'not-applicable') continue;
        expect(verdict.evidence.every((index) => recording.events[index] !== undefined)).toBe(true);
      }
    }
  }
  // The recordings are varied enough for every judge to find fault with one of them.
  for (const { id } of requirements) expect([...(seen.get(id) ?? [])], id).toContain('fail');
});

test('no judge throws at an empty recording', () => {
  for (const scenario of scenarios) {
    for (const requirement of requirements) {
      const verdict = verdictOf(requirement, recordingOf([], { run: { scenario } }), []);
      expect(['untested', 'not-applicable'], `${requirement.id} ${verdict.message}`).toContain(
        verdict.outcome,
      );
    }
  }
});

test('every requirement says what, why, how to fix it, and where the demand comes from', () => {
  for (const { id, statement, because, remedy, sources } of requirements) {
    expect(statement.endsWith('.'), id).toBe(true);
    expect(because.length, id).toBeGreaterThan(60);
    expect(remedy.general.length, id).toBeGreaterThan(60);
    expect(sources.length, id).toBeGreaterThan(0);
  }
});

import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../harness/recording/recording.js';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { wrapperForwards } from './forwards.js';

const npm = 10;
const shell = 11;
const server = 12;
const start: Written[] = [
  { type: 'spawned', pid: npm, atMs: 0 },
  { type: 'process', pid: shell, parentPid: npm, command: 'sh', state: 'running', atMs: 200 },
  { type: 'process', pid: server, parentPid: shell, command: 'node', state: 'running', atMs: 300 },
  { type: 'wrapped', wrapper: 'npm', version: '11.19.1', shell: 'dash', pid: server, atMs: 400 },
  { type: 'ready', atMs: 500 },
];
const signal: Written = { type: 'signal', signal: 'SIGTERM', pid: npm, wrapper: 'npm', atMs: 1000 };
const npmDies: Written = {
  type: 'exit',
  pid: npm,
  code: null,
  signal: 'SIGTERM',
  wrapper: 'npm',
  atMs: 1004,
};
const survives: Written = { type: 'survivor', pid: server, command: 'node', atMs: 1010 };
const asked: Written = { type: 'past-wrapper', signal: 'SIGTERM', pid: server, atMs: 4750 };
const serverEnds = (atMs: number): Written => ({
  type: 'process',
  pid: server,
  parentPid: 1,
  command: 'node',
  state: 'gone',
  sinceMs: atMs - 10,
  atMs,
});
const ended: Written = { type: 'ended-by-harness', reason: 'left', pids: [server], atMs: 7000 };
const gone = (atMs: number): Written => ({ type: 'gone', atMs });

const wrapped = (...events: Written[]) =>
  recordingOf([...start, ...events], {
    run: { id: 'idle-clients/SIGTERM+wrapper-npm', scenario: 'idle-clients', delivery: 'wrapper-npm' },
  });
const plain = (...events: Written[]) =>
  recordingOf([{ type: 'spawned', pid: 20, atMs: 0 }, { type: 'ready', atMs: 500 }, ...events], {
    run: { scenario: 'idle-clients' },
  });
const plainSignal: Written = { type: 'signal', signal: 'SIGTERM', pid: 20, atMs: 1000 };
const stops = plain(plainSignal, { type: 'exit', pid: 20, code: 0, signal: null, atMs: 1100 }, gone(1100));
const hangs = plain(plainSignal, { ...ended, pids: [20] });
const judged = (recording: Recording, ...others: Recording[]) =>
  verdictOf(wrapperForwards, recording, [recording, ...others]);

const orphaned = [signal, npmDies, survives, asked, serverEnds(4800), gone(4800)];

describe('wrapper.forwards', () => {
  it('fails where the wrapper ends and leaves the server, which stops when it is asked itself', () => {
    const verdict = judged(wrapped(...orphaned), stops);
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'npm ended, the server lived on' });
    expect(verdict.message).toBe(
      'npm 11.19.1 (scripts are run by dash) ended 4 ms after SIGTERM (death by SIGTERM), and left the server running: pid 12 (node), which never got the signal. Sent SIGTERM itself, it ended after 50 ms. Between them was pid 11 (sh): `exec` in the script takes it away.',
    );
  });

  it('fails where the wrapper swallows the signal', () => {
    const swallowed = wrapped(
      signal,
      asked,
      serverEnds(4800),
      { ...npmDies, code: 0, signal: null, atMs: 4805 },
      gone(4805),
    );
    const verdict = judged(swallowed, stops);
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'both lived on' });
    expect(verdict.message).toContain(
      'npm 11.19.1 (scripts are run by dash) lived on after SIGTERM, and so did',
    );
  });

  it('does not say that the server never got the signal where nothing shows that one stops it', () => {
    const verdict = judged(wrapped(...orphaned));
    expect(verdict.outcome).toBe('fail');
    expect(verdict.message).not.toContain('never got');
  });

  it('passes where the server ends, whatever the wrapper’s own end is', () => {
    const forwards = [signal, serverEnds(1050), { ...npmDies, atMs: 1060 }, gone(1060)];
    expect(judged(wrapped(...forwards), stops)).toMatchObject({
      outcome: 'pass',
      message:
        'npm 11.19.1 (scripts are run by dash) passed SIGTERM on: the server had ended 50 ms after it.',
    });
    const first: Written = { ...npmDies, code: 1, signal: null };
    const verdict = judged(wrapped(signal, first, survives, serverEnds(1050), gone(1060)), stops);
    expect(verdict.outcome).toBe('pass');
    expect(verdict.message).toContain("its own end was exit status 1, which is not the server's");
  });

  it('passes where the server has ended, and the wrapper or a child of the server has not', () => {
    expect(judged(wrapped(signal, serverEnds(1050), ended), stops).outcome).toBe('pass');
  });

  it('passes where the wrapper has become the server', () => {
    const became = recordingOf(
      [
        { type: 'spawned', pid: 10, atMs: 0 },
        { type: 'wrapped', wrapper: 'bash', version: '5.2.15', pid: 10, atMs: 400 },
        { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 },
        ended,
      ],
      { run: { delivery: 'wrapper-bash' } },
    );
    expect(judged(became)).toMatchObject({
      outcome: 'pass',
      message: 'bash 5.2.15 became the server by exec: a signal to it is one to the server.',
    });
  });

  it('does not judge a server that does not stop without a wrapper either', () => {
    for (const events of [orphaned, [signal, npmDies, survives, asked, ended]])
      expect(judged(wrapped(...events), hangs)).toEqual({
        outcome: 'not-applicable',
        message: 'it does not stop in time in idle-clients/SIGTERM either, which judges that',
      });
  });

  it('is untested where the server heeds no signal and nothing else shows that it can', () => {
    const deaf = [signal, npmDies, survives, asked, ended];
    expect(judged(wrapped(...deaf)).outcome).toBe('untested');
    // Another situation shows nothing.
    expect(judged(wrapped(...deaf), recordingOf([...stops.events] as Written[])).outcome).toBe('untested');
    const verdict = judged(wrapped(...deaf), stops);
    expect(verdict.outcome).toBe('fail');
    expect(verdict.message).toContain('It lived on after a SIGTERM of its own too.');
    expect(verdict.message).not.toContain('never got');
  });

  it('is untested where the wrapper was not seen to start the server, or its end was not seen', () => {
    expect(judged(recordingOf([signal], { run: { delivery: 'wrapper-npm' } })).outcome).toBe('untested');
    expect(judged(wrapped(signal, npmDies, survives, ended), stops).outcome).toBe('untested');
  });

  it('does not apply without a wrapper', () => {
    expect(judged(stops).outcome).toBe('not-applicable');
  });
});

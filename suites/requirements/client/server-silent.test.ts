import { describe, expect, it } from 'vitest';
import {
  clientRecording,
  endedByHarness,
  exit,
  gone,
  harnessLag,
  request,
  sent,
  served,
  stop,
} from '../../testing/client-recording.js';
import type { Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { serverSilent } from './server-silent.js';

const silent = (...rest: Written[]) =>
  clientRecording([...served, request(3, 260), stop(600), ...rest], 'silent-server');
const idle = (...rest: Written[]) => clientRecording([...served, stop(200), ...rest], 'between-exchanges');

describe('client.server-silent', () => {
  it('passes when the client is gone in time', () => {
    expect(verdictOf(serverSilent, silent(exit(0, 620), gone(620)))).toMatchObject({
      outcome: 'pass',
      evidence: [6, 7, 9],
    });
  });

  it('fails when it is not, though it is when its server answers', () => {
    const recording = silent(endedByHarness(4600));
    expect(verdictOf(serverSilent, recording, [recording, idle(exit(0, 220), gone(220))])).toMatchObject({
      outcome: 'fail',
      observed: 'alive after 4 s',
    });
    expect(verdictOf(serverSilent, silent(exit(0, 3600), gone(3600))).outcome).toBe('fail');
  });

  it('does not apply where a request crossed the signal, and the server answers', () => {
    const crossing = [...served, request(3, 199), stop(200), exit(0, 220), gone(220)];
    const judged = verdictOf(serverSilent, clientRecording(crossing, 'between-exchanges'));
    expect(judged).toMatchObject({ outcome: 'not-applicable', message: 'the server of this run answers' });
  });

  it('does not apply where the signal does not end it anyway', () => {
    const recording = silent(endedByHarness(4600));
    const verdict = verdictOf(serverSilent, recording, [recording, idle(endedByHarness(4200))]);
    expect(verdict).toMatchObject({
      outcome: 'not-applicable',
      message: expect.stringContaining('client.stops says so'),
    });
  });

  it('does not apply when the reply came, if late', () => {
    const recording = silent(sent('reply', 900), endedByHarness(4600));
    expect(verdictOf(serverSilent, recording).outcome).toBe('not-applicable');
    expect(verdictOf(serverSilent, idle(endedByHarness(4200))).outcome).toBe('not-applicable');
  });

  it('is untested when the error bar straddles the deadline, or the end was not seen', () => {
    const unsure = silent(exit(0, 2855), harnessLag(100, 2852), gone(2860, 2840));
    expect(verdictOf(serverSilent, unsure)).toMatchObject({ outcome: 'untested', straddles: true });
    expect(verdictOf(serverSilent, silent(endedByHarness(900))).outcome).toBe('untested');
  });
});

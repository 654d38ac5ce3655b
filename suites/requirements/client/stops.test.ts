import { describe, expect, it } from 'vitest';
import {
  clientRecording,
  endedByHarness,
  exit,
  gone,
  harnessLag,
  left,
  request,
  sent,
  served,
  stop,
  traceback,
} from '../../testing/client-recording.js';
import type { Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { clientStops } from './stops.js';

const idle = (...rest: Written[]) =>
  verdictOf(clientStops, clientRecording([...served, stop(200), ...rest], 'between-exchanges'));

describe('client.stops', () => {
  it('passes with status 0, or death by that signal, and FIN', () => {
    expect(idle(left(205), exit(0, 210), gone(210))).toMatchObject({ outcome: 'pass', evidence: [6, 7, 8] });
    expect(idle(left(205), exit('SIGTERM', 210), gone(210)).outcome).toBe('pass');
  });

  it('fails with a traceback', () => {
    expect(idle(traceback(203), left(205), exit('SIGTERM', 210), gone(210))).toMatchObject({
      outcome: 'fail',
      expected: 'no traceback',
    });
  });

  it('fails when it is gone too late, or never', () => {
    expect(idle(left(205), exit(0, 3000), gone(3000)).outcome).toBe('fail');
    expect(idle(endedByHarness(4200))).toMatchObject({ outcome: 'fail', observed: 'alive after 4 s' });
  });

  it('fails with a status that is not accepted, and only warns of 128 + n', () => {
    expect(idle(left(205), exit(3, 210), gone(210))).toMatchObject({
      outcome: 'fail',
      observed: 'exit status 3',
    });
    expect(idle(left(205), exit(143, 210), gone(210))).toMatchObject({ outcome: 'fail', level: 'SHOULD' });
  });

  it('fails when the connection is reset, or stays open', () => {
    expect(idle(left(205, 'rst'), exit(0, 210), gone(210))).toMatchObject({
      outcome: 'fail',
      observed: 'connection-1 was closed with RST',
    });
    expect(idle(exit(0, 210), gone(210))).toMatchObject({
      outcome: 'fail',
      observed: 'connection-1 stayed open',
    });
  });

  it('does not blame it for a reset when a reply came with the signal', () => {
    expect(idle(request(3, 199), sent('reply', 202), left(205, 'rst'), exit(0, 210), gone(210)).outcome).toBe(
      'pass',
    );
  });

  it('is untested when the error bar straddles the deadline, or the end was not seen', () => {
    const unsure = idle(left(205), exit(0, 2455), harnessLag(100, 2452), gone(2460, 2440));
    expect(unsure).toMatchObject({ outcome: 'untested', straddles: true });
    expect(idle(endedByHarness(900)).outcome).toBe('untested');
  });

  it('leaves a client that does not end while it waits for a reply to client.server-silent', () => {
    const events = [...served, request(3, 260), stop(600), endedByHarness(4600)];
    const verdict = verdictOf(clientStops, clientRecording(events, 'silent-server'));
    expect(verdict).toMatchObject({
      outcome: 'not-applicable',
      message: expect.stringContaining('client.server-silent'),
    });
  });

  it('does not apply without a stop signal, or when the client had ended before', () => {
    expect(verdictOf(clientStops, clientRecording([...served, exit(1, 300)])).outcome).toBe('not-applicable');
    expect(idle(exit(1, 190)).outcome).toBe('not-applicable');
  });
});

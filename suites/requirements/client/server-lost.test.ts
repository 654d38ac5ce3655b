import { describe, expect, it } from 'vitest';
import {
  accepted,
  clientRecording,
  endedByHarness,
  exit,
  harnessLag,
  left,
  processor,
  sent,
  served,
  serverLeft,
  stop,
  traceback,
} from '../../testing/client-recording.js';
import type { Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { serverLost } from './server-lost.js';

const lost = (...rest: Written[]) =>
  verdictOf(serverLost, clientRecording([...served, serverLeft('fin', 200), ...rest], 'lost/fin'));

describe('client.server-lost', () => {
  it('passes when the client ends, with whatever status', () => {
    expect(lost(left(201), exit(0, 210)).outcome).toBe('pass');
    expect(lost(left(201), exit(1, 210))).toMatchObject({
      outcome: 'pass',
      message: 'It ended with exit status 1, 10 ms after the server closed the connection.',
    });
  });

  it('passes when the client connects again', () => {
    expect(lost(accepted(700, 'connection-2'), endedByHarness(1300)).outcome).toBe('pass');
  });

  it('fails with a traceback, and names how the server was lost', () => {
    const events = [...served, serverLeft('killed', 200), traceback(205), exit(1, 210)];
    expect(verdictOf(serverLost, clientRecording(events, 'lost/killed'))).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('When the server was killed, the client wrote a Python traceback'),
    });
  });

  it('does not judge what a client makes of the reset with which a relay passes a refusal on', () => {
    const refused: Written = {
      type: 'connect-failed',
      client: 'connection-1',
      role: 'relayed',
      code: 'ECONNREFUSED',
      atMs: 55,
    };
    const turnedAway = [accepted(), refused, serverLeft('rst', 56), traceback(60), exit(1, 70)];
    const judged = verdictOf(serverLost, clientRecording(turnedAway, 'pair-late'));
    expect(judged).toMatchObject({
      outcome: 'not-applicable',
      message: expect.stringContaining('the server refused connection-1'),
    });
    const again = accepted(500, 'connection-2');
    const later = { ...refused, client: 'connection-2', atMs: 501 } as Written;
    expect(lost(again, later, traceback(510), exit(1, 520)).outcome).toBe('not-applicable');
    expect(lost(again, later, exit(1, 520)).outcome).toBe('pass');
    // Without the refusal it is its own fault.
    expect(lost(again, traceback(510), exit(1, 520)).outcome).toBe('fail');
  });

  it('fails when the client crashes', () => {
    expect(lost(exit('SIGPIPE', 210))).toMatchObject({ outcome: 'fail', observed: 'death by SIGPIPE' });
  });

  it('fails when the client neither ends nor connects again', () => {
    expect(lost(endedByHarness(4000))).toMatchObject({
      outcome: 'fail',
      observed: 'alive and not connected after 3.8 s',
    });
    expect(lost(exit(0, 4000)).outcome).toBe('fail');
  });

  it('fails when it uses the processor without a pause', () => {
    const notes = [processor(50, 199), processor(60, 210), processor(500, 710), processor(950, 1210)];
    expect(lost(...notes, exit(0, 1300))).toMatchObject({
      outcome: 'fail',
      observed: '890 ms of processor time in 1 s',
    });
  });

  it('does not blame a client that works as hard when it is served', () => {
    const notes = [processor(0, 20), processor(160, 199), processor(170, 210), processor(1000, 1210)];
    expect(lost(...notes, exit(0, 1300)).outcome).toBe('pass');
  });

  it('fails when it connects again and again without a pause', () => {
    const storm = Array.from({ length: 60 }, (_, index) =>
      accepted(210 + index * 10, `connection-${index + 2}`),
    );
    expect(lost(...storm, endedByHarness(1300))).toMatchObject({
      outcome: 'fail',
      observed: '51 connections in 500 ms',
    });
    const slow = Array.from({ length: 60 }, (_, index) =>
      accepted(210 + index * 100, `connection-${index + 2}`),
    );
    expect(lost(...slow, endedByHarness(7000)).outcome).toBe('pass');
  });

  it('is untested when the run ended before the deadline', () => {
    expect(lost(endedByHarness(1000)).outcome).toBe('untested');
  });

  it('gives the benefit of the error bar to a client that ended about at its deadline', () => {
    expect(lost(harnessLag(200, 2490), exit(0, 2495)).outcome).toBe('pass');
  });

  it('does not apply to a client that was told, left first, or was stopped', () => {
    const of = (...events: Written[]) => verdictOf(serverLost, clientRecording(events, 'other')).outcome;
    expect(of(...served, endedByHarness(3000))).toBe('not-applicable');
    expect(of(...served, left(190), serverLeft('fin', 200), endedByHarness(4000))).toBe('not-applicable');
    expect(of(...served, sent('notice', 180), serverLeft('fin', 200), endedByHarness(4000))).toBe(
      'not-applicable',
    );
    expect(of(...served, serverLeft('fin', 200), stop(300), endedByHarness(4000))).toBe('not-applicable');
  });
});

import { describe, expect, it } from 'vitest';
import {
  clientRecording,
  endedByHarness,
  fleetLag,
  left,
  read,
  request,
  sent,
  served,
} from '../../testing/client-recording.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { sendsNoMore } from './sends-no-more.js';

type Events = Parameters<typeof clientRecording>[0];
const idle = (...rest: Events) =>
  verdictOf(sendsNoMore, clientRecording([...served, sent('notice', 200), read(210, 201), ...rest]));
/** It had been silent for longer than its pause, with a request unanswered. */
const waiting = (...rest: Events) =>
  verdictOf(
    sendsNoMore,
    clientRecording([...served, request(3, 260), sent('notice', 600), read(605, 601), ...rest]),
  );

describe('client.sends-no-more', () => {
  it('passes when nothing comes after the notice', () => {
    expect(idle(left(300)).outcome).toBe('pass');
    expect(waiting(left(700)).outcome).toBe('pass');
  });

  it('passes when one request crosses the notice between two exchanges', () => {
    expect(idle(request(3, 261), left(300)).outcome).toBe('pass');
  });

  it('fails at the second one', () => {
    expect(idle(request(3, 261), request(4, 361), left(400))).toMatchObject({
      outcome: 'fail',
      observed: 'request 4, 161 ms after the notice was sent',
    });
  });

  it('fails at the first one of a client that was waiting for its reply', () => {
    const verdict = waiting(request(4, 606), left(607));
    expect(verdict).toMatchObject({ outcome: 'fail', evidence: [7, 8, 9] });
    expect(verdict.message).toBe('The client sent request 4 on connection-1 after it had read the notice.');
  });

  it('does not take a client for waiting that sends without replies, or has just asked', () => {
    const justAsked = [...served, request(3, 260), sent('notice', 300), read(305, 301)];
    const verdict = verdictOf(sendsNoMore, clientRecording([...justAsked, request(4, 310), left(320)]));
    expect(verdict.outcome).toBe('pass');
  });

  it('counts no request that a late loop may only have reported late', () => {
    expect(idle(request(3, 261), fleetLag(200, 380), request(4, 381), left(400)).outcome).toBe('pass');
  });

  it('does not apply to a client that was not told, or did not obey', () => {
    expect(verdictOf(sendsNoMore, clientRecording(served)).outcome).toBe('not-applicable');
    expect(idle(request(3, 261), request(4, 361), endedByHarness(3000)).outcome).toBe('not-applicable');
    expect(idle(request(3, 261), request(4, 361), left(3000)).outcome).toBe('not-applicable');
  });
});

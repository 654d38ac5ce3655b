import { describe, expect, it } from 'vitest';
import {
  accepted,
  clientRecording,
  endedByHarness,
  fleetLag,
  left,
  read,
  request,
  sent,
  served,
  serverLeft,
  stop,
} from '../../testing/client-recording.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { clientCloses } from './closes.js';

const told = (...rest: Parameters<typeof clientRecording>[0]) =>
  verdictOf(clientCloses, clientRecording([...served, sent('notice', 200), ...rest]));
const waiting = (...rest: Parameters<typeof clientRecording>[0]) =>
  verdictOf(clientCloses, clientRecording([...served, request(3, 300), sent('notice', 700), ...rest]));

describe('client.closes', () => {
  it('passes when the connection is closed within a second of the reading', () => {
    expect(told(read(210, 201), left(900))).toMatchObject({ outcome: 'pass', evidence: [6, 7, 8] });
  });

  it('counts from the reading, not from the sending', () => {
    expect(told(read(3000, 2990), left(3010)).outcome).toBe('pass');
  });

  it('passes for a reset too: it is closed', () => {
    expect(told(read(210, 201), left(300, 'rst')).outcome).toBe('pass');
  });

  it('fails when it is closed later', () => {
    expect(waiting(read(710, 701), left(2200))).toMatchObject({
      outcome: 'fail',
      observed: 'closed 1.5 s after it had read the notice',
      expected: 'closed within 1 s of reading the notice',
    });
  });

  it('gives a client between two exchanges its own pause beside, and says so', () => {
    expect(told(read(210, 201), left(1250)).outcome).toBe('pass');
    expect(told(read(210, 201), left(1500))).toMatchObject({
      outcome: 'fail',
      expected: 'closed within 1 s of reading the notice (and of its own pause of 99 ms)',
    });
  });

  it('fails when it is still open in the end, and says what came', () => {
    const verdict = told(read(210, 201), request(3, 260), request(4, 360), endedByHarness(3000));
    expect(verdict).toMatchObject({
      outcome: 'fail',
      observed: 'still open 2.79 s after it had read the notice',
    });
    expect(verdict.message).toContain('and brought 2 further requests.');
  });

  it('fails when the notice has not been read by the deadline', () => {
    expect(told(endedByHarness(4000))).toMatchObject({
      outcome: 'fail',
      observed: 'not read by the client 3.8 s after the notice was sent',
    });
  });

  it('is no credit to the client that the harness ended it', () => {
    expect(told(read(210, 201), endedByHarness(3000), left(3001)).outcome).toBe('fail');
  });

  it('is untested when a delayed played server leaves it open', () => {
    const verdict = waiting(read(710, 701), fleetLag(100, 1750), left(1755));
    expect(verdict).toMatchObject({ outcome: 'untested', straddles: true });
  });

  it('does not apply where the server did not leave it the time', () => {
    expect(told(serverLeft('fin', 230), left(1900))).toMatchObject({
      outcome: 'not-applicable',
      message: expect.stringContaining('30 ms after its notice'),
    });
    expect(told(read(210, 201), serverLeft('fin', 3000)).outcome).toBe('fail');
  });

  it('is untested when it was late and nobody saw it read, or when the run ended too soon', () => {
    expect(told(left(1900)).outcome).toBe('untested');
    expect(told(read(210, 201), endedByHarness(700)).outcome).toBe('untested');
  });

  it('is untested when it could not be seen whether the client has read', () => {
    const missed = { type: 'missed', moment: 'it is read', reason: 'unseen', atMs: 3990 } as const;
    expect(told(missed, endedByHarness(4000)).outcome).toBe('untested');
  });

  it('judges each connection', () => {
    const other = 'connection-2';
    const events = [
      ...served,
      accepted(55, other),
      sent('notice', 200),
      { ...sent('notice', 200), connection: other },
      read(210, 201),
      { ...read(210, 201), connection: other },
      left(220),
      endedByHarness(3000),
    ];
    const verdict = verdictOf(clientCloses, clientRecording(events));
    expect(verdict).toMatchObject({ outcome: 'fail', message: expect.stringContaining(other) });
  });

  it('does not apply without a notice, to one with a reply, or to other runs', () => {
    const of = (events: Parameters<typeof clientRecording>[0], scenario?: string) =>
      verdictOf(clientCloses, clientRecording(events, scenario)).outcome;
    expect(of(served)).toBe('not-applicable');
    expect(of([...served, sent('reply-and-notice', 200), endedByHarness(3000)])).toBe('not-applicable');
    expect(of([...served, sent('notice', 200), endedByHarness(3000)], 'lost/fin')).toBe('not-applicable');
    expect(of([...served, stop(300)], 'between-exchanges')).toBe('not-applicable');
  });
});

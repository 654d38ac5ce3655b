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
import type { Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { noticeSplit } from './notice-split.js';

/** Nine bytes, 10 ms apart, each read before the next: the last one at 380 ms. */
const bytes = (count = 9): Written[] =>
  Array.from({ length: count }, (_, index) => [
    sent('notice-part', 300 + index * 10, 1),
    read(305 + index * 10, 301 + index * 10),
  ]).flat();
const split = (...rest: Written[]) =>
  clientRecording([...served, request(3, 260), ...bytes(), ...rest], 'notice/split');
const alone = (...rest: Written[]) =>
  clientRecording([...served, sent('notice', 200), read(210, 201), ...rest]);

describe('client.notice-split', () => {
  it('passes when the client closes after the last byte', () => {
    const verdict = verdictOf(noticeSplit, split(left(400)));
    expect(verdict).toMatchObject({
      outcome: 'pass',
      message: 'It closed connection-1 19 ms after it had read the notice.',
    });
  });

  it('counts from the last byte', () => {
    expect(verdictOf(noticeSplit, split(left(1380))).outcome).toBe('pass');
    expect(verdictOf(noticeSplit, split(left(1500))).outcome).toBe('fail');
  });

  it('fails when the client goes on, though it obeys the notice alone', () => {
    const recording = split(request(4, 361), endedByHarness(3000));
    expect(verdictOf(noticeSplit, recording, [recording, alone(left(220))]).outcome).toBe('fail');
  });

  it('does not apply where the client does not know the notice at all', () => {
    const recording = split(endedByHarness(3000));
    const verdict = verdictOf(noticeSplit, recording, [recording, alone(endedByHarness(3000))]);
    expect(verdict.outcome).toBe('not-applicable');
  });

  it('does not apply to the notice alone, nor to a client that has closed in the middle of it', () => {
    expect(verdictOf(noticeSplit, alone(endedByHarness(3000))).outcome).toBe('not-applicable');
    const early = clientRecording([...served, request(3, 260), ...bytes(1), left(306)], 'notice/split');
    expect(verdictOf(noticeSplit, early).outcome).toBe('not-applicable');
  });

  it('is untested when the error bar straddles the bound', () => {
    expect(verdictOf(noticeSplit, split(fleetLag(200, 1480), left(1485)))).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });
});

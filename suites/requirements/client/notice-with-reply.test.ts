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
import { clientCloses } from './closes.js';
import { noticeWithReply } from './notice-with-reply.js';

type Events = Parameters<typeof clientRecording>[0];
const glued = (...rest: Events) =>
  clientRecording(
    [...served, request(3, 260), sent('reply-and-notice', 261), read(270, 262), ...rest],
    'notice/with-reply',
  );
const alone = (...rest: Events) => clientRecording([...served, sent('notice', 200), read(210, 201), ...rest]);

describe('client.notice-with-reply', () => {
  it('passes when the client closes', () => {
    expect(verdictOf(noticeWithReply, glued(left(280))).outcome).toBe('pass');
  });

  it('passes when it looks at the rest only after its pause', () => {
    expect(verdictOf(noticeWithReply, glued(request(4, 361), left(1360))).outcome).toBe('pass');
  });

  it('fails when the client goes on, though it obeys the notice alone', () => {
    const recording = glued(request(4, 361), endedByHarness(3000));
    expect(verdictOf(noticeWithReply, recording, [recording, alone(left(220))])).toMatchObject({
      outcome: 'fail',
      observed: 'still open 2.73 s after it had read the notice',
    });
  });

  it('leaves pairs to client.closes: there it is chance what comes together', () => {
    const recording = { ...glued(request(4, 361), endedByHarness(3000)), kind: 'pair' } as const;
    const closes = verdictOf(clientCloses, recording);
    expect(closes).toMatchObject({
      outcome: 'fail',
      message: expect.stringContaining('together with a reply'),
    });
    expect(verdictOf(noticeWithReply, recording).outcome).toBe('not-applicable');
    const obeyed = { ...glued(left(280)), kind: 'pair' } as const;
    expect(verdictOf(clientCloses, obeyed).outcome).toBe('pass');
    expect(verdictOf(clientCloses, glued(left(280))).outcome).toBe('not-applicable');
  });

  it('does not apply where the client does not know the notice at all', () => {
    const recording = glued(endedByHarness(3000));
    const verdict = verdictOf(noticeWithReply, recording, [recording, alone(endedByHarness(3000))]);
    expect(verdict).toMatchObject({
      outcome: 'not-applicable',
      message: 'the client does not obey the notice alone: client.closes says so',
    });
  });

  it('does not apply to the notice alone', () => {
    expect(verdictOf(noticeWithReply, alone(endedByHarness(3000))).outcome).toBe('not-applicable');
  });

  it('is untested when the error bar straddles the bound', () => {
    expect(verdictOf(noticeWithReply, glued(fleetLag(200, 1400), left(1405)))).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
  });
});

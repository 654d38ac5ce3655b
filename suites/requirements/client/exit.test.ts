import { describe, expect, it } from 'vitest';
import {
  accepted,
  clientRecording,
  endedByHarness,
  exit,
  harnessLag,
  left,
  read,
  sent,
  served,
  traceback,
} from '../../testing/client-recording.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { clientExit } from './exit.js';

type Events = Parameters<typeof clientRecording>[0];
const told = (...rest: Events) =>
  verdictOf(
    clientExit,
    clientRecording([...served, sent('notice', 200), read(210, 201), left(220), ...rest]),
  );
const reconnects = (...rest: Events) =>
  verdictOf(
    clientExit,
    clientRecording([...served, sent('notice', 200), read(210, 201), left(220), ...rest], 'notice/alone', {
      contract: { afterNotice: 'reconnect' },
    }),
  );

describe('client.exit', () => {
  it('passes with status 0', () => {
    expect(told(exit(0, 230))).toMatchObject({ outcome: 'pass', evidence: [6, 8, 9] });
  });

  it('passes with another status that the contract lists', () => {
    const events = [...served, sent('notice', 200), read(210, 201), left(220), exit(3, 230)];
    const recording = clientRecording(events, 'notice/alone', { contract: { exitStatus: [0, 3] } });
    expect(verdictOf(clientExit, recording).outcome).toBe('pass');
  });

  it('fails with a status that is not accepted, or a signal that nobody sent', () => {
    expect(told(exit(1, 230))).toMatchObject({ outcome: 'fail', observed: 'exit status 1' });
    expect(told(exit('SIGPIPE', 230))).toMatchObject({ outcome: 'fail', observed: 'death by SIGPIPE' });
  });

  it('fails when it lives on, or ends after its deadline', () => {
    expect(told(endedByHarness(3900))).toMatchObject({ outcome: 'fail', observed: 'alive after 3.69 s' });
    expect(told(exit(0, 3000)).outcome).toBe('fail');
  });

  it('fails with a traceback, whatever the status', () => {
    expect(told(traceback(225), exit(0, 230))).toMatchObject({
      outcome: 'fail',
      expected: 'no traceback after the notice',
    });
  });

  it('is no matter of what was written before the notice', () => {
    expect(told(traceback(100), exit(0, 230)).outcome).toBe('pass');
  });

  it('is untested when the error bar straddles the deadline, or the run ended before it', () => {
    expect(told(harnessLag(100, 2500), exit(0, 2505))).toMatchObject({
      outcome: 'untested',
      straddles: true,
    });
    expect(told(endedByHarness(1000)).outcome).toBe('untested');
  });

  it('demands of a client that reconnects that it does', () => {
    expect(reconnects(accepted(400, 'connection-2'), endedByHarness(500)).outcome).toBe('pass');
    expect(reconnects(exit(0, 230))).toMatchObject({ outcome: 'fail', observed: 'exit status 0' });
    expect(reconnects(endedByHarness(3000))).toMatchObject({
      outcome: 'fail',
      observed: 'no new connection in 2.8 s',
    });
    expect(reconnects(endedByHarness(1000)).outcome).toBe('untested');
    expect(reconnects(traceback(300), accepted(400, 'connection-2')).outcome).toBe('fail');
  });

  it('does not apply to a client that was not told, or did not close', () => {
    expect(verdictOf(clientExit, clientRecording([...served, exit(1, 300)])).outcome).toBe('not-applicable');
    const open = [...served, sent('notice', 200), read(210, 201), endedByHarness(3000)];
    expect(verdictOf(clientExit, clientRecording(open)).outcome).toBe('not-applicable');
  });
});

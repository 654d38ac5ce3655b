import { describe, expect, it } from 'vitest';
import { recordingOf, type Written } from '../../testing/recording-builder.js';
import { verdictOf } from '../../testing/verdict-of.js';
import { stopIsAcknowledged } from './acknowledged.js';

const output = (atMs: number, text: string): Written => ({ type: 'output', stream: 'stderr', text, atMs });
const stop: Written = { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 200 };
const exit: Written = { type: 'exit', pid: 10, code: 0, signal: null, atMs: 900 };

describe('stop.acknowledged', () => {
  it('passes with a line between the signal and the exit', () => {
    const verdict = verdictOf(stopIsAcknowledged, recordingOf([stop, output(203, 'stopping\n'), exit]));
    expect(verdict).toMatchObject({ outcome: 'pass', evidence: [0, 1, 2] });
    expect(verdict.message).toContain('"stopping"');
  });

  it('passes with a line that is observed a little after the exit', () => {
    expect(verdictOf(stopIsAcknowledged, recordingOf([stop, exit, output(930, 'bye\n')])).outcome).toBe(
      'pass',
    );
  });

  it('fails when the only output came before the signal', () => {
    const verdict = verdictOf(stopIsAcknowledged, recordingOf([output(100, 'listening\n'), stop, exit]));
    expect(verdict).toMatchObject({ outcome: 'fail', observed: 'no output', evidence: [1, 2] });
  });

  it('fails when the output after the signal is blank', () => {
    expect(verdictOf(stopIsAcknowledged, recordingOf([stop, output(300, ' \n'), exit])).outcome).toBe('fail');
  });

  it('says that a target without a handler died by the signal', () => {
    const death: Written = { type: 'exit', pid: 10, code: null, signal: 'SIGTERM', atMs: 201 };
    const verdict = verdictOf(stopIsAcknowledged, recordingOf([stop, death]));
    expect(verdict.message).toContain('it died by SIGTERM, as a process does that has no handler');
  });

  it('passes when the line is read after the exit, since a pipe keeps it', () => {
    const late: Written = { type: 'output', stream: 'stdout', text: 'stopping\n', atMs: 1300 };
    expect(verdictOf(stopIsAcknowledged, recordingOf([stop, exit, late])).outcome).toBe('pass');
  });

  it('is untested without an exit, and does not apply outside of idle', () => {
    expect(verdictOf(stopIsAcknowledged, recordingOf([stop]))).toMatchObject({ outcome: 'untested' });
    const busy = recordingOf([stop, exit], { run: { scenario: 'busy-clients' } });
    expect(verdictOf(stopIsAcknowledged, busy).outcome).toBe('not-applicable');
  });
});

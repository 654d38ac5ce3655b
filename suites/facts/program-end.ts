import type { Recording } from '../../harness/recording/recording.js';
import type { Judgement } from '../requirement.js';
import { findTraceback } from '../requirements/output/find-traceback.js';
import { acceptedInWords, endInWords, imitatedSignal, isAccepted, isCrash, ownExit } from './exits.js';
import { notApplicable, pass, places, straddling, untested } from './judgements.js';
import { endedByHarness, firstStop, type Stop, treeGone } from './stop.js';
import { between, duration, inWords, window } from './time.js';
import { treeEnd } from './tree-end.js';

/** Whether a program that was sent one stop signal ended in good order: in time, with an accepted status, without a traceback. */
export function orderlyStop(recording: Recording): Judgement {
  const stop = firstStop(recording);
  if (!stop) return notApplicable('no stop signal was sent');
  const { deadlineMs, toleranceMs } = recording.contract;
  const end = treeEnd(recording, stop.delivered, deadlineMs + toleranceMs);
  const evidence = places(stop, ownExit(recording), treeGone(recording), endedByHarness(recording));
  const { signal } = stop.event;
  const expected = `gone within ${duration(deadlineMs)} of ${signal}`;
  switch (end.kind) {
    case 'unknown':
      return untested('the end of the program was not seen', evidence);
    case 'cut-off':
      return untested('the harness ended the program before its deadline was over', evidence);
    case 'unsure':
      return straddling(`the program was gone ${inWords(end.elapsed)} after ${signal}`, evidence);
    case 'ended-unsure':
      return straddling(`the program was still there ${inWords(end.elapsed)} after ${signal}`, evidence);
    case 'ended': {
      const elapsed = duration(end.elapsed.minMs);
      return {
        outcome: 'fail',
        message: `The program did not stop: ${elapsed} after ${signal} the harness had to end it.`,
        expected,
        observed: `not stopped after ${elapsed}`,
        evidence,
      };
    }
    case 'late':
      return {
        outcome: 'fail',
        message: `The program was gone ${inWords(end.elapsed)} after ${signal}, ${duration(end.elapsed.maxMs - deadlineMs)} past its deadline.`,
        expected,
        observed: `gone after ${inWords(end.elapsed)}`,
        evidence,
      };
    default:
      return orderlyExit(recording, stop, evidence);
  }
}

function orderlyExit(recording: Recording, stop: Stop, evidence: readonly number[]): Judgement {
  const exit = ownExit(recording);
  if (!exit) return untested('the end of the program was not seen', evidence);
  if (exit.event.atMs < stop.event.beforeMs)
    return notApplicable('the program ended before the stop signal was sent');
  const { signal } = stop.event;
  const elapsed = between(stop.delivered, window(recording, exit.event));
  const end = endInWords(exit.event);
  const traceback = findTraceback(recording, { fromMs: stop.event.beforeMs });
  if (traceback) {
    return {
      outcome: 'fail',
      message: `After ${signal} the program wrote a ${traceback.runtime} traceback: ${traceback.quote}; it ended with ${end}.`,
      expected: 'an end without a traceback',
      observed: traceback.quote,
      evidence: [...new Set([stop.index, ...traceback.evidence, exit.index])],
    };
  }
  if (isAccepted(recording, exit) && !isCrash(recording, exit.event))
    return pass(`It ended with ${end}, ${inWords(elapsed)} after ${signal}.`, evidence);
  const imitated = imitatedSignal(recording, exit.event);
  const why =
    imitated === undefined ? '' : `: it called exit(128 + the number of ${imitated}) instead of dying by it`;
  return {
    outcome: 'fail',
    ...(imitated === undefined ? {} : { level: 'SHOULD' as const }),
    message: `The program ended with ${end}, ${inWords(elapsed)} after ${signal}${why}.`,
    expected: acceptedInWords(recording, [signal]),
    observed: end,
    evidence,
  };
}

/** The run of one stop signal, and nothing else, to which other runs are compared. */
export function workingRun(siblings: readonly Recording[], signal: string): Recording | undefined {
  return siblings.find(({ run }) => run.scenario === 'working' && run.signal === signal);
}

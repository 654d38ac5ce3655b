import { describe, expect, it } from 'vitest';
import type { OwnRequirement } from '../../suites/own.js';
import type { Judgement } from '../../suites/requirement.js';
import { recordingOf } from '../../suites/testing/recording-builder.js';
import { verdictOf } from '../../suites/testing/verdict-of.js';
import { guardRequirement } from './guard-requirement.js';

const recording = recordingOf([
  { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 200 },
  { type: 'exit', pid: 10, code: 0, signal: null, atMs: 900 },
]);
const pass: Judgement = { outcome: 'pass', message: 'well', evidence: [0] };

function guarded(given: Partial<Record<keyof OwnRequirement, unknown>>) {
  const whole = { id: 'my.thing', level: 'MUST', statement: 's', because: 'b', remedy: { general: 'g' } };
  return guardRequirement({ ...whole, ...given } as OwnRequirement, './mine.mjs');
}

describe('a requirement of a suite', () => {
  it('judges like any other', () => {
    expect(verdictOf(guarded({ judge: () => pass }), recording)).toEqual(pass);
    const applies = guarded({ notApplicable: () => 'no clients', judge: () => pass });
    expect(verdictOf(applies, recording)).toMatchObject({ outcome: 'not-applicable', message: 'no clients' });
  });

  it('that throws is untested, and the message names the suite, the error and its place', () => {
    const judge = () => {
      throw new TypeError('x is not a function');
    };
    const { outcome, message } = verdictOf(guarded({ judge }), recording);
    expect(outcome).toBe('untested');
    expect(message).toMatch(
      /^judge\(\) of my\.thing is at fault, and not the target: it threw TypeError: x is not a function/,
    );
    expect(message).toContain('(suite ./mine.mjs)');
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'it returned nothing, and no judgement'],
    ['true', true, 'it returned true, and no judgement'],
    ['an outcome that there is not', { ...pass, outcome: 'ok' }, "whose outcome is 'ok'"],
    ['a pass without evidence', { outcome: 'pass', message: 'well' }, 'whose evidence is nothing'],
    ['an empty message', { ...pass, message: '' }, "whose message is ''"],
    ['a fail without what was expected', { ...pass, outcome: 'fail' }, 'whose expected is nothing'],
    ['a key that there is not', { ...pass, note: 1 }, 'whose note is'],
    ['evidence that is no event', { ...pass, evidence: [2] }, 'names event 2, and the recording has 2'],
    ['evidence that is no index', { ...pass, evidence: [-1] }, 'whose evidence.0 is -1'],
  ])('that answers %s is untested, and never a pass', (_what, answer, said) => {
    const judgement = verdictOf(guarded({ judge: () => answer }), recording);
    expect(judgement).toMatchObject({ outcome: 'untested', evidence: [] });
    expect(judgement.message).toContain(said);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['gives', async () => pass],
    ['throws', () => Promise.reject(new Error('nobody awaits this'))],
  ])('that is an async function and %s is untested', (_what, judge) => {
    const judgement = verdictOf(guarded({ judge }), recording);
    expect(judgement.outcome).toBe('untested');
    expect(judgement.message).toContain('it returned a promise (a judge is no async function)');
  });

  it.each<[string, () => unknown, string]>([
    ['answers nonsense', () => 0, 'it returned 0'],
    ['answers an empty reason', () => '', "it returned ''"],
    [
      'throws',
      () => {
        throw new Error('no');
      },
      'it threw Error: no',
    ],
  ])('whose notApplicable() %s is untested, whatever its judge says', (_what, notApplicable, said) => {
    const judgement = verdictOf(guarded({ notApplicable, judge: () => pass }), recording);
    expect(judgement.outcome).toBe('untested');
    expect(judgement.message).toContain(
      `notApplicable() of my.thing is at fault, and not the target: ${said}`,
    );
  });

  it('cannot change what it judges: neither the others nor the report see another recording', () => {
    const changes = guarded({
      judge: (given: { events: unknown[] }) => {
        given.events.length = 0;
        return { ...pass, evidence: [] };
      },
    });
    expect(verdictOf(changes, recording)).toMatchObject({ outcome: 'untested' });
    expect(recording.events).toHaveLength(2);
    expect(Object.isFrozen(recording.events)).toBe(false);
  });

  it('finds its own recording among its siblings', () => {
    const judge = (given: object, siblings: readonly object[]) => {
      expect(siblings).toContain(given);
      expect(siblings).toHaveLength(2);
      return pass;
    };
    const other = recordingOf([]);
    expect(verdictOf(guarded({ judge }), recording, [other, recording])).toEqual(pass);
  });
});

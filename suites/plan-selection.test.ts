import { describe, expect, test } from 'vitest';
import { UsageError } from '../harness/errors.js';
import { core, fake, ids, judged, plan, requirementIds } from './testing/plan-samples.js';

describe('--only and --skip', () => {
  test.each<[string[], string[]]>([
    [['core/SIGINT'], ['core/SIGINT']],
    [['core'], ['core/SIGINT', 'core/SIGTERM']],
    [['early'], ['early-a/SIGINT', 'early-a/SIGTERM']],
    [['*/SIGTERM'], ['core/SIGTERM', 'early-a/SIGTERM', 'once/SIGTERM']],
    [
      ['core/*', 'second'],
      ['core/SIGINT', 'core/SIGTERM', 'second/SIGINT'],
    ],
    // A scenario's id means it as it is usually played; a run's id means that very run.
    [['once'], ['once/SIGTERM']],
    [['once/SIGINT'], ['once/SIGINT']],
  ])('--only %j plays %j', (only, expected) => {
    expect(ids({ only })).toEqual(expected);
    expect(judged({ only })).toEqual(requirementIds);
  });

  test('--only means a run in all ways in which signals are asked to come', () => {
    const some = [fake('core', { core: true, showsDelivery: 1 })];
    expect(ids({ only: ['core/SIGTERM'], deliveries: ['background'] }, some)).toEqual([
      'core/SIGTERM+background',
    ]);
    expect(ids({ only: ['core/*'], deliveries: ['process', 'group'] }, some)).toEqual([
      'core/SIGINT',
      'core/SIGINT+group',
      'core/SIGTERM',
      'core/SIGTERM+group',
    ]);
    expect(ids({ only: ['core/*'] }, some)).toEqual(['core/SIGINT', 'core/SIGTERM']);
    expect(ids({ skip: ['core/SIGTERM'], deliveries: ['group'] }, some)).toEqual(['core/SIGINT+group']);
  });

  test('--only with requirements plays everything and judges these', () => {
    expect(ids({ only: ['stop.*'] })).toEqual(core);
    expect(judged({ only: ['stop.*'] })).toEqual(['stop.one', 'stop.two']);
  });

  test('--only with both plays these runs and judges these requirements', () => {
    const only = ['core', 'notice.one'];
    expect([ids({ only }), judged({ only })]).toEqual([['core/SIGINT', 'core/SIGTERM'], ['notice.one']]);
  });

  test('--skip leaves out runs and requirements, also of what --only has chosen', () => {
    expect(ids({ skip: ['early', '*/SIGINT'] })).toEqual(['core/SIGTERM', 'once/SIGTERM']);
    expect(judged({ skip: ['stop.one'] })).toEqual(['stop.two', 'notice.one']);
    expect(ids({ skip: ['stop.one'] })).toEqual(core);
    expect(ids({ only: ['core'], skip: ['*/SIGINT'] })).toEqual(['core/SIGTERM']);
    expect(judged({ only: ['stop.*'], skip: ['stop.one'] })).toEqual(['stop.two']);
  });

  test.each(['only', 'skip'] as const)(
    '--%s with a pattern that matches nothing is wrong usage',
    (option) => {
      for (const pattern of ['cores', 'core/SIGHUP', 'stop.three', 'reload/SIGHUP']) {
        expect(() => plan({ [option]: ['core', pattern] })).toThrow(UsageError);
        expect(() => plan({ [option]: ['core', pattern] })).toThrow(pattern);
      }
    },
  );
});

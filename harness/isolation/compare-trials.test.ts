import { describe, expect, test } from 'vitest';
import { whatDiffers } from './compare-trials.js';
import type { TrialFacts } from './trial.js';

const good: TrialFacts = {
  problem: undefined,
  replies: ['status 200', 'status 200'],
  reached: [],
  end: 'status 0',
  lines: ['listening on port 8080 (pid 17)', 'GET / took 1.5 ms', 'request 3f2a-91bc'],
};
const trials = (changed: { plain?: object; first?: object; second?: object }) => ({
  plain: { ...good, ...changed.plain },
  first: { ...good, ...changed.first },
  second: { ...good, ...changed.second },
});

describe('a target is played in namespaces where trials show', () => {
  test('the same', () => {
    expect(whatDiffers(trials({}))).toBeUndefined();
  });

  test('the same but for numbers, durations and identifiers', () => {
    const lines = ['listening on port 8080 (pid 4711)', 'GET / took 950µs', 'request 77ae-0012'];
    expect(whatDiffers(trials({ first: { lines } }))).toBeUndefined();
  });

  test('the same wrong end: that is for the verdicts to say', () => {
    const end = 'status 1';
    expect(whatDiffers(trials({ plain: { end }, first: { end }, second: { end } }))).toBeUndefined();
  });

  test('fewer lines, or other ones of the instance that ends after another', () => {
    const second = { lines: ['unlink() failed: no such file'] };
    expect(whatDiffers(trials({ first: { lines: [] }, second }))).toBeUndefined();
  });
});

describe('it is not where', () => {
  const cases: [string, Parameters<typeof trials>[0], RegExp][] = [
    [
      'it holds a connection',
      { plain: { reached: ['10.0.0.3:5432'] } },
      /^it keeps a connection to 10\.0\.0\.3:5432/,
    ],
    [
      'a second start fails anywhere',
      { plain: { problem: 'it ended' } },
      /^a second start of it did not serve: it ended$/,
    ],
    [
      'it does not serve in one',
      { first: { problem: 'it ended' } },
      /^in a namespace of its own it did not serve: it ended$/,
    ],
    [
      'it answers otherwise',
      { first: { replies: ['status 200', 'status 500'] } },
      /a request came to status 500, and outside to status 200$/,
    ],
    [
      'it does not answer',
      { first: { replies: ['status 200'] } },
      /a request came to nothing, and outside to status 200$/,
    ],
    [
      'it ends otherwise',
      { first: { end: 'SIGSEGV' } },
      /it ended otherwise \(SIGSEGV\) than outside \(status 0\)$/,
    ],
    ['it complains', { first: { lines: ['cannot reach 10.0.0.3'] } }, /it wrote "cannot reach 10\.0\.0\.3"$/],
    [
      'two get into each other’s way',
      { second: { problem: 'it is locked' } },
      /^beside another of itself it did not serve: it is locked$/,
    ],
    [
      'the second ends otherwise',
      { second: { end: 'status 1' } },
      /^beside another of itself it ended otherwise/,
    ],
  ];
  test.each(cases)('%s', (_, changed, words) => {
    expect(whatDiffers(trials(changed))).toMatch(words);
  });
});

import { describe, expect, it } from 'vitest';
import { UsageError } from '../errors.js';
import { parseSuites } from './suite.js';
import { validateOptions } from './validate.js';

const own = { scenarios: [] };

describe('the option suite', () => {
  it.each<[string, unknown, unknown]>([
    ['a name', './mine.mjs', ['./mine.mjs']],
    ['what a module exports', own, [own]],
    ['several', ['./mine.mjs', own], ['./mine.mjs', own]],
  ])('is %s', (_what, given, suites) => {
    expect(parseSuites('suite', given as never)).toEqual(suites);
  });

  it.each([[3], [[null]], [[['./mine.mjs']]], [true]])('is not %j', (given) => {
    expect(() => parseSuites('suite', given as never)).toThrow(UsageError);
  });

  it('is one of every kind of target, and none where nothing is said', () => {
    const command = [process.execPath];
    for (const kind of ['server', 'client', 'program', 'pair'] as const) {
      const client = kind === 'pair' ? command : undefined;
      expect(validateOptions(command, { suite: own }, kind, client).suites).toEqual([own]);
    }
    expect(validateOptions(command).suites).toBeUndefined();
  });
});

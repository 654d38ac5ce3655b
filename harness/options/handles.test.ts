import { describe, expect, test } from 'vitest';
import { parseHandles, parseHandlesWords } from './handles.js';

/** What a `UsageError` says; the options and the fixes of this file are all of one kind. */
const misuse = (given: string, expected: RegExp, fix: RegExp) =>
  expect.objectContaining({
    name: 'UsageError',
    option: 'handles',
    given,
    expected: expect.stringMatching(expected),
    fix: expect.stringMatching(fix),
  });

test('a signal is handled by a line that is printed, or by an exit', () => {
  expect(parseHandles('handles', { usr1: 'reloaded \\d+', SIGALRM: 'exit:0', '12': 'exit:255' })).toEqual([
    { signal: 'SIGUSR2', exit: 255 },
    { signal: 'SIGUSR1', line: 'reloaded \\d+' },
    { signal: 'SIGALRM', exit: 0 },
  ]);
  // Its backslashes are the way out for a line that begins like an exit.
  expect(parseHandles('handles', { USR1: '^exit:0' })).toEqual([{ signal: 'SIGUSR1', line: '^exit:0' }]);
});

test('words are cut at their first equals sign', () => {
  expect(parseHandlesWords(['USR1=level=\\d', 'ALRM=exit:0'])).toEqual({ USR1: 'level=\\d', ALRM: 'exit:0' });
});

describe('rejected', () => {
  test.each<[Record<string, string>, string]>([
    [{ USR1: '' }, "'USR1='"],
    [{ '': 'reloaded' }, "'=reloaded'"],
    // The second one was said to be handled too.
    [{ 'USR1,USR2': 'reloaded' }, "'USR1,USR2=reloaded'"],
  ])('%j is not one signal and what is done on it', (value, given) => {
    expect(() => parseHandles('handles', value)).toThrow(
      misuse(given, /^one signal, and what/, /^write USR1=/),
    );
  });

  test.each(['exit:', 'exit:256', 'exit:-1', 'exit:0x1', 'exit:0\n', 'exit:zero'])(
    '%j is no status',
    (does) => {
      expect(() => parseHandles('handles', { ALRM: does })).toThrow(
        misuse(
          expect.stringContaining('ALRM=exit:') as never,
          /^a status from 0 to 255/,
          /^write for example ALRM=exit:0/,
        ),
      );
    },
  );

  test('one signal by two names', () => {
    const twice = misuse('SIGUSR1 twice', /^each signal once$/, /join the two expressions with \|/);
    expect(() => parseHandles('handles', { USR1: 'a', '10': 'b' })).toThrow(twice);
  });

  test('signals that nobody knows or can handle, and expressions that are none, in the words for these', () => {
    expect(() => parseHandles('handles', { URS1: 'a' })).toThrow(
      misuse("'URS1'", /^signals that/, /SIGUSR1\?$/),
    );
    expect(() => parseHandles('handles', { KILL: 'a' })).toThrow(
      misuse("'KILL'", /can handle$/, /SIGKILL out/),
    );
    expect(() => parseHandles('handles', { USR1: '(' })).toThrow(
      misuse("'('", /regular expression/, /group/),
    );
  });

  test.each([
    ['USR1', "'USR1'"],
    ['=reloaded', "'=reloaded'"],
    ['', "''"],
    ['USR1,USR2=reloaded', "'USR1,USR2=reloaded'"],
  ])('the word %j', (word, given) => {
    expect(() => parseHandlesWords(['ALRM=exit:0', word])).toThrow(
      misuse(given, /^one signal, and what/, /^write/),
    );
  });

  test('a word for a signal that has one already', () => {
    expect(() => parseHandlesWords(['USR1=a', 'USR1=b'])).toThrow(
      misuse('USR1 twice', /^each signal once$/, /join/),
    );
  });

  // What every object has is no signal that was named before, and none that may be lost.
  test.each(['constructor', '__proto__', 'toString'])('the word %s=a: it is no signal', (name) => {
    expect(() => parseHandlesWords([`${name}=a`])).toThrow(misuse(`'${name}'`, /^signals that/, /kill -l/));
  });
});

import { describe, expect, test } from 'vitest';
import { checkSignalLists, parseSignals } from './signals.js';

describe('a list of signals', () => {
  test.each(['SIGTERM', 'TERM', 'term', 'sigterm', '15', ' TERM '])('knows %j as SIGTERM', (text) => {
    expect(parseSignals('stopSignals', text)).toEqual(['SIGTERM']);
  });

  test('keeps the order and drops duplicates, however they are written', () => {
    expect(parseSignals('stopSignals', 'INT, 15,TERM,sigint')).toEqual(['SIGINT', 'SIGTERM']);
    expect(parseSignals('stopSignals', ['HUP', 'SIGHUP'])).toEqual(['SIGHUP']);
    expect(parseSignals('ignoreSignals', 'IOT')).toEqual(['SIGABRT']);
  });

  test.each([
    ['SIGTREM', 'did you mean SIGTERM?'],
    ['TREM', 'did you mean SIGTERM?'],
    ['constructor', '`kill -l` lists them'],
    ['FOO', '`kill -l` lists them'],
    ['0', '`kill -l` lists them'],
    ['999', '`kill -l` lists them'],
  ])('rejects %s: %s', (text, fix) => {
    expect(() => parseSignals('reloadSignals', `TERM,${text}`)).toThrow(
      expect.objectContaining({ option: 'reloadSignals', given: `'${text}'`, fix }),
    );
  });

  test.each(['KILL', 'sigstop', '9'])('rejects %s, which nobody can handle', (text) => {
    expect(() => parseSignals('ignoreSignals', text)).toThrow(/cannot be caught, blocked or ignored/);
  });
});

describe('the three lists', () => {
  const none = { stopSignals: undefined, reloadSignals: [], ignoreSignals: [] };

  test('may leave the stop signals to the survey', () => {
    expect(() => checkSignalLists({ ...none, reloadSignals: ['SIGHUP'] })).not.toThrow();
  });

  test('need at least one stop signal where they are named', () => {
    expect(() => checkSignalLists({ ...none, stopSignals: [] })).toThrow(
      expect.objectContaining({ option: 'stopSignals', given: 'none' }),
    );
  });

  test('give each signal one meaning', () => {
    const hup = ['SIGHUP'] as const;
    expect(() => checkSignalLists({ ...none, stopSignals: hup, ignoreSignals: hup })).toThrow(
      expect.objectContaining({
        option: 'ignoreSignals',
        given: 'SIGHUP, which is also said to mean "stop"',
      }),
    );
    expect(() => checkSignalLists({ ...none, reloadSignals: hup, ignoreSignals: hup })).toThrow(/"reload"/);
  });
});

import { describe, expect, test } from 'vitest';
import { compileGlob, parsePatterns, patternMatchedNothing } from './patterns.js';

describe('a glob', () => {
  test.each([
    ['idle-clients/SIGTERM', 'idle-clients/SIGTERM'],
    ['*', 'idle/SIGTERM+group'],
    ['idle*', 'idle-clients/SIGTERM'],
    ['*/SIGTERM', 'idle/SIGTERM'],
    ['idle/SIG????', 'idle/SIGTERM'],
    ['notice.*', 'notice.every-client'],
    ['{idle,busy}-clients/*', 'busy-clients/SIGINT'],
    ['idle/SIGTERM+group', 'idle/SIGTERM+group'],
    ['{,idle}', ''],
  ])('%s fits %j', (pattern, id) => {
    expect(compileGlob(pattern)(id)).toBe(true);
  });

  test.each([
    ['idle', 'idle-clients'],
    ['idle', 'my-idle'],
    ['notice.*', 'noticeXevery-client'],
    ['idle/SIG???', 'idle/SIGTERM'],
    ['{idle,busy}', 'idle,busy'],
    ['[ab]', 'a'],
    ['idle|busy', 'idle'],
    ['IDLE', 'idle'],
    ['a+', 'aa'],
  ])('%s does not fit %j', (pattern, id) => {
    expect(compileGlob(pattern)(id)).toBe(false);
  });

  test.each(['', ' ', 'a b', '{a', 'a}', '{a,{b}}'])('%j is rejected', (pattern) => {
    expect(() => parsePatterns('only', ['idle', pattern])).toThrow(
      expect.objectContaining({ option: 'only', given: `'${pattern}'` }),
    );
  });
});

describe('a pattern that matches nothing', () => {
  const candidates = ['idle/SIGTERM', 'idle-clients/SIGTERM', 'idle', 'notice.every-client', 'notice.once'];

  test.each([
    ['idle-client/SIGTERM', 'did you mean idle-clients/SIGTERM?'],
    ['notice.oncee*', 'did you mean notice.once?'],
    ['every', "did you mean '*every*', which matches notice.every-client?"],
    ['xyzzy*plugh', '`signal-conformance list` shows all ids; a run is <scenario>/<signal>'],
    ['*', '`signal-conformance list` shows all ids; a run is <scenario>/<signal>'],
  ])('%s: %s', (pattern, fix) => {
    const error = patternMatchedNothing('skip', pattern, candidates);
    expect(error).toMatchObject({ option: 'skip', given: `'${pattern}'`, fix });
  });
});

import { describe, expect, test } from 'vitest';
import { cookieIn, cookieName, cookieOf } from './cookie.js';

const own = cookieOf('77-abc', 'idle/SIGTERM~1', 0);

describe('cookieIn', () => {
  test.each([
    ['first', `${cookieName}=${own}\0PATH=/bin\0`],
    ['in the middle', `A=1\0${cookieName}=${own}\0B=2\0`],
    ['last', `A=1\0${cookieName}=${own}\0`],
    ['last, in a block without a final NUL', `A=1\0${cookieName}=${own}`],
  ])('finds a cookie that stands %s', (_where, environment) => {
    expect(cookieIn(environment)).toBe(own);
  });

  test.each([
    ['an empty block', ''],
    ['a block without it', 'PATH=/bin\0HOME=/\0'],
    ['a variable that ends like it', `X${cookieName}=${own}\0`],
    ['a variable that begins like it', `A=1\0${cookieName}_OLD=${own}\0`],
    ['a value that mentions it', `A=${cookieName}=${own}\0`],
  ])('finds none in %s', (_what, environment) => {
    expect(cookieIn(environment)).toBeUndefined();
  });

  test('an emptied cookie is an empty one, and no longer anybody’s', () => {
    expect(cookieIn(`${cookieName}=\0A=1\0`)).toBe('');
  });
});

test('sessions, runs and instances have different cookies', () => {
  const cookies = [own, cookieOf('78-abc', 'idle/SIGTERM~1', 0), cookieOf('77-abc', 'idle/SIGTERM~2', 0)];
  cookies.push(cookieOf('77-abc', 'idle/SIGTERM~1', 1));
  expect(new Set(cookies).size).toBe(4);
  expect(own.startsWith('77-abc/')).toBe(true);
});

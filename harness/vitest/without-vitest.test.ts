import { expect, test } from 'vitest';
import { withoutVitest } from './without-vitest.js';

const missing = (name: string) =>
  Object.assign(new Error(`Cannot find package '${name}' imported from /x/register.js`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });

test('it is said when Vitest is missing, and nothing else is taken for that', () => {
  const error = missing('vitest');
  expect(withoutVitest(error)).toMatchObject({
    message: expect.stringMatching(/^signal-conformance\/vitest needs Vitest 3\.2 or later.+npm install/),
    cause: error,
  });
  for (const other of [missing('execa'), new Error("package 'vitest'"), 'x'])
    expect(withoutVitest(other)).toBe(other);
});

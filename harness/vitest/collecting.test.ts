import { expect, test } from 'vitest';
import { checkCollecting, isLeftOut, underVitest } from './collecting.js';

const file = { type: 'suite', filepath: '/me/server.test.ts' };

test.each([
  ['before a file is collected', {}],
  ['while a file is collected', { current: file }],
])('tests can be registered %s', (_when, worker) => {
  expect(() => checkCollecting(worker)).not.toThrow();
});

test.each([
  ['a hook of the file', { ...file, collectDuration: 12 }],
  ['a hook of a suite', { type: 'suite' }],
  ['a test', { type: 'test' }],
])('they cannot in %s', (_where, current) => {
  expect(() => checkCollecting({ current: current as never })).toThrow(
    /conformance\(\): expected a call at the top level .+, given a call in a test or a hook; take it out/,
  );
});

test('the Vitest that runs this test says where it is', () => {
  expect(() => checkCollecting()).toThrow('given a call in a test or a hook');
});

test('what a describe around it leaves out is left out', () => {
  const around = (mode: string) => ({ suite: { mode: 'run', suite: { mode: 'run', suite: { mode } } } });
  expect(isLeftOut(around('skip'))).toBe(true);
  expect(isLeftOut(around('run'))).toBe(false);
  expect(isLeftOut(undefined)).toBe(false);
});

test('a file that Vitest does not run is told how to run it, and errors of Vitest stay', () => {
  const fail = () => {
    throw new TypeError('config');
  };
  expect(() => underVitest(fail, {})).toThrow(TypeError);
  // The default is the worker of this test.
  expect(() => underVitest(fail)).toThrow(TypeError);
  // `undefined` would be the default.
  const none = null as never;
  expect(() => underVitest(fail, none)).toThrow(
    'conformance(): expected a test file that Vitest runs, given a file that something else runs; write `npx vitest run',
  );
  expect(underVitest(() => 1, none)).toBe(1);
});

import { expect, test } from 'vitest';
import { differenceOf } from './same-target.js';

const server = (...command: string[]) => ({ kind: 'server' as const, command });

test.each([
  [
    ['node', 'server.js'],
    ['/usr/bin/node', './server.js'],
  ],
  [
    ['node', 'server.js'],
    ['node', '/ci/work/project/server.js'],
  ],
  [
    ['node', 'dist/server.js'],
    ['node', '/home/me/project/dist/server.js'],
  ],
  [
    ['node', '/ci/work/server.js'],
    ['node', '/home/me/project/server.js'],
  ],
  [
    ['./server', '--config=/ci/a.json', '-p', '{port}'],
    ['/opt/server', '--config=/home/a.json', '-p', '{port}'],
  ],
])('%j and %j are one target on two machines', (one, other) => {
  expect(differenceOf(server(...one), server(...other))).toBeUndefined();
  expect(differenceOf(server(...other), server(...one))).toBeUndefined();
});

test.each([
  [
    ['node', 'server.js'],
    ['node', 'good'],
  ],
  [
    ['node', 'server.js'],
    ['node', 'server.js', '--fast'],
  ],
  [
    ['node', 'a/server.js'],
    ['node', 'b/server.js'],
  ],
  [
    ['node', 'a/server.js'],
    ['node', '/ci/b/server.js'],
  ],
  [
    ['node', 'server.js'],
    ['node', 'other-server.js'],
  ],
  [
    ['x', '--config=/ci/a.json'],
    ['x', '--config=/ci/b.json'],
  ],
  [
    ['x', '--config=/ci/a.json'],
    ['x', '--other=/ci/a.json'],
  ],
  [
    ['x', '--port', '80'],
    ['x', '--port', '81'],
  ],
  [
    ['gunicorn', 'wsgi:app'],
    ['gunicorn', 'wsgi:other'],
  ],
])('%j and %j are two targets', (one, other) => {
  expect(differenceOf(server(...one), server(...other))).toBe('command');
  expect(differenceOf(server(...other), server(...one))).toBe('command');
});

test('of a pair both commands count', () => {
  const pair = (client: string) => ({ kind: 'pair' as const, command: ['s'], client: [client] });
  expect(differenceOf(pair('a'), pair('b'))).toBe('command');
  expect(differenceOf(pair('a'), pair('a'))).toBeUndefined();
});

test('names decide where both have one, and a kind is always another target', () => {
  const named = (name: string, ...command: string[]) => ({ ...server(...command), name });
  expect(differenceOf(named('api', 'a'), named('api', 'b'))).toBeUndefined();
  expect(differenceOf(named('api', 'a'), named('worker', 'a'))).toBe('name');
  expect(differenceOf(named('api', 'a'), server('b'))).toBe('command');
  expect(differenceOf(named('api', 'a'), server('a'))).toBeUndefined();
  expect(differenceOf({ ...named('api', 'a'), kind: 'program' }, named('api', 'a'))).toBe('kind');
});

test('what does not say its command may be any', () => {
  expect(differenceOf({ kind: 'server' }, server('a'))).toBeUndefined();
});

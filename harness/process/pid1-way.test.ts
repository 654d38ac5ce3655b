import { expect, test } from 'vitest';
import { firstOf, type Pid1Way, whyNoPid1 } from './pid1-way.js';

const ways: Pid1Way[] = ['a', 'b', 'c'].map((name) => ({ unshare: [name], nsenter: [] }));

test('the first way that works is taken, and none is tried after it', async () => {
  const tried: string[] = [];
  const way = await firstOf(ways, async ({ unshare: [name = ''] }) => {
    tried.push(name);
    return name === 'b' ? undefined : 'not permitted';
  });
  expect(way).toBe(ways[1]);
  expect(tried).toEqual(['a', 'b']);
});

test('where none works, it is told why the last did not', async () => {
  expect(await firstOf(ways, async ({ unshare: [name] }) => `${name} is not permitted`)).toBe(
    'c is not permitted',
  );
});

test('other systems have no such thing, and nothing is tried', async () => {
  expect(await whyNoPid1('darwin')).toBe('only Linux has PID namespaces');
});

import { expect, test } from 'vitest';
import { joined, watched } from './watched.js';

function list() {
  let looks = 0;
  const items = watched([1, 2, 3], () => {
    looks += 1;
  });
  return { items, looks: () => looks };
}

test('to make another list of it is not to look into it', () => {
  const { items, looks } = list();
  const other = joined(
    [0],
    items.filter((item) => item > 1),
    items.map((item) => item * 10).flatMap((item) => [item, item]),
  );
  expect(looks()).toBe(0);
  expect([...other]).toEqual([0, 2, 3, 10, 10, 20, 20, 30, 30]);
  expect(looks()).toBeGreaterThan(0);
});

test.each<[string, (items: readonly number[]) => unknown]>([
  ['its length', (items) => items.length],
  ['a place of it', (items) => items[0]],
  ['find', (items) => items.find((item) => item === 9)],
  ['some', (items) => items.some((item) => item === 1)],
  ['every', (items) => items.every((item) => item === 1)],
  ['includes', (items) => items.includes(2)],
  ['a loop over it', (items) => [...items]],
  ['for of', (items) => Array.from(items)],
  ['in', (items) => 0 in items],
  ['its keys', (items) => Object.keys(items)],
  ['what a filter left of it', (items) => items.filter((item) => item > 5).length],
  ['what it is joined to', (items) => joined([1], items).find((item) => item === 1)],
])('%s is a look into it', (_what, look) => {
  const { items, looks } = list();
  look(items);
  expect(looks()).toBeGreaterThan(0);
});

test('lists that nobody watches are joined as they are', () => {
  expect(joined([1], [2, 3], [])).toEqual([1, 2, 3]);
});

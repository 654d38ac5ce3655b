import { expect, test } from 'vitest';
import { Requests } from './requests.js';

const texts = (requests: Requests, text: string) =>
  requests.take(Buffer.from(text)).map(({ exchange, message }) => [exchange, message.toString()]);

test('lines, however they are cut', () => {
  const requests = new Requests();
  expect(texts(requests, 'one\ntw')).toEqual([[1, 'one\n']]);
  expect(texts(requests, 'o\nthree\n')).toEqual([
    [2, 'two\n'],
    [3, 'three\n'],
  ]);
  expect(texts(requests, '')).toEqual([]);
});

test('a client that ends its first message with no newline sends one message at a time', () => {
  const requests = new Requests();
  expect(texts(requests, 'hello')).toEqual([[1, 'hello']]);
  expect(texts(requests, 'a\nb')).toEqual([[2, 'a\nb']]);
});

test('a line without an end is not waited for', () => {
  const requests = new Requests();
  expect(texts(requests, 'one\n')).toHaveLength(1);
  expect(requests.take(Buffer.alloc(70_000, 'x'))).toMatchObject([{ exchange: 2 }]);
  expect(texts(requests, 'three\n')).toEqual([[3, 'three\n']]);
});

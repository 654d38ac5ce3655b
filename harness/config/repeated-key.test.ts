import { expect, test } from 'vitest';
import { repeatedKey } from './repeated-key.js';

test.each([
  ['two targets of one name', '{"targets": {"a": {"command": ["x"]}, "a": {}}}', ['targets', 'a']],
  ['a key that is spelt in two ways', '{"a": 1, "\\u0061": 2}', ['a']],
  ['a key deep in a list', '{"x": [1, {"b": ",{", "c": [], "b": 2}]}', ['x', '1', 'b']],
])('finds %s', (_, json, path) => {
  expect(JSON.parse(json)).toBeDefined();
  expect(repeatedKey(json)).toEqual(path);
});

test.each([
  ['the same key in two objects', '{"a": {"b": 1}, "c": {"b": 1, "a": {"a": 1}}}'],
  ['a value that is like a key', '{"a": "b", "b": "a", "c": ["a", "a"], "d": "\\"a\\":1"}'],
  ['no object at all', '[["a"], "a", 1]'],
])('takes %s for none', (_, json) => {
  expect(JSON.parse(json)).toBeDefined();
  expect(repeatedKey(json)).toBeUndefined();
});

import { expect, test } from 'vitest';
import { requirements } from '../../suites/catalogue.js';
import { parseEdition } from './edition.js';

const some = [
  { id: 'stop.a', since: 2026 },
  { id: 'stop.b', since: 2028 },
] as const;

test('what was added after the year is later', () => {
  expect([...parseEdition('2026', some, 2029).later]).toEqual(['stop.b']);
  expect([...parseEdition('2027', some, 2029).later]).toEqual(['stop.b']);
  expect([...parseEdition('2028', some, 2029).later]).toEqual([]);
  expect(parseEdition('2029', some, 2029).year).toBe(2029);
});

test('a clock that is behind the last edition does not refuse that', () => {
  expect(parseEdition('2028', some, 1970).year).toBe(2028);
});

test.each(['2025', '2030', '26', 'latest', '', '2026.5', '-2026'])('%j is refused', (text) => {
  expect(() => parseEdition(text, some, 2029)).toThrow('a year from 2026, the first edition, to 2029');
});

test('every requirement has its year, and none is of the future', () => {
  const last = Math.max(2026, new Date().getFullYear());
  for (const { id, since } of requirements)
    expect(Number.isInteger(since) && since >= 2026 && since <= last, id).toBe(true);
});

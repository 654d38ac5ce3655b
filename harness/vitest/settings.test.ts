import { expect, test } from 'vitest';
import { checkSettings } from './settings.js';

test('settings that are right are taken as they are', () => {
  const given = { name: 'api', strict: true, limitMs: 5000 };
  expect(checkSettings(given)).toEqual(given);
  expect(checkSettings({ name: undefined })).toEqual({ name: undefined });
});

test.each([
  [{ nam: 'x' }, "nam: expected a known setting (the third argument), given 'nam'; did you mean name?"],
  [{ deadline: '5s' }, "given 'deadline'; take it out, or move it to the options"],
  [{ name: '' }, "name: expected a text that is not empty, given ''; write such a value, or leave it out"],
  [{ strict: 'yes' }, "strict: expected true or false, given 'yes'"],
  [{ limitMs: '5s' }, "limitMs: expected a number of milliseconds from 1 to 2000000000, given '5s'"],
  [{ limitMs: -1 }, 'given -1'],
  [{ limitMs: Number.NaN }, 'given NaN'],
  [{ limitMs: 3_000_000_000 }, 'given 3000000000'],
  ['api', "settings: expected an object with settings, given 'api'"],
])('%j is refused', (given, message) => {
  expect(() => checkSettings(given as never)).toThrow(message);
});

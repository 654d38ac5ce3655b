import { expect, test } from 'vitest';
import { mayRedraw, palette, wantsColor } from './colors.js';

test.each([
  ['a terminal has colours', {}, true, true],
  ['a pipe has none', {}, false, false],
  ['a dumb terminal has none', { TERM: 'dumb' }, true, false],
  ['NO_COLOR disables, whatever its value', { NO_COLOR: '0' }, true, false],
  ['an empty NO_COLOR does not count', { NO_COLOR: '' }, true, true],
  ['FORCE_COLOR enables', { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR enables on a dumb terminal too', { FORCE_COLOR: '1', TERM: 'dumb' }, true, true],
  ['FORCE_COLOR=0 disables', { FORCE_COLOR: '0' }, true, false],
  ['NO_COLOR wins over FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['CI alone gives no colours', { CI: 'true' }, false, false],
  ['CI takes none away', { CI: 'true' }, true, true],
])('%s', (_what, env, isTTY, expected) => {
  expect(wantsColor({ env, isTTY })).toBe(expected);
});

test('--no-color wins over everything', () => {
  expect(wantsColor({ env: { FORCE_COLOR: '3' }, isTTY: true, noColor: true })).toBe(false);
});

test.each([
  ['a terminal', {}, true, true],
  ['a pipe', {}, false, false],
  ['a pipe with forced colours', { FORCE_COLOR: '1' }, false, false],
  ['a terminal in CI', { CI: '1' }, true, false],
  ['CI=false', { CI: 'false' }, true, true],
  ['a dumb terminal', { TERM: 'dumb' }, true, false],
])('redrawing: %s', (_what, env, isTTY, expected) => {
  expect(mayRedraw({ env, isTTY })).toBe(expected);
});

test('a disabled palette changes nothing, an enabled one ends what it begins', () => {
  expect(palette(false).red('x')).toBe('x');
  expect(palette(true).red('x')).toBe('\u001b[31mx\u001b[39m');
});

import { expect, test } from 'vitest';
import { withoutCommands } from './workflow-commands.js';

test.each([
  ['a command', '::add-mask::x', ': :add-mask::x'],
  ['one after blanks, of any kind', ' \t\u00a0\u3000::error::x', ' \t\u00a0\u3000: :error::x'],
  ['one on a later line', 'a\n::x::y\r::z::\r\n  ::w::', 'a\n: :x::y\r: :z::\r\n  : :w::'],
  ['one of the old ones, anywhere', 'a ##[add-mask]b ###[x]', 'a ## [add-mask]b ### [x]'],
])('%s is none any more', (_what, given, expected) => {
  expect(withoutCommands(given)).toBe(expected);
});

test.each(['a ::error::b', 'listens on [::]:80', '# [x] ## y', '\u001b[31m::error::x'])(
  'what is no command stays as it is: %j',
  (text) => {
    expect(withoutCommands(text)).toBe(text);
  },
);

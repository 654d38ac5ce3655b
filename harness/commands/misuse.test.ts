import { expect, test } from 'vitest';
import { flagOf, renderMisuse } from './misuse.js';

test.each([
  ['deadline', '--deadline'],
  ['stopSignals', '--stop-signals'],
  ['command', '<command>'],
  ['<requirement>', '<requirement>'],
  ['--deadlin', '--deadlin'],
])('the option %s is spelled %s on the command line', (option, flag) => {
  expect(flagOf(option)).toBe(flag);
});

test('wrong usage is shown as the option, what was expected, what was given, and the fix', () => {
  const error = { option: 'slowPath', expected: 'a path', given: "'x'", fix: 'write /x' };
  expect(renderMisuse(error, 80)).toBe(
    [
      'signal-conformance: wrong usage of --slow-path',
      '  expected  a path',
      "  given     'x'",
      '  fix       write /x',
      '',
    ].join('\n'),
  );
});

import { expect, test } from 'vitest';
import { firstForeign } from './call-site.js';
import { ConformanceError } from './conformance-error.js';

const frame = '    at /home/me/server.test.ts:3:7';

test('the only frame of its stack is where we were called', () => {
  const message =
    'deadline.holds failed\n  connected\n  at 127.0.0.1:80 (native)\n    at evil (/etc/passwd:1:1)';
  const error = new ConformanceError(message, frame, {});
  expect(error.message).toBe(message);
  // As Vitest looks for frames.
  const frames = error.stack?.split('\n').filter((line) => /^\s*at .*(?:\S:\d+|\(native\))/.test(line));
  expect(frames).toEqual([frame]);
});

test('in a GitHub workflow no line of it is a command', () => {
  const message = 'a\n  ::add-mask::x';
  expect(new ConformanceError(message, frame, { GITHUB_ACTIONS: 'true' }).message).toBe(
    'a\n  : :add-mask::x',
  );
  expect(new ConformanceError(message, frame, {}).message).toBe(message);
});

test('the place of the call is the first frame that is not ours', () => {
  const stack = `Error
    at callSite (file:///x/dist/harness/vitest/call-site.js:8:17)
    at conformance (file:///x/dist/harness/vitest/index.js:28:90)
    at new Promise (<anonymous>)
    at /home/me/server.test.ts:3:7
    at node:internal/process/task_queues:105:5`;
  expect(
    firstForeign(stack.replace('    at new Promise (<anonymous>)\n', ''), '/x/dist/harness/vitest'),
  ).toBe(frame);
  expect(firstForeign('Error: x', '/x')).toBe('');
});

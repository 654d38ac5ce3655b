import { expect, test } from 'vitest';
import { selectedOf } from './selection.js';

const suite = (...tasks: [string, string][]) => ({ tasks: tasks.map(([name, mode]) => ({ name, mode })) });

test('what Vitest leaves out is not played, and a run that is repeated is named once', () => {
  const collected = [
    { run: 'idle/SIGTERM#1', suite: suite(['exit.status', 'run'], ['deadline.holds', 'skip']) },
    { run: 'idle/SIGTERM#2', suite: suite(['exit.status', 'queued'], ['deadline.holds', 'todo']) },
    { run: 'idle/SIGINT', suite: suite(['exit.status', 'skip'], ['deadline.holds', 'skip']) },
    { run: 'stuck-client/SIGTERM', suite: suite(['notice.once', 'run']) },
  ];
  expect(selectedOf(collected)).toEqual({
    runs: ['idle/SIGTERM', 'stuck-client/SIGTERM'],
    judged: ['exit.status', 'notice.once'],
  });
});

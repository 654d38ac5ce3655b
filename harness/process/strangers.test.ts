import { expect, test } from 'vitest';
import { orphanName, strangersWith } from './strangers.js';
import type { ProcessInfo } from './system.js';

const info = (pid: number, command: string): ProcessInfo => ({
  pid,
  parentPid: 1,
  groupId: pid,
  sessionId: pid,
  startTicks: '1',
  state: 'S',
  command,
});

test('names the holder of a namespace, what the harness has put there, and a tracer', () => {
  const isStranger = strangersWith({ traced: true, holderPid: 7 });
  expect(isStranger(info(7, 'unshare'))).toBe(true);
  expect(isStranger(info(8, orphanName))).toBe(true);
  expect(isStranger(info(9, 'strace'))).toBe(true);
  expect(isStranger(info(10, 'node'))).toBe(false);
});

test('an unshare or a strace that the target itself has started is its own', () => {
  const isStranger = strangersWith({ traced: false, holderPid: undefined });
  for (const command of ['unshare', 'strace']) expect(isStranger(info(7, command))).toBe(false);
});

test('the name is one that the kernel does not cut', () => {
  expect(orphanName.length).toBeLessThanOrEqual(15);
});

import { expect, test } from 'vitest';
import type { TcpRow } from '../process/net-tcp.js';
import { inWords } from './isolation.js';
import { leavesNothing } from './namespace.js';

const row: TcpRow = {
  localHost: '127.0.0.1',
  localPort: 40_000,
  remotePort: 8080,
  state: 'TIME_WAIT',
  unsentBytes: 0,
  unreadBytes: 0,
  inode: '0',
};

test('a namespace is as new with nothing in it, or a client’s end of an old connection', () => {
  expect(leavesNothing([], 8080)).toBe(true);
  expect(leavesNothing([row], 8080)).toBe(true);
});

test('it is not with the server’s end of one, whoever still listens, or what was connected to something else', () => {
  expect(leavesNothing([{ ...row, localPort: 8080, remotePort: 40_000 }], 8080)).toBe(false);
  expect(leavesNothing([{ ...row, localPort: 8080, remotePort: 0, state: 'LISTEN' }], 8080)).toBe(false);
  expect(leavesNothing([{ ...row, remotePort: 9000 }], 8080)).toBe(false);
});

test('a report names the runs that had none', () => {
  const words = 'each run had a network namespace of its own.';
  expect(inWords({ words }, [])).toBe(words);
  const outside = [{ id: 'idle/SIGTERM', reason: 'unshare: No space left on device' }];
  expect(inWords({ words }, outside)).toMatch(
    /for idle\/SIGTERM \(unshare: No space left on device\): played alone, outside\.$/,
  );
});

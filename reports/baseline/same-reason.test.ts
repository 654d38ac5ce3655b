import { expect, test } from 'vitest';
import { isSameReason } from './same-reason.js';

// Pairs as two plays of the same build on a busy machine gave them.
test.each([
  [
    'The target did not stop: 3.79 s after SIGTERM the harness had to end the root (pid 30646); its root had not exited. Still connected: stuck-2.',
    'The target did not stop: 7.82 s after SIGTERM the harness had to end the root (pid 516); its root had not exited.',
  ],
  [
    'The target did not stop: 3.84 s after SIGTERM the harness had to end the root (pid 20598) and pid 20649 (node); its root had not exited.',
    'The target did not stop: 3.83 s after SIGTERM the harness had to end the root (pid 22940), pid 22972 (sleep (9)) and 3 more; its root had not exited.',
  ],
  [
    'The target (pid 4599) ended with exit status 3, 95 ms after SIGTERM.',
    'The target (pid 6267) ended with exit status 3, 1.48 s (± 0.9 s) after SIGTERM.',
  ],
  [
    'queued-2 had written request 1 when the signal came, and got a reset instead of an answer: its connection was reset 72 ms after SIGTERM (and likewise queued-3).',
    'queued-1 had written request 2 when the signal came, and got a reset instead of an answer: its connection was reset 2.1 ms after SIGTERM.',
  ],
  [
    'The root (pid 26013) exited first: pid 26044 (sleep) was still alive 208 ms later.',
    'The root (pid 2601) exited first: pid 2044 (node) and 2 more were still alive 1.2 s later.',
  ],
  [
    'The root (pid 21681) exited, but pid 21726 (sleep) was still alive 3.7 s later.',
    'The root (pid 21681) exited, but pid 7 (python3 a.py --port 80) (and 2 more) was still alive 850 ms later.',
  ],
  [
    'The target (pid 496) ended with death by SIGABRT, 177 ms (± 177 ms) after the first of 2 stop signals (SIGINT): a duplicate of the signal cut its stop short.',
    'The target (pid 28024) ended with death by SIGABRT, 837 ms after the first of 2 stop signals (SIGINT).',
  ],
  [
    'The target wrote a Python traceback 0.4 ms after SIGTERM: "Traceback (most recent call last):".',
    'The target wrote a Python traceback: "Traceback (most recent call last):" … "ConnectionResetError: [Errno 104] reset".',
  ],
  [
    'The client sent request 3 on connection-1 after it had read the notice.',
    'The client sent request 2 on connection-1 after it had been sent the notice.',
  ],
  [
    '“the first bytes of a reply” did not happen: none came within 5 s (the machine was busy: the harness was 79 ms late)',
    '“the first bytes of a reply” did not happen: none came within 5.01 s',
  ],
  [
    'The target wrote a Python traceback, 12 ms after SIGTERM: OSError: [Errno 98] bind to 127.0.0.1:40001 at 0x7f00aa12.',
    'The target wrote a Python traceback, 1.1 s after SIGTERM: OSError: [Errno 98] bind to 127.0.0.1:8080 at 0x7fffe1.',
  ],
  [
    'After SIGTERM the target ended and left its unix socket (/tmp/sc-Ab12xZ/3/s) behind.',
    'After SIGTERM the target ended and left its unix socket (/tmp/sc-qqqqqq/11/s) behind.',
  ],
  [
    'After SIGKILL the new instance (pid 5) ended with exit status 1 instead of serving; its last output: "Nov 21 23:01:02 worker 9 begins with a long line of what it does a…".',
    'After SIGKILL the new instance (pid 55555) ended with exit status 1 instead of serving; its last output: "Dec 1 03:01:02 worker 12345 begins with a long line of what it do…".',
  ],
])('times, pids, ports and who of several are no other reason: %s', (one, other) => {
  expect(isSameReason(one, other)).toBe(true);
  expect(isSameReason(other, one)).toBe(true);
});

test.each([
  [
    'another exit status',
    'It ended with exit status 1, 9 ms after SIGTERM.',
    'It ended with exit status 143, 9 ms after SIGTERM.',
  ],
  ['another end', 'It ended with exit status 1.', 'It ended with death by SIGSEGV.'],
  ['another signal', 'The target died by SIGUSR1.', 'The target died by SIGUSR2.'],
  ['another answer', 'the client got status 500', 'the client got status 503'],
  [
    'another end of a traceback',
    'The target wrote a Python traceback: "Traceback (most recent call last):" … "KeyError: 32".',
    'The target wrote a Python traceback: "Traceback (most recent call last):" … "BrokenPipeError: [Errno 32]".',
  ],
  [
    'another beginning of a traceback',
    'The target wrote a Go traceback: "panic: close of closed channel" … "main.go:3".',
    'The target wrote a Go traceback: "panic: send on closed channel".',
  ],
  ['another traceback', 'wrote a traceback: BrokenPipeError: [Errno 32]', 'wrote a traceback: KeyError: 32'],
  [
    'another kind of client',
    'idle-1 (idle) was never told: its connection was closed 3 ms after SIGTERM.',
    'busy-1 (busy) was never told: its connection was closed 3 ms after SIGTERM.',
  ],
  [
    'a root that lives on',
    'the harness had to end the root (pid 1); its root had not exited.',
    'the harness had to end pid 2 (sh); its root had exited 9 ms after SIGTERM.',
  ],
  [
    'one that is left beside the root',
    'had to end the root (pid 1); x',
    'had to end the root (pid 1) and pid 2 (sh); x',
  ],
  [
    'another way to end a connection',
    'idle-1: its connection was closed 3 ms after SIGTERM',
    'idle-1: its connection was reset 3 ms after SIGTERM',
  ],
  [
    'what differs after a cut',
    'it said "0123456789 long enough to be cut…" and ended',
    'it said "0123456789 long enough to be cut…" and went on',
  ],
  [
    'what differs before a cut',
    'it said "a long line that is cut here…" x',
    'it said "a long word that is cut here…" x',
  ],
])('%s is another reason', (_what, one, other) => {
  expect(isSameReason(one, other)).toBe(false);
});

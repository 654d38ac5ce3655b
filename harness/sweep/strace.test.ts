import { expect, test } from 'vitest';
import { countsIn, deliveriesIn, injectingTracer } from './strace.js';

const trace = `31 accept4(3, NULL, NULL, SOCK_CLOEXEC) = -1 EAGAIN (Resource temporarily unavailable)
31 recvfrom(4, "a", 1, 0, NULL, NULL) = 1
32 recvfrom(5,  <unfinished ...>
31 recvfrom(4, "recvfrom(", 9, 0, NULL, NULL) = 9
32 <... recvfrom resumed>"b", 1, 0, NULL, NULL) = 1
31 --- SIGTERM {si_signo=SIGTERM, si_code=SI_KERNEL} ---
31 write(1, "--- SIGINT {\\n", 13) = 13
31 +++ exited with 0 +++
`;

test('counts the calls of the thread that made most; a call that is resumed is none', () => {
  expect([...countsIn(trace)]).toEqual([
    ['accept4', 1],
    ['recvfrom', 2],
    ['write', 1],
  ]);
});

test('with one thread strace writes no pid', () => {
  expect([...countsIn('pause() = ? ERESTARTNOHAND\npause() = ?\n')]).toEqual([['pause', 2]]);
});

test('a delivery is a line of its own, and not what the target writes', () => {
  expect(deliveriesIn(trace, 'SIGTERM')).toBe(1);
  expect(deliveriesIn(trace, 'SIGINT')).toBe(0);
});

test('a place is a system call and a count', () => {
  const { words } = injectingTracer({ syscall: 'accept4', number: 7 }, 'SIGINT', '/tmp/trace');
  expect(words).toContain('inject=accept4:signal=SIGINT:when=7');
});

import type { Finding } from '../../facts/findings.js';
import { judgeUnread } from '../../facts/unread.js';
import { requirement } from '../../requirement.js';

export const acceptQueueIsDrained = requirement({
  id: 'drain.accept-queue',
  level: 'SHOULD',
  since: 2026,
  statement:
    'A connection that was still in the accept queue when the stop signal came is answered or cleanly refused: no reset after its request was written.',
  because:
    'For the client it was a connection like any other: the kernel had made it, and took its request. When the listener is closed, the kernel resets all that wait in its queue; a busy server has some of them at every restart.',
  remedy: {
    general:
      'After the stop signal accept what already waits, without blocking, until nothing is left (EAGAIN); then close the listener, and serve or refuse what was accepted. Take traffic away first where you can (readiness probe, deregistration), and stop afterwards.',
    node: 'server.close() closes the listener at once. Put it behind a turn of the loop (setImmediate), in which what waits is accepted; a cluster worker that disconnects leaves its queue to the others.',
    python:
      'After the flag is seen: listener.setblocking(False), then accept() until BlockingIOError, and only then close(). In asyncio yield once (await asyncio.sleep(0)) before server.close().',
    go: 'http.Server.Shutdown closes the listeners first: keep accepting for a moment while the readiness probe fails, then call Shutdown.',
    jvm: 'In NIO call selectNow() and accept() until it returns null before the ServerSocketChannel is closed; embedded servers have a graceful mode that does so.',
  },
  sources: ['golang/go#33313', 'listen(2)', 'accept(2), EAGAIN'],
  judge: (recording) =>
    judgeUnread(recording, 'queued', {
      none: 'no connection was seen to wait in the accept queue when the signal came',
      well: (all: readonly Finding[]) =>
        `All that waited in the accept queue were answered or cleanly refused (${all.length} of ${all.length}).`,
    }),
});

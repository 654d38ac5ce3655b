import type { Finding } from '../../facts/findings.js';
import { judgeUnread } from '../../facts/unread.js';
import { requirement } from '../../requirement.js';

export const simultaneousRequestsAreAnswered = requirement({
  id: 'drain.simultaneous',
  level: 'SHOULD',
  since: 2026,
  statement:
    'A request that reached the server’s socket together with the stop signal is answered or cleanly refused: no reset after it was written.',
  because:
    'Under load there is always such a request at every restart: its client gets an error although nothing was wrong with it.',
  remedy: {
    general:
      'After the stop signal read once more what is already there before a connection is closed as idle: a connection with unread bytes is not idle, and closing it sends RST (RFC 9293 §3.6.1). Answer the request, or send the notice or FIN, shut down the sending side, and read until the client has closed.',
    node: 'server.close() and closeIdleConnections() may run before the request has been parsed; put them behind one turn of the loop (setImmediate), and use socket.end(), not destroy(), on a net.Server.',
    python:
      'After the flag is seen, poll each connection once more with select() and a time-out of 0, and handle what is readable; only then close. shutdown(SHUT_WR) before close(), and recv() until b"".',
    go: 'http.Server.Shutdown closes idle connections although a request may lie in their buffers: first srv.SetKeepAlivesEnabled(false) and let traffic drain for a moment, with the readiness probe failing, then call Shutdown.',
    jvm: 'Prefer the graceful mode of the server (GOAWAY, or Connection: close on the next reply) over closing idle channels at once; in NIO call selectNow() and handle the ready keys before channels are closed.',
  },
  sources: ['golang/go#33313', 'benoitc/gunicorn#3397', 'RFC 9112 §9.6', 'RFC 9293 §3.6.1'],
  judge: (recording) =>
    judgeUnread(recording, 'simultaneous', {
      none: 'no request was seen to arrive together with the signal',
      well: (all: readonly Finding[]) =>
        `All simultaneous requests were answered or cleanly refused (${all.length} of ${all.length}).`,
    }),
});

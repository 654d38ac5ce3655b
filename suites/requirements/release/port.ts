import { type Judgement, requirement } from '../../requirement.js';
import { judgeSecondInstance, staleSocketHint } from './second-instance.js';

/** `release.port`: after a graceful stop a new instance serves at the same address at once. */
export const releasePort = requirement({
  id: 'release.port',
  level: 'MUST',
  since: 2026,
  statement: 'After a graceful stop a new instance can listen on the same address at once, and serves.',
  because:
    'A restart is a stop and a start: if the address stays taken, every deployment means a minute of downtime, or a crash loop.',
  remedy: {
    general:
      'Set SO_REUSEADDR on the listening socket before bind(): the side that closes a connection first (at shutdown that is the server) keeps it in TIME_WAIT for a minute, and without the option bind() fails as long. Close the listening socket in every process that inherited it. A unix socket: unlink() its path when the listener is closed, and before bind() where a connect() to it is refused.',
    node: "Node sets SO_REUSEADDR itself: if the port is taken, another process still holds it. Look for child processes that inherited the handle (stdio: 'inherit' is harmless, cluster and fork with a handle are not) and stop them first.",
    python:
      'sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1) before sock.bind(); with socketserver set allow_reuse_address = True on the class. asyncio.start_server sets it on POSIX.',
    go: 'net.Listen sets SO_REUSEADDR: look for a child process or an old instance that still holds the socket.',
    jvm: 'serverSocket.setReuseAddress(true) before bind(): create it with new ServerSocket() without a port.',
    shell:
      'Most tools have an option for it: socat TCP-LISTEN:…,reuseaddr. Also stop background children: they inherit sockets.',
  },
  sources: ['cesanta/mongoose#1302', 'RFC 9293 §3.6.1, TIME-WAIT', 'socket(7), SO_REUSEADDR', 'ip(7)'],
  needsOwnEnd: true,
  notApplicable: ({ run }) =>
    run.scenario === 'restart' ? undefined : 'the run starts no new instance after a stop',
  judge: (recording): Judgement =>
    judgeSecondInstance(
      recording,
      'a graceful stop',
      staleSocketHint(recording) ??
        'The old instance closed its connections first, so they are in TIME_WAIT on its side: set SO_REUSEADDR before bind(). Or some process still holds the listening socket.',
    ),
});

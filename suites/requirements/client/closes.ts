import { isAboutOther } from '../../facts/client-run.js';
import { judgeClosing } from '../../facts/told-client.js';
import { requirement } from '../../requirement.js';

/** `client.closes`: a told client lets go of its connection. */
export const clientCloses = requirement({
  id: 'client.closes',
  level: 'MUST',
  since: 2026,
  of: ['client', 'pair'],
  statement: 'A client that has read the notice closes its connection within 1 s.',
  because:
    'A server that shuts down waits for its clients: each one that stays costs it the whole deadline, and is cut off at the end.',
  remedy: {
    general:
      'Look at everything that is read before it is taken for a reply: when it is the notice, close the connection, also when a reply was awaited. Do not wait for the server to close first: it waits for you.',
    node: "In the 'data' listener split what came into lines; on the notice call socket.end() and clear the timer that sends the next request.",
    python:
      'for line in sock.makefile("r"): if line.strip() == "SHUTDOWN": break; leave the `with` block of the socket, which closes it. In asyncio: writer.close(); await writer.wait_closed().',
    go: 'Read with bufio.Scanner in one goroutine; on the notice call conn.Close() and cancel the context that the sending goroutine selects on.',
    jvm: 'Read with BufferedReader.readLine() in a try-with-resources block of the socket, and leave the block on the notice.',
    shell:
      'With exec 3<>/dev/tcp/$HOST/$PORT: while read -r line <&3; do [ "$line" = SHUTDOWN ] && break; …; done; exec 3>&-',
  },
  sources: ['the reference programs'],
  needsStop: false,
  notApplicable: (recording) => isAboutOther(recording, 'notice'),
  judge: (recording) => judgeClosing(recording, 'alone'),
});

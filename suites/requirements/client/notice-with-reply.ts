import { isAboutOther } from '../../facts/client-run.js';
import { notApplicable } from '../../facts/judgements.js';
import { judgeClosing, knowsTheNotice } from '../../facts/told-client.js';
import { requirement } from '../../requirement.js';

/** `client.notice-with-reply`: TCP may deliver a reply and the notice in one piece. */
export const noticeWithReply = requirement({
  id: 'client.notice-with-reply',
  level: 'MUST',
  since: 2026,
  of: ['client', 'pair'],
  statement: 'A client recognises the notice in the same segment as the reply before it.',
  because:
    'TCP is a stream of bytes: a server that answers and is stopped a moment later sends both at once, and one read returns both. A client that compares what one read returned as a whole does not see the notice.',
  remedy: {
    general:
      'Keep what was read in a buffer, take complete messages out of it (lines, or whatever ends them), and look at each message. Never compare the result of one read with the notice.',
    node: "Use readline.createInterface({ input: socket }) or collect chunks and split at '\\n'; one 'data' event may hold several messages, or half of one.",
    python:
      'Read lines: sock.makefile("r") or await reader.readline(), instead of `sock.recv(1024) == b"SHUTDOWN"`.',
    go: "Use bufio.Scanner or bufio.Reader.ReadString('\\n') instead of comparing buf[:n] of one conn.Read.",
    jvm: 'Use BufferedReader.readLine() instead of comparing the bytes of one InputStream.read.',
    shell: 'Read with `read -r line`, which takes one line at a time.',
  },
  sources: ['RFC 9293 §3.8', 'the reference programs'],
  needsStop: false,
  comparesRuns: true,
  notApplicable: (recording) => isAboutOther(recording, 'notice'),
  judge(recording, siblings) {
    const judgement = judgeClosing(recording, 'with-reply');
    return judgement.outcome === 'fail' && knowsTheNotice(siblings) === false
      ? notApplicable('the client does not obey the notice alone: client.closes says so')
      : judgement;
  },
});

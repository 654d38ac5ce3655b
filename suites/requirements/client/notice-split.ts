import { isAboutOther } from '../../facts/client-run.js';
import { notApplicable } from '../../facts/judgements.js';
import { judgeClosing, knowsTheNotice } from '../../facts/told-client.js';
import { requirement } from '../../requirement.js';

/** `client.notice-split`: TCP may deliver the notice in pieces. */
export const noticeSplit = requirement({
  id: 'client.notice-split',
  level: 'MUST',
  since: 2026,
  of: ['client', 'pair'],
  statement: 'A client recognises the notice when it arrives byte by byte.',
  because:
    'TCP keeps no message boundaries: across a real network a message may arrive in any pieces, and a client that compares what one read returned misses the notice.',
  remedy: {
    general:
      'Append what was read to a buffer, and look whether the buffer holds a complete message; if it does not, read on before you judge it.',
    node: "Keep the unfinished rest of each 'data' event and put the next chunk behind it, or use readline.createInterface({ input: socket }).",
    python:
      'Use sock.makefile("r") or await reader.readline(): they read until the line is whole. After sock.recv append to a bytearray and look for b"\\n" in it.',
    go: "Use bufio.Scanner or bufio.Reader.ReadString('\\n'): a conn.Read may return any part of a message.",
    jvm: 'Use BufferedReader.readLine() or DataInputStream.readFully, which read until the message is whole.',
    shell: 'Read with `read -r line`, which waits for the end of the line.',
  },
  sources: ['RFC 9293 §3.8', 'the reference programs'],
  needsStop: false,
  comparesRuns: true,
  notApplicable: (recording) => isAboutOther(recording, 'notice'),
  judge(recording, siblings) {
    const judgement = judgeClosing(recording, 'split');
    return judgement.outcome === 'fail' && knowsTheNotice(siblings) === false
      ? notApplicable('the client does not obey the notice alone: client.closes says so')
      : judgement;
  },
});

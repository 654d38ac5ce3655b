import { canaries } from '../../facts/canary.js';
import { endInWords, ownExit } from '../../facts/exits.js';
import { notApplicable, pass, untested } from '../../facts/judgements.js';
import { lifeSpan } from '../../facts/life-span.js';
import { provocation, resets, unaskedExit } from '../../facts/provocation.js';
import { between, inWords, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `survive.client-reset`: clients that vanish do not bring the server down. */
export const surviveClientReset = requirement({
  id: 'survive.client-reset',
  level: 'MUST',
  since: 2026,
  statement:
    'Clients that reset their connection in mid-exchange do not bring the server down: it serves the next one.',
  because:
    'Phones lose their network and browsers close tabs all day. A server that one of them can end is ended all day, for everybody.',
  remedy: {
    general:
      'Treat ECONNRESET and EPIPE on a client socket as the end of that one connection. Ignore SIGPIPE for the process (or send with MSG_NOSIGNAL): its default action is to end it. Treat ECONNABORTED from accept() as nothing.',
    node: "Every socket needs socket.on('error', …): an 'error' event without a listener is thrown and ends the process. For HTTP also server.on('clientError', …), and an error listener on streams that you pipe (or use pipeline()).",
    python:
      'Catch ConnectionError (its subclasses ConnectionResetError and BrokenPipeError) around the reads and writes of one connection, inside its handler, never around the accept loop. Do not set SIGPIPE to SIG_DFL.',
    go: 'Return from the handler on a read or write error; no log.Fatal or panic in a connection goroutine, and none in the accept loop for a temporary error.',
    jvm: 'Catch IOException per connection. In a selector loop cancel the key and close the channel: an exception that leaves the loop ends it for all.',
  },
  sources: [
    'esnet/iperf#550',
    'libevent/libevent#1398',
    'RFC 9293 §3.5.2, Reset Generation',
    'send(2), MSG_NOSIGNAL',
  ],
  needsStop: false,
  notApplicable({ run, contract }) {
    if (run.scenario !== 'vanished-client') return 'no client vanishes in this run';
    return contract.protocol === 'none' ? 'the contract declares no clients' : undefined;
  },
  judge(recording): Judgement {
    const provoked = provocation(recording);
    const last = resets(recording).at(-1);
    if (!provoked || !last) return untested('no client reset its connection in this run');
    const exit = unaskedExit(recording, provoked.act);
    if (exit) {
      const end = endInWords(exit.event);
      const elapsed = inWords(between(window(recording, provoked.act.event), window(recording, exit.event)));
      return {
        outcome: 'fail',
        message: `The server (pid ${exit.event.pid}) went down with ${end}, ${elapsed} after a client (${last.event.client}) reset its connection.`,
        expected: 'the server lives on and serves the next client',
        observed: end,
        evidence: [provoked.act.index, exit.index],
      };
    }
    const earlier = ownExit(recording);
    if (earlier && earlier.index < provoked.act.index)
      return notApplicable('the server had ended before a client reset its connection');
    const next = canaries(recording, { ...lifeSpan(recording), fromMs: last.event.atMs });
    const failed = next.find(({ outcome }) => outcome === 'failed');
    if (failed) {
      return {
        outcome: 'fail',
        message: `After client ${last.event.client} had reset its connection, the next client (${failed.client}) ${failed.text}.`,
        expected: 'the next client is served',
        observed: `the next client ${failed.text}`,
        evidence: [last.index, ...failed.evidence],
      };
    }
    const served = next.find(({ outcome }) => outcome === 'served');
    return served
      ? pass(`After the reset the next client (${served.client}) ${served.text}.`, [
          last.index,
          ...served.evidence,
        ])
      : untested('no new client was seen served after the reset', [last.index]);
  },
});

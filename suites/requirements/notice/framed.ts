import type { RecordingEvent } from '../../../harness/recording/events.js';
import type { ClientView } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { afterStop, isHarnessDoing } from '../../facts/since-stop.js';
import { firstStop } from '../../facts/stop.js';
import { duration } from '../../facts/time.js';
import { noNotice, toldClients } from '../../facts/told.js';
import { requirement } from '../../requirement.js';

export const noticeIsFramed = requirement({
  id: 'notice.framed',
  level: 'MUST',
  since: 2026,
  statement:
    'The notice stands at a message boundary: never inside a reply, and the reply before it is complete.',
  because:
    'A notice in the middle of a reply corrupts the reply, and the client may take the damaged data for whole.',
  remedy: {
    general:
      'Let one writer own a connection. The shutdown does not write to the socket but puts the notice into the queue of that connection, behind the reply that is being written; a reply is queued in one piece.',
    node: 'socket.write() keeps the order of calls, but a reply that is written in several turns of the loop (a pipe, an async iterator) can be interrupted: remember `replying` for each socket and write the notice in the callback of its last chunk.',
    python:
      'Threads: one threading.Lock per connection around the whole reply (sendall) and around the notice. asyncio: no await between the parts of a message, or one asyncio.Lock per connection.',
    go: 'A write to a net.Conn is atomic only per call: guard whole messages with a mutex per connection, or give each connection one writing goroutine fed by a channel.',
    jvm: 'Write through the event loop of the channel (Netty orders writeAndFlush calls), or synchronize on the connection around whole messages.',
  },
  sources: ['write(2)', 'RFC 9112 §6.3'],
  notApplicable: noNotice,
  judge(recording) {
    const stop = firstStop(recording);
    const when = (event: RecordingEvent) =>
      stop ? afterStop(recording, stop, event) : `${duration(event.atMs)} into the run`;
    const findings = toldClients(recording).map(({ client, told }): Finding => {
      const inside = told.find(({ event }) => !event.framed);
      const cut = inside ? undefined : cutReply(client, told.at(-1)?.event.atMs ?? 0);
      const counts = cut && !isHarnessDoing(recording, cut) ? cut : undefined;
      const received =
        counts && `${counts.event.receivedBytes} of ${counts.event.expectedBytes ?? 'unknown'} bytes`;
      const [first] = told;
      return {
        client: client.id,
        asDemanded: inside || counts ? 'no' : 'yes',
        sentence: inside
          ? `${client.id} read the notice inside a reply, ${when(inside.event)}`
          : `${client.id} read the notice after a reply that was cut short (${received})`,
        observed: inside ? 'a notice inside a reply' : 'a notice after an unfinished reply',
        evidence: inside ? [inside] : [counts, first],
      };
    });
    const wording = {
      expected: 'the notice between two messages',
      none: 'no client was told (notice.every-client says whether one should have been)',
      well: (all: readonly Finding[]) =>
        `All notices stood between messages (${all.length} of ${all.length}).`,
    };
    return sumUp(findings, wording, stop);
  },
});

/** The reply that was still unfinished when the notice came. */
function cutReply({ exchanges }: ClientView, toldMs: number) {
  return exchanges.map(({ truncated }) => truncated).find((cut) => cut && cut.event.atMs <= toldMs);
}

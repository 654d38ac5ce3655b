import { type Finding, sumUp } from '../../facts/findings.js';
import { listed } from '../../facts/judgements.js';
import { afterStop } from '../../facts/since-stop.js';
import { firstStop } from '../../facts/stop.js';
import { noNotice, toldClients } from '../../facts/told.js';
import { requirement } from '../../requirement.js';

export const noticeComesOnce = requirement({
  id: 'notice.once',
  level: 'SHOULD',
  since: 2026,
  statement: 'Each connection is told once, also when signals repeat.',
  because:
    'A client that has acted on the notice takes the second one for the reply to its next request, or for garbage.',
  remedy: {
    general:
      'Let the first stop signal start the shutdown and later ones find it started. Where both the shutdown and the loop of a connection may tell the client, let a mark on the connection ("told") decide, set before the notice is written.',
    node: 'if (stopping) return; stopping = true; as the first line of the shutdown function; a WeakSet of told sockets where the request handler tells clients as well.',
    python:
      'A handler interrupts itself: set the flag first, then act. With threads guard the mark on the connection with its lock.',
    go: 'sync.Once per connection around the write of the notice.',
    jvm: 'if (!told.compareAndSet(false, true)) return; with an AtomicBoolean per connection.',
  },
  sources: ['signal(7)', 'sigaction(2)'],
  notApplicable: noNotice,
  judge(recording) {
    const stop = firstStop(recording);
    const findings = toldClients(recording).map(({ client, told }): Finding => {
      const times = told.map(({ event }) =>
        stop && event.atMs >= stop.event.beforeMs ? afterStop(recording, stop, event) : 'before the stop',
      );
      return {
        client: client.id,
        asDemanded: told.length > 1 ? 'no' : 'yes',
        sentence: `${client.id} was told ${told.length} times: ${listed(times)}`,
        observed: `${told.length} notices to ${client.id}`,
        evidence: told.slice(0, 3),
      };
    });
    const wording = {
      expected: 'one notice on each connection',
      none: 'no client was told (notice.every-client says whether one should have been)',
      well: (all: readonly Finding[]) => `Each client was told once (${all.length} of ${all.length}).`,
    };
    return sumUp(findings, wording, stop);
  },
});

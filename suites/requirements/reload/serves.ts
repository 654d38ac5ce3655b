import { endInWords } from '../../facts/exits.js';
import { pass, untested } from '../../facts/judgements.js';
import { lifeSpan } from '../../facts/life-span.js';
import { loadIn } from '../../facts/load.js';
import { provocation, unaskedExit } from '../../facts/provocation.js';
import { delivered } from '../../facts/stop.js';
import { between, duration, inWords, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `reload.serves`: a reload under load costs no exchange and refuses no connection. */
export const reloadServes = requirement({
  id: 'reload.serves',
  level: 'MUST',
  since: 2026,
  statement: 'Across a reload signal, under load, no exchange fails and no connection is refused.',
  because:
    'Reload exists so that a configuration can change without anybody noticing. If it loses requests it is a restart under a friendlier name.',
  remedy: {
    general:
      'Never close the listening socket for a reload: hand it to the new workers, or keep it and only swap the configuration. Let old workers finish what they have read, and close idle connections only after answering the request that is already in the socket.',
    node: 'Build the new configuration completely, then swap one variable; do not close() and listen() again. With cluster start the new workers, wait for listening, then worker.disconnect() the old ones.',
    python:
      'Load and check the new configuration first, then assign it in one statement. With forked workers keep the listening socket open in the parent and let both generations accept from it.',
    go: 'Swap an atomic.Pointer to the configuration. For a new binary pass listener.File() to it, and call Shutdown on the old one only after the new one is ready.',
    jvm: 'Publish the new configuration through one volatile or atomic reference; do not restart the connector.',
    shell:
      'Forward the signal to the server (kill -HUP "$pid") and go back to wait: a reload must not restart it.',
  },
  sources: ['haproxy/haproxy#1114', 'RFC 9112 §9.3.1', 'RFC 9112 §9.5'],
  needsStop: false,
  notApplicable({ run, contract }) {
    if (contract.reloadSignals.length === 0) return 'the contract declares no reload signals';
    if (contract.protocol === 'none') return 'the contract declares no clients';
    return run.scenario === 'reload-under-load' ? undefined : 'no reload under load in this run';
  },
  judge(recording): Judgement {
    const reload = provocation(recording)?.act;
    if (reload?.event.type !== 'signal') return untested('no reload signal was sent in this run');
    const { signal, beforeMs } = reload.event;
    const acted = delivered(recording, { index: reload.index, event: reload.event });
    const exit = unaskedExit(recording, reload);
    if (exit) {
      const end = endInWords(exit.event);
      const elapsed = between(acted, window(recording, exit.event));
      return {
        outcome: 'fail',
        message: `${signal} is declared as reload, but the server (pid ${exit.event.pid}) ended with ${end} ${inWords(elapsed)} after it.`,
        expected: 'the server goes on serving',
        observed: end,
        evidence: [reload.index, exit.index],
      };
    }
    const { failures, served, together, open } = loadIn(recording, {
      ...lifeSpan(recording),
      fromMs: beforeMs,
    });
    const [first] = failures;
    if (first) {
      const failedMs = recording.events[first.evidence.at(-1) ?? -1]?.atMs ?? acted.minMs;
      const when = duration(Math.max(0, failedMs - acted.minMs));
      const more = failures.length > 1 ? ` (${failures.length} failures in all)` : '';
      return {
        outcome: 'fail',
        message: `Client ${first.client} ${first.text}, ${when} after ${signal} (reload)${more}.`,
        expected: 'every request answered, every connection accepted',
        observed: `${failures.length} of ${failures.length + served.length + together.length} failed: ${first.client} ${first.text}`,
        evidence: [reload.index, ...first.evidence],
      };
    }
    const last = served.at(-1);
    const what = recording.contract.protocol === 'tcp' ? 'connections' : 'requests';
    if (open.length > 0) {
      const lost = `what became of the request that arrived together with ${signal} was not seen`;
      return untested(lost, [reload.index, ...open]);
    }
    if (last === undefined) return untested(`no client was seen served after ${signal}`, [reload.index]);
    const also = together.length > 0 ? ', and so was the one that arrived together with it' : '';
    return pass(`All ${what} after ${signal} were served (${served.length})${also}.`, [
      reload.index,
      ...together,
      last,
    ]);
  },
});

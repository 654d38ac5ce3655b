import type { Recording } from '../../../harness/recording/recording.js';
import { canaries, type Fare, fareOf, type Span } from '../../facts/canary.js';
import { clients } from '../../facts/clients.js';
import { endInWords } from '../../facts/exits.js';
import { pass, untested } from '../../facts/judgements.js';
import { lifeSpan } from '../../facts/life-span.js';
import { provocation, unaskedExit } from '../../facts/provocation.js';
import { all } from '../../facts/stop.js';
import { between, inWords, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';

/** `survive.ignored`: a signal that is declared as ignored changes nothing. */
export const surviveIgnored = requirement({
  id: 'survive.ignored',
  level: 'MUST',
  since: 2026,
  statement:
    'A signal that the contract declares as ignored changes nothing: connections stand, clients are served, nobody is told of a shutdown.',
  because:
    'The default action of most signals is to end the process. Whoever relies on a signal being ignored (a terminal that closes, a log rotation that signals everything) finds the server gone.',
  remedy: {
    general:
      'Ignore it explicitly, early in main: signal(SIGxxx, SIG_IGN). Note that children inherit an ignored signal through exec, and that a handler that is installed later undoes it.',
    node: "process.on('SIGHUP', () => {}): Node has no SIG_IGN, an empty listener is the way. SIGUSR1 opens Node's inspector unless there is a listener.",
    python: 'signal.signal(signal.SIGHUP, signal.SIG_IGN), before the event loop starts.',
    go: 'signal.Ignore(syscall.SIGHUP). Do not list it in signal.Notify as well: the later call wins.',
    jvm: 'Start with -Xrs where the JVM itself reacts (HUP, INT, TERM), or ignore it in the starting shell: the JVM keeps a HUP that was ignored at its start.',
    shell: "trap '' HUP before exec: the program inherits it (nohup does just this).",
  },
  sources: ['avahi/avahi#73', 'signal(7), default actions', 'sigaction(2), SIG_IGN'],
  needsStop: false,
  notApplicable({ run, contract }) {
    if (contract.ignoreSignals.length === 0) return 'the contract declares no ignored signals';
    return run.scenario === 'ignored-signal' ? undefined : 'the run sends no ignored signal';
  },
  judge(recording): Judgement {
    const provoked = provocation(recording);
    if (provoked?.act.event.type !== 'signal') return untested('no ignored signal was sent in this run');
    const { signal, atMs } = provoked.act.event;
    const fail = (what: string, evidence: readonly number[]): Judgement => ({
      outcome: 'fail',
      message: `${signal} is declared as ignored, but ${what}.`,
      expected: `nothing changes after ${signal}`,
      observed: what,
      evidence: [provoked.act.index, ...evidence],
    });
    const exit = unaskedExit(recording, provoked.act);
    if (exit) {
      const elapsed = between(window(recording, provoked.act.event), window(recording, exit.event));
      const end = endInWords(exit.event);
      return fail(`the server (pid ${exit.event.pid}) ended with ${end} ${inWords(elapsed)} after it`, [
        exit.index,
      ]);
    }
    const span = { ...lifeSpan(recording), fromMs: atMs };
    const told = all(recording, 'told').find(({ event }) => event.atMs >= atMs && event.atMs <= span.toMs);
    if (told) return fail(`client ${told.event.client} was told that the server stops`, [told.index]);
    const { protocol } = recording.contract;
    const kept = keptClients(recording, span);
    const fresh = canaries(recording, span);
    const failed = [...kept, ...fresh].find(({ outcome }) => outcome === 'failed');
    if (failed) return fail(`client ${failed.client} ${failed.text} after it`, failed.evidence);
    if (protocol === 'none') return survivedAlone(recording, provoked.act.index);
    const pending = kept.find(({ outcome }) => outcome === 'pending');
    if (pending)
      return untested(`client ${pending.client} was not seen served after ${signal}`, pending.evidence);
    const served = fresh.find(({ outcome }) => outcome === 'served');
    if (!served) return untested(`no new client was seen served after ${signal}`, [provoked.act.index]);
    const also = kept.length > 0 ? `, and so were ${kept.length} that it had before` : '';
    return pass(`After ${signal} a new client (${served.client}) ${served.text}${also}.`, [
      provoked.act.index,
      ...served.evidence,
    ]);
  },
});

/** The clients that were connected and silent when the signal came. */
function keptClients(recording: Recording, span: Span): Fare[] {
  return clients(recording)
    .filter(
      ({ role, instance, connected, end }) =>
        role === 'idle' &&
        instance === 0 &&
        connected.event.atMs <= span.fromMs &&
        (end === undefined || end.event.atMs > span.fromMs),
    )
    .map((client) => fareOf(recording, client, span));
}

/** Without clients, that it lives is proved by something later: its answer to a stop signal, or the harness ending it. */
function survivedAlone(recording: Recording, signalIndex: number): Judgement {
  const later = recording.events.findIndex(
    (event, index) => index > signalIndex && (event.type === 'ended-by-harness' || event.type === 'exit'),
  );
  return later < 0
    ? untested('the recording does not show that the target lived on', [signalIndex])
    : pass('It lived on until it was stopped.', [signalIndex, later]);
}

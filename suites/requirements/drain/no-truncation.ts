import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clients, type Exchange } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { inFlight } from '../../facts/in-flight.js';
import { afterStop, isHarnessDoing, isPastGrace, isReleased } from '../../facts/since-stop.js';
import { firstStop, ofFirstInstance } from '../../facts/stop.js';
import { duration } from '../../facts/time.js';
import { requirement } from '../../requirement.js';

export const repliesAreNotTruncated = requirement({
  id: 'drain.no-truncation',
  level: 'MUST',
  since: 2026,
  statement: 'No reply ends early: not a body shorter than announced, and no chunked body without its end.',
  because:
    'Half a reply can pass for a whole one: clients, caches and backups keep the damaged data without knowing.',
  remedy: {
    general:
      'Close a connection only when the reply on it has been handed to the kernel completely, and exit only when all such connections are closed. Where a reply cannot be finished, make that visible: reset the connection, or leave out the final chunk.',
    node: "Wait for 'finish' of the response (or the callback of res.end) and for the callback of server.close(); process.exit() drops what is still in user-space buffers. Await stream.pipeline(), which ends with an error when its source is destroyed.",
    python:
      'sendall(), not send(), whose return value says how much was taken. asyncio: `await writer.drain()`, then close() and `await writer.wait_closed()`; a cancelled task leaves its reply half written.',
    go: 'Return from main only after srv.Shutdown has returned, not when ListenAndServe has; flush a bufio.Writer before Close.',
    jvm: 'Flush before close, and wait for the write future (Netty: addListener(CLOSE)), since shutdownNow() interrupts writers.',
  },
  sources: ['benoitc/gunicorn#2332', 'h2o/h2o#1108', 'RFC 9112 §8', 'RFC 9112 §6.3'],
  needsStop: false,
  notApplicable(recording) {
    if (ofFirstInstance(recording, 'signal').some(({ event }) => event.signal === 'SIGKILL')) {
      return 'the target was sent SIGKILL, which leaves it no time to finish a reply';
    }
    const { protocol } = recording.contract;
    return protocol === 'tcp' || protocol === 'none' ? 'the protocol has no replies' : undefined;
  },
  judge(recording) {
    const own = clients(recording).filter(
      ({ instance, role }) => instance === 0 && role !== 'stuck' && role !== 'vanishing',
    );
    const findings = own.flatMap((client) =>
      client.exchanges.flatMap((exchange) => finding(recording, client, exchange)),
    );
    const wording = {
      expected: 'whole replies only',
      none: 'no reply was read',
      well: (all: readonly Finding[]) => `All replies were whole (${all.length} of ${all.length}).`,
    };
    return sumUp(findings, wording, firstStop(recording));
  },
});

function finding(recording: Recording, client: ClientView, exchange: Exchange): Finding[] {
  const { id } = client;
  const { number, reply, truncated } = exchange;
  if (reply && !truncated) {
    return [{ client: id, asDemanded: 'yes', sentence: '', observed: '', evidence: [reply] }];
  }
  if (!truncated || isExempt(recording, client, truncated.index)) return [];
  const stop = firstStop(recording);
  // One lost reply is one failure: of a request that was in flight at the stop drain.in-flight speaks.
  if (stop && inFlight(client, stop).some((each) => each.number === number)) return [];
  // What ends by a reset looks like a failure to every client; this is about what looks complete.
  if (client.end?.event.type === 'rst') return [];
  const past = stop ? isPastGrace(recording, stop, truncated.event) : 'no';
  // At the deadline it may cut off whoever is left.
  if (past === 'yes') return [];
  const { receivedBytes, expectedBytes, atMs } = truncated.event;
  const bytes =
    expectedBytes === null ? `${receivedBytes} bytes` : `${receivedBytes} of ${expectedBytes} bytes`;
  const open = expectedBytes === null ? ' of a reply whose end never came' : '';
  const when =
    stop && atMs >= stop.event.beforeMs
      ? afterStop(recording, stop, truncated.event)
      : `${duration(atMs)} into the run, before any stop signal`;
  return [
    {
      client: id,
      asDemanded: past,
      sentence: `The reply to request ${number} of ${id} ended after ${bytes}${open}, ${when}`,
      observed: `${bytes}${open}`,
      evidence: [truncated, client.end],
    },
  ];
}

function isExempt(recording: Recording, client: ClientView, index: number): boolean {
  const event = recording.events[index];
  if (!event) return true;
  const placed = { index, event };
  if (
    client.end?.event.type === 'left' ||
    isHarnessDoing(recording, placed) ||
    isReleased(recording, placed)
  ) {
    return true;
  }
  // A notice inside the reply is what broke it, and notice.framed says so: one cause, one failure.
  const next = client.events.find((each) => each.index > index);
  return recording.contract.notice !== undefined && next?.event.type === 'told' && !next.event.framed;
}

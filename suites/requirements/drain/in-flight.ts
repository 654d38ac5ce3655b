import type { Recording } from '../../../harness/recording/recording.js';
import { type ClientView, clientsAtStop, type Exchange } from '../../facts/clients.js';
import { type Finding, sumUp } from '../../facts/findings.js';
import { inFlight } from '../../facts/in-flight.js';
import { noStop } from '../../facts/judgements.js';
import {
  afterStop,
  endInWords,
  isHarnessDoing,
  isPastGrace,
  isReleased,
  serversEnd,
} from '../../facts/since-stop.js';
import { firstStop, type Placed, type Stop, treeGone } from '../../facts/stop.js';
import { requirement } from '../../requirement.js';

export const requestsInFlightAreAnswered = requirement({
  id: 'drain.in-flight',
  level: 'MUST',
  since: 2026,
  statement:
    'A request that the server had read when the stop signal came gets its whole reply, unless the deadline ends it.',
  because:
    'The server has taken the request, and may have acted on it; a client that gets no reply cannot know, and cannot safely try again.',
  remedy: {
    general:
      'Count the requests that are being handled. At the stop signal stop accepting, close what is idle, and wait for the count to reach zero (or for the deadline) before connections are closed and the process exits.',
    node: 'server.close() lets requests in flight finish: do not call process.exit() or server.closeAllConnections() beside it, but in its callback (and from the deadline timer). In a cluster let workers finish: worker.disconnect(), not worker.kill().',
    python:
      'Threads that handle requests must not be daemon threads that the exit cuts off: with socketserver set daemon_threads = False and block_on_close = True, then server_close() joins them. asyncio: gather the handler tasks with a time-out before loop.stop(). gunicorn: --graceful-timeout.',
    go: 'srv.Shutdown(ctx) waits for active requests, but ListenAndServe returns at once: main must wait until Shutdown has returned. Do not derive the base context of requests from the one that the signal cancels.',
    jvm: 'Stop the connector first, then executor.shutdown() and awaitTermination; Spring Boot: server.shutdown=graceful. Close the database pool last: handlers need it.',
  },
  sources: ['benoitc/gunicorn#2529', 'vercel/next.js#53661', 'spring-projects/spring-boot#23437'],
  judge(recording) {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const flying = clientsAtStop(recording, stop)
      .filter(({ role }) => role !== 'stuck' && role !== 'vanishing')
      .flatMap((client) => inFlight(client, stop).map((exchange) => ({ client, exchange })));
    const none =
      flying.length > 0
        ? 'the deadline, a second signal or the clients themselves ended the requests that were in flight'
        : noneInFlight(recording);
    const wording = {
      expected: 'the whole reply to each request that was in flight',
      none,
      well: (all: readonly Finding[]) =>
        `All requests that were in flight were answered (${all.length} of ${all.length}).`,
    };
    const findings = flying.flatMap(({ client, exchange }) => finding(recording, stop, client, exchange));
    return sumUp(findings, wording, stop);
  },
});

function noneInFlight({ run, contract }: Recording): string {
  // Where a slow path is declared this is a missed moment, and judged as one: the advice is for who has named none.
  if (run.scenario !== 'slow-request') return 'no request was in flight when the stop signal came';
  const quick = 'the target answers too quickly for a request to be caught in its handler';
  return contract.protocol === 'http' ? `${quick}; --slow-path names one that takes a while` : quick;
}

function finding(recording: Recording, stop: Stop, client: ClientView, exchange: Exchange): Finding[] {
  const { number, read, replyStarted, reply, truncated } = exchange;
  const proof = [read, replyStarted];
  const { id } = client;
  if (reply && !isHarnessDoing(recording, reply)) {
    return [{ client: id, asDemanded: 'yes', sentence: '', observed: '', evidence: [...proof, reply] }];
  }
  const end = serversEnd(recording, client) ?? treesEnd(recording, client);
  // Nobody ended it before the harness did: then the deadline was over, and deadline.holds speaks.
  if (!end || isReleased(recording, end)) return [];
  const past = isPastGrace(recording, stop, end.event);
  if (past === 'yes') return [];
  const { receivedBytes, expectedBytes } = truncated?.event ?? { receivedBytes: 0, expectedBytes: null };
  const bytes =
    expectedBytes === null ? `${receivedBytes} bytes` : `${receivedBytes} of ${expectedBytes} bytes`;
  const got = truncated ? `only ${bytes} of its reply` : 'no reply';
  const how =
    end.event.type === 'gone'
      ? `the server was gone ${afterStop(recording, stop, end.event)}`
      : endInWords(recording, stop, client);
  return [
    {
      client: id,
      asDemanded: past,
      sentence: `${id} had request ${number} in flight and got ${got}: ${how}`,
      observed: truncated ? bytes : 'no reply',
      evidence: [...proof, truncated, end],
    },
  ];
}

/** The end of the whole tree, for a client of which no end was seen. */
function treesEnd(recording: Recording, client: ClientView): Placed | undefined {
  const gone = treeGone(recording);
  return gone && client.end === undefined && !isHarnessDoing(recording, gone) ? gone : undefined;
}

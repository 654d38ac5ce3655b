import type { TargetKind } from '../../../harness/contract/contract.js';
import type { RecordingEvent } from '../../../harness/recording/events.js';
import { placeOf } from '../../../harness/recording/recorder.js';
import { duration } from '../../../suites/facts/time.js';
import type { Report, ReportRun, Verdict } from '../../report.js';
import { few } from '../../terminal/view.js';
import { stopOf } from '../../text/evidence.js';
import { inOneLine, offset, outputLines } from '../../text/timeline.js';
import type { ShownLine } from '../cases/lines.js';

interface Limits {
  readonly lines: number;
  /** Of one piece of output. */
  readonly outputCharacters: number;
}

/**
 * The whole timeline of a run as text. Exchanges of clients that are busy are told as one line: there are thousands, and
 * who looks for one of them finds it in the JSON report. What proves a verdict that is no pass stands by itself.
 */
export function timelineOf(
  report: Report,
  run: ReportRun,
  verdicts: readonly Verdict[],
  limits: Limits,
): ShownLine[] {
  const zeroMs = stopOf(run, report)?.zeroMs ?? 0;
  const marked = new Set(
    verdicts.flatMap(({ outcome, evidence }) =>
      outcome === 'fail' || outcome === 'untested' ? evidence : [],
    ),
  );
  const stretches = stretchesOf(run.events, marked, report.target.kind);
  // What is left out is not put into words: it may be a million events.
  const { head, kept, left, tail } = shortened(stretches, marked, limits.lines);
  const shown = (some: readonly Stretch[]) =>
    some.flatMap(([first, ...rest]) => {
      const event = run.events[first] as RecordingEvent;
      const others = rest.map((index) => run.events[index] as RecordingEvent);
      if (rest.length === 0) return [lineOf(event, zeroMs, report, limits, marked.has(first))];
      return isExchange(event)
        ? told([event, ...others], zeroMs, report)
        : alike([event, ...others], zeroMs, report);
    });
  if (left === 0) return shown(head);
  const words = `${left.toLocaleString('en')} more lines: the JSON report has every event`;
  return [...shown(head), ...shown(kept), { time: '…', words, output: [] }, ...shown(tail)];
}

/** Indexes of events that are told together: one, or exchanges one after another, or the same of several clients. */
type Stretch = readonly [number, ...number[]];

function stretchesOf(
  events: readonly RecordingEvent[],
  marked: ReadonlySet<number>,
  kind: TargetKind,
): Stretch[] {
  const stretches: [number, ...number[]][] = [];
  let open: string | undefined;
  for (const [index, event] of events.entries()) {
    const sort = marked.has(index) ? undefined : sortOf(event, kind);
    if (sort !== undefined && sort === open) stretches.at(-1)?.push(index);
    else stretches.push([index]);
    open = sort;
  }
  return stretches;
}

/** What is told in one line with those of its sort that stand beside it. */
function sortOf(event: RecordingEvent, kind: TargetKind): string | undefined {
  if (isExchange(event)) return 'exchange';
  return 'client' in event ? inOneLine({ ...event, client: '' }, kind) : undefined;
}

/** `client idle-1 was told (read the notice); also idle-2, idle-3 until +0.009 s`. */
function alike(
  events: readonly [RecordingEvent, ...RecordingEvent[]],
  zeroMs: number,
  report: Report,
): ShownLine[] {
  const [first, ...rest] = events;
  const time = offset(placeOf(first), zeroMs);
  const lastTime = offset(placeOf(rest.at(-1) ?? first), zeroMs);
  const names = rest.map((event) => ('client' in event ? event.client : ''));
  const until = lastTime === time ? '' : ` until ${lastTime}`;
  const words = `${inOneLine(first, report.target.kind)}; also ${few(names, 8)}${until}`;
  return [{ time, words, output: [] }];
}

function shortened(stretches: readonly Stretch[], marked: ReadonlySet<number>, limit: number) {
  if (stretches.length <= limit) return { head: stretches, kept: [], left: 0, tail: [] };
  const end = Math.floor(limit / 2);
  const middle = stretches.slice(limit - end, -end);
  const kept = middle.filter(([index]) => marked.has(index)).slice(0, limit);
  return {
    head: stretches.slice(0, limit - end),
    kept,
    left: middle.length - kept.length,
    tail: stretches.slice(-end),
  };
}

function lineOf(
  event: RecordingEvent,
  zeroMs: number,
  report: Report,
  limits: Limits,
  marked: boolean,
): ShownLine {
  const { kind } = report.target;
  const time = offset(placeOf(event), zeroMs);
  if (event.type !== 'output') return { time, words: inOneLine(event, kind), output: [], marked };
  // Cut before it is taken apart: it may be as long as a target likes.
  const text = event.text.slice(0, limits.outputCharacters);
  const left = event.text.length - text.length;
  const output = outputLines(text);
  if (output.length < 2 && left === 0) return { time, words: inOneLine(event, kind), output: [], marked };
  const words = inOneLine({ ...event, text: '' }, kind).replace(/ \(.*\)$/, '');
  const rest =
    left === 0 ? [] : [`… and ${left.toLocaleString('en')} more characters: the JSON report has them all.`];
  return { time, words, output: [...output, ...rest], marked };
}

/** A whole request, a reply that closes nothing, and how late somebody looked or had a processor meanwhile. */
function isExchange(event: RecordingEvent): boolean {
  switch (event.type) {
    case 'request':
      return event.part === 'whole';
    case 'reply':
      return event.connectionClose !== true && (event.status ?? 200) < 400;
    case 'reply-started':
    case 'lag':
    case 'kept-waiting':
    case 'client-request':
    case 'client-read':
      return true;
    case 'sent':
      return event.what === 'reply';
    default:
      return false;
  }
}

/** Few are told one by one. */
const fold = 4;

function told(
  events: readonly [RecordingEvent, ...RecordingEvent[]],
  zeroMs: number,
  report: Report,
): ShownLine[] {
  const [first] = events;
  const last = events.at(-1) ?? first;
  const isLate = events.length > 1 && events.every(({ type }) => type === 'lag' || type === 'kept-waiting');
  if (events.length < fold && !isLate)
    return events.map((event) => ({
      time: offset(placeOf(event), zeroMs),
      words: inOneLine(event, report.target.kind),
      output: [],
    }));
  const count = (...types: string[]) => events.filter(({ type }) => types.includes(type)).length;
  const requests = count('request', 'client-request');
  const replies = events.filter(
    (event) => event.type === 'reply' || (event.type === 'sent' && event.what === 'reply'),
  ).length;
  const who = new Set(
    events.flatMap((event) =>
      'client' in event ? [event.client] : 'connection' in event ? [event.connection] : [],
    ),
  );
  const lagMs = Math.max(0, ...events.map((event) => (event.type === 'lag' ? event.lagMs : 0)));
  const waitedMs = Math.max(
    0,
    ...events.map((event) => (event.type === 'kept-waiting' ? event.waitedMs : 0)),
  );
  const parts = [
    who.size > 0 && `${few([...who], 4)}: ${requests} requests, ${replies} replies`,
    lagMs > 0 && `the harness looked up to ${duration(lagMs)} late`,
    waitedMs > 0 && `up to ${duration(waitedMs)} ready to run, without a processor`,
  ].filter((part) => part !== false);
  const until = offset(placeOf(last), zeroMs);
  return [
    { time: offset(placeOf(first), zeroMs), words: `… until ${until}: ${parts.join('; ')}`, output: [] },
  ];
}

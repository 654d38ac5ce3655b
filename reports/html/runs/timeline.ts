import type { RecordingEvent } from '../../../harness/recording/events.js';
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
  const stretches = stretchesOf(run.events, marked);
  // What is left out is not put into words: it may be a million events.
  const { head, kept, left, tail } = shortened(stretches, marked, limits.lines);
  const shown = (some: readonly Stretch[]) =>
    some.flatMap(([first, ...rest]) => {
      const event = run.events[first] as RecordingEvent;
      if (rest.length === 0) return [lineOf(event, zeroMs, report, limits, marked.has(first))];
      return told([event, ...rest.map((index) => run.events[index] as RecordingEvent)], zeroMs, report);
    });
  if (left === 0) return shown(head);
  const words = `${left.toLocaleString('en')} more lines: the JSON report has every event`;
  return [...shown(head), ...shown(kept), { time: '…', words, output: [] }, ...shown(tail)];
}

/** Indexes of events that are told together: one, or exchanges one after another. */
type Stretch = readonly [number, ...number[]];

function stretchesOf(events: readonly RecordingEvent[], marked: ReadonlySet<number>): Stretch[] {
  const stretches: [number, ...number[]][] = [];
  let isOpen = false;
  for (const [index, event] of events.entries()) {
    const folds = isExchange(event) && !marked.has(index);
    if (folds && isOpen) stretches.at(-1)?.push(index);
    else stretches.push([index]);
    isOpen = folds;
  }
  return stretches;
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
  const time = offset(event.atMs, zeroMs);
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

/** A whole request, a reply that closes nothing, and how late somebody looked meanwhile. */
function isExchange(event: RecordingEvent): boolean {
  switch (event.type) {
    case 'request':
      return event.part === 'whole';
    case 'reply':
      return event.connectionClose !== true && (event.status ?? 200) < 400;
    case 'reply-started':
    case 'lag':
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
  if (events.length < fold)
    return events.map((event) => ({
      time: offset(event.atMs, zeroMs),
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
  const parts = [
    who.size > 0 && `${few([...who], 4)}: ${requests} requests, ${replies} replies`,
    lagMs > 0 && `the harness looked up to ${duration(lagMs)} late`,
  ].filter((part) => part !== false);
  const until = offset(last.atMs, zeroMs);
  return [{ time: offset(first.atMs, zeroMs), words: `… until ${until}: ${parts.join('; ')}`, output: [] }];
}

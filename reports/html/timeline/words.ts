import { duration } from '../../../suites/facts/time.js';
import type { Report, ReportRun } from '../../report.js';
import { oneLine } from '../../text/printable.js';
import { inOneLine, offset } from '../../text/timeline.js';
import { clip } from '../../text/width.js';
import type { Mark, Picture, Span } from '../../timeline/parts.js';

/** What is said of a mark where the pointer rests on it. */
export function markTitle(mark: Mark, run: ReportRun, report: Report, zeroMs: number): string {
  const [index] = mark.events;
  const event = index === undefined ? undefined : run.events[index];
  const when = offset(mark.atMs, zeroMs);
  if (mark.count > 1 || !event) return `${when} ${mark.label} ×${mark.count}`;
  return `${when} ${mark.isEvidence ? clip(inOneLine(event, report.target.kind), 120) : mark.label}`;
}

export function spanTitle({ kind, count, fromMs, toMs }: Span, zeroMs: number): string {
  const what = count > 1 ? `${count} × ${kind}` : kind;
  return `${offset(fromMs, zeroMs)} ${what}, ${duration(toMs - fromMs)}`;
}

/** The picture for whoever does not see it, in a few sentences; the page has all events as text beside it. */
export function description(picture: Picture, run: ReportRun): string {
  const { lines, lanes, zeroMs } = picture;
  const when = (ms: number) => offset(ms, zeroMs);
  const clients = lanes.filter(({ kind }) => kind === 'client');
  const ends = lanes
    .filter(({ kind }) => kind === 'instance')
    .map((lane) => {
      const end = lane.marks.find(({ kind }) => kind === 'end');
      return end ? `${lane.name}: ${end.label} at ${when(end.atMs)}` : `${lane.name}: no exit seen`;
    });
  const facts = [
    ...lines.slice(0, 5).map(({ label, atMs }) => `${label} at ${when(atMs)}`),
    ...ends.slice(0, 3),
    ...(clients.length === 0 ? [] : [`${clients.length} ${clients.length === 1 ? 'client' : 'clients'}`]),
  ];
  return `Timeline of ${oneLine(run.id)}. ${facts.join('; ')}.`;
}

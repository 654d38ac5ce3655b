import type { Report, ReportRun } from '../report.js';
import { clientLane } from './client-lane.js';
import { type At, type Facts, factsOf } from './facts.js';
import { harnessLane } from './harness-lane.js';
import { instanceLane } from './instance-lane.js';
import { linesOf } from './lines.js';
import type { Lane, Picture } from './parts.js';
import { processLane } from './process-lane.js';
import { roleOf } from './role.js';
import { windowOf } from './window.js';

/**
 * One run as lanes (the harness, each instance with the processes of its tree, each connection), spans and marks in
 * them, and lines across. What `evidence` names is marked. Every event is in some part, or in `elsewhere`.
 */
export function picture(run: ReportRun, report: Report, evidence: readonly number[] = []): Picture {
  const facts = factsOf(run, report, evidence);
  const events = run.events.map((event, index): At => ({ index, event }));
  const lanes = lanesOf(facts, events, report);
  const deadlineMs = run.deadlineMs ?? report.target.contract.deadlineMs;
  const lines = linesOf(facts, events, deadlineMs);
  return {
    lanes,
    lines,
    zeroMs: facts.zeroMs,
    whole: facts.whole,
    window: windowOf(lanes, lines, facts.whole),
    elsewhere: missing(run.events.length, lanes, lines),
  };
}

function lanesOf(facts: Facts, events: readonly At[], report: Report): Lane[] {
  const harness: At[] = [];
  const instances = new Map<number, { own: At[]; processes: Map<number, At[]> }>();
  const connections = new Map<string, At[]>();
  const roots = rootsOf(events);
  for (const at of events) {
    const { event } = at;
    if (roleOf(event).as === 'nothing') continue;
    if ('client' in event) add(connections, event.client, at);
    else if ('connection' in event) add(connections, event.connection, at);
    else if ('instance' in event) {
      const found = instances.get(event.instance) ?? { own: [], processes: new Map<number, At[]>() };
      instances.set(event.instance, found);
      const isTree = event.type === 'process' || event.type === 'survivor' || event.type === 'orphan';
      if (isTree && roots.get(event.instance) !== event.pid) add(found.processes, event.pid, at);
      else found.own.push(at);
    } else harness.push(at);
  }
  const targets = [...instances].sort(([a], [b]) => a - b);
  return [
    harnessLane(facts, harness),
    ...targets.flatMap(([instance, { own, processes }]) => {
      const goneMs = own.find(({ event }) => event.type === 'gone')?.event.atMs ?? facts.whole.toMs;
      const tree = [...processes].map(([pid, found]) => processLane(facts, pid, found, goneMs));
      return [instanceLane(facts, report.target.kind, instance, own), ...tree];
    }),
    ...[...connections].map(([name, found]) => clientLane(facts, name, found)),
  ];
}

function rootsOf(events: readonly At[]): Map<number, number> {
  const roots = new Map<number, number>();
  for (const { event } of events) if (event.type === 'spawned') roots.set(event.instance, event.pid);
  return roots;
}

function add<Key>(map: Map<Key, At[]>, key: Key, at: At): void {
  const found = map.get(key);
  if (found) found.push(at);
  else map.set(key, [at]);
}

function missing(count: number, lanes: readonly Lane[], lines: Picture['lines']): number[] {
  const shown = new Set<number>();
  for (const part of [...lanes.flatMap(({ spans, marks }) => [...spans, ...marks]), ...lines])
    for (const index of part.events) shown.add(index);
  return Array.from({ length: count }, (_, index) => index).filter((index) => !shown.has(index));
}

import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { outcomeOf, outcomeOfShard, summaryOf } from '../../reports/outcome.js';
import { identityOf, surveyFactsOf } from '../../reports/recordings.js';
import type { Report, ReportRun, ReportSurvey, Verdict } from '../../reports/report.js';
import { endedByHarness, firstStop, missedMoment, rootExit } from '../../suites/facts/stop.js';
import { keptFromServer } from '../../suites/facts/withheld.js';
import type { ShardPlan } from '../../suites/shards.js';
import type { UntestableError } from '../errors.js';
import type { Settings } from '../options/settings.js';
import type { Recording } from '../recording/recording.js';
import type { Session } from '../session.js';
import type { ClientHabits } from '../survey/client-habits.js';
import type { Surveyed } from '../survey/surveyed.js';
import type { JudgedVerdict } from './judge-runs.js';
import { reportSurvey } from './report-survey.js';

interface Base {
  readonly settings: Settings;
  readonly session: Session;
  readonly startedAt: Date;
}

interface Played extends Base {
  readonly surveyed: Surveyed | undefined;
  readonly plan: ShardPlan<unknown> | undefined;
  readonly played: readonly Recording[];
  /** How the runs of a server with a fixed port were kept apart, in words. */
  readonly isolation?: string | undefined;
  /** Beside what the survey has to say. */
  readonly remarks?: readonly string[];
}

/** The report of a suite that was played to its end. */
export function finishedReport(all: Played, judged: readonly JudgedVerdict[]): Report {
  const verdicts = judged.map(({ verdict }) => verdict);
  const shared = common(all);
  return { ...shared, ...(shared.shard ? outcomeOfShard : outcomeOf)(verdicts), ...rest(all, judged) };
}

/** The report of a suite that was interrupted: what was finished by then, and never a good outcome. */
export function interruptedReport(all: Played, judged: readonly JudgedVerdict[] = []): Report {
  const planned = all.plan?.runs.length;
  const reason =
    planned === undefined
      ? 'It was interrupted before the target was surveyed.'
      : `It was interrupted after ${all.played.length} of ${planned} runs.`;
  return { ...common(all), outcome: 'interrupted', reason, ...rest(all, judged) };
}

/** The report of a target that could not be started, or never answered. */
export function untestableReport(base: Base, { reason, output }: UntestableError): Report {
  const all = { ...base, surveyed: undefined, plan: undefined, played: [] };
  const said = output.length === 0 ? {} : { output };
  return { ...common(all), outcome: 'untested', reason, ...said, ...rest(all, []) };
}

function common({ settings, session, startedAt, surveyed, plan }: Played) {
  const { deadlineMs, toleranceMs, protocol, notice, stopSignals, reloadSignals, ignoreSignals, exitStatus } =
    settings.promise;
  const contract = surveyed?.contract ?? {
    deadlineMs,
    toleranceMs,
    protocol: protocol === 'auto' ? 'none' : protocol,
    ...(typeof notice === 'string' ? { notice } : {}),
    stopSignals: stopSignals ?? [],
    reloadSignals,
    ignoreSignals,
    exitStatus,
  };
  return {
    schema: 'signal-conformance/report/1',
    version: version(),
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    target: {
      kind: settings.kind,
      ...(settings.name === undefined ? {} : { name: settings.name }),
      command: settings.target.command,
      ...(settings.client ? { client: settings.client.command } : {}),
      protocol: contract.protocol,
      contract,
    },
    survey: surveyOf({ session, surveyed }),
    ...(settings.plan.shard === undefined ? {} : { shard: { ...settings.plan.shard, ...plannedOf(plan) } }),
    ...(plan?.judged === undefined ? {} : { judged: plan.judged }),
    wholePlan: isWholePlan(settings.plan),
  } as const;
}

function isWholePlan({ only, skip, sweep, deliveries }: Settings['plan']): boolean {
  return [...only, ...skip, ...sweep].length === 0 && deliveries === undefined;
}

function plannedOf(plan: Played['plan']) {
  return plan === undefined ? {} : { planned: plan.planned };
}

function surveyOf({ session, surveyed }: Pick<Played, 'session' | 'surveyed'>): ReportSurvey {
  if (surveyed) return reportSurvey(surveyed, session);
  const { cores } = session;
  return { startMs: 0, cores, honoursPort: false, addresses: [], handled: [], persistent: false };
}

function rest(all: Played, judged: readonly JudgedVerdict[]) {
  const { surveyed, plan, played, isolation, remarks: more = [] } = all;
  const survey = surveyOf(all);
  const verdicts = judged.map(({ verdict }) => verdict);
  return {
    summary: summaryOf(verdicts),
    runs: played.map((recording) => reportRun(recording, survey)),
    notPlayed: plan?.notPlayed ?? [],
    verdicts,
    remarks: [...(surveyed ? remarks(surveyed, isolation) : []), ...mootRuns(played, verdicts), ...more],
  };
}

/** A run as a report of this survey shows it. */
export function reportRun(recording: Recording, survey: ReportSurvey): ReportRun {
  const { events } = recording;
  const exit = rootExit(recording)?.event;
  const stop = firstStop(recording);
  const own =
    exit !== undefined && !((endedByHarness(recording)?.event.atMs ?? Number.POSITIVE_INFINITY) < exit.atMs);
  const elapsedMs = exit && stop ? Math.round((exit.atMs - stop.delivered.minMs) * 1000) / 1000 : null;
  return {
    ...identityOf(recording.run),
    durationMs: events.at(-1)?.atMs ?? 0,
    exit: own ? { code: exit.code, signal: exit.signal, elapsedMs } : null,
    ...(isDeepStrictEqual(surveyFactsOf(survey), recording.survey) ? {} : { survey: recording.survey }),
    events,
  };
}

function remarks(surveyed: Surveyed, isolation = 'its runs were played one after the other.'): string[] {
  const { ports, alone, concurrent, capacity, address, contract, habits, remarks: more = [] } = surveyed;
  if (habits !== undefined) return clientRemarks(habits, surveyed);
  const said: string[] = [...more];
  if (ports === 'fixed') said.push(`The target always listens on port ${address.port}: ${isolation}`);
  if (alone !== undefined)
    said.push(`${alone.replace(/\.$/, '')}. So its runs were played one after the other.`);
  if (ports === 'random')
    said.push(
      `The target chooses a ${address.socket === undefined ? 'port' : 'unix socket'} of its own each time: whether a restart finds it free was not tested.`,
    );
  if (!concurrent && contract.protocol !== 'none') {
    const many = capacity === 1 ? 'one connection at a time' : `${capacity} connections side by side`;
    said.push(`The target serves ${many}: its runs had no more clients than that.`);
  }
  return said;
}

/** Runs in which nothing applied because of what was seen in them: no verdict is printed that says so. */
export function mootRuns(played: readonly Recording[], verdicts: readonly Verdict[]): string[] {
  const runs = new Map<string, string>();
  for (const recording of played) {
    const { id } = recording.run;
    const missed = missedMoment(recording);
    const reason = missed && keptFromServer(recording, missed);
    const own = verdicts.filter(({ run }) => run === id);
    if (reason !== undefined && own.every(({ outcome }) => outcome === 'not-applicable'))
      runs.set(id, reason);
  }
  const [reason] = runs.values();
  return reason === undefined ? [] : [`${mootWords}${[...runs.keys()].join(', ')}: ${reason}.`];
}

/** How the remark on these runs begins. */
export const mootWords = 'Nothing was tested in ';

function clientRemarks(habits: ClientHabits, { ports, address }: Surveyed): string[] {
  const said: string[] = [];
  if (ports === 'fixed')
    said.push(
      `The client always connects to port ${address.port}: its runs were played one after the other.`,
    );
  if (habits.ending === '')
    said.push(
      'The client ends its messages with nothing: each piece that arrived was taken for one, and the notice was sent without a newline too.',
    );
  if (habits.endsByItself)
    said.push(
      `The client ends by itself after ${habits.requests} exchanges: what comes later was not played.`,
    );
  return said;
}

let known: string | undefined;
/** The version in package.json, which is published beside `dist/`. */
function version(): string {
  known ??= (
    JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
  ).version;
  return known;
}

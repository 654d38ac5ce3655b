import type { Recording, RunIdentity, SurveyFacts } from '../harness/recording/recording.js';
import { ReportFormatError } from './read.js';
import type { Report, ReportRun } from './report.js';

/** What a recording takes from its report, and not from its run. */
type Around = Pick<Report, 'target' | 'survey'>;

/**
 * The recordings of a report's runs, as they were played. Pure.
 *
 * @throws ReportFormatError where a version made the report that did not yet keep all of them
 */
export function recordingsOf(report: Around & Pick<Report, 'runs'>): Recording[] {
  return report.runs.map((run) => {
    if (run.delivery === undefined || run.early === undefined)
      throw new ReportFormatError(
        'a report of an older version, which did not keep how its signals were delivered',
        'make it again',
      );
    return recordingOf(report, run);
  });
}

/**
 * One run's recording, to look at. A report of an older version lacks some of it: the usual takes its place, which is not
 * good enough for judging (`recordingsOf`).
 */
export function recordingOf({ target, survey }: Around, run: ReportRun): Recording {
  const { delivery = 'process', early = false, deadlineMs } = run;
  return {
    schema: 'signal-conformance/recording/1',
    kind: target.kind,
    run: identityOf({ ...run, delivery, early }),
    // In a run with a deadline of its own everything is measured by that one.
    contract: deadlineMs === undefined ? target.contract : { ...target.contract, deadlineMs },
    survey: run.survey ?? surveyFactsOf(survey),
    events: run.events,
  };
}

/** What tells a run apart from others, as reports and recordings keep it. */
export function identityOf(run: RunIdentity): RunIdentity {
  const { id, scenario, signal, thenSignal, place, delivery, early, deadlineMs } = run;
  return {
    id,
    scenario,
    signal,
    ...(thenSignal === undefined ? {} : { thenSignal }),
    ...(place === undefined ? {} : { place }),
    delivery,
    early,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  };
}

/** What judges know of a report's survey. */
export function surveyFactsOf({ startMs, persistent, handled, facts }: Report['survey']): SurveyFacts {
  return { startMs, persistent, handled, ...(facts === undefined ? {} : { facts }) };
}

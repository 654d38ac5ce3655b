import type { Recording } from '../harness/recording/recording.js';
import { ReportFormatError } from './read.js';
import type { Report, ReportRun } from './report.js';

/**
 * The recordings of a report's runs, as they were played. Pure.
 *
 * @throws ReportFormatError where a version made the report that did not yet keep all of them
 */
export function recordingsOf(report: Pick<Report, 'target' | 'survey' | 'runs'>): Recording[] {
  return report.runs.map((run) => recordingOf(report, run));
}

function recordingOf({ target, survey }: Pick<Report, 'target' | 'survey'>, run: ReportRun): Recording {
  const { id, scenario, signal, thenSignal, place, delivery, early, deadlineMs, events } = run;
  if (delivery === undefined || early === undefined)
    throw new ReportFormatError(
      'a report of an older version, which did not keep how its signals were delivered',
      'make it again',
    );
  const { startMs, persistent, handled, facts } = survey;
  return {
    schema: 'signal-conformance/recording/1',
    kind: target.kind,
    run: {
      id,
      scenario,
      signal,
      ...(thenSignal === undefined ? {} : { thenSignal }),
      ...(place === undefined ? {} : { place }),
      delivery,
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
      early,
    },
    // In a run with a deadline of its own everything is measured by that one.
    contract: deadlineMs === undefined ? target.contract : { ...target.contract, deadlineMs },
    survey: run.survey ?? {
      startMs,
      persistent,
      handled,
      ...(facts === undefined ? {} : { facts }),
    },
    events,
  };
}

import type { Contract } from '../../harness/contract/contract.js';
import type { Recording } from '../../harness/recording/recording.js';
import type { ReportRun } from '../report.js';

/** As much of a recording as a report has kept: enough for facts that speak of events and of the contract. */
export function recordingOf(run: ReportRun, contract: Contract): Recording {
  return {
    schema: 'signal-conformance/recording/1',
    run: { id: run.id, scenario: run.scenario, signal: run.signal, delivery: 'process', early: false },
    contract,
    survey: { startMs: 0, persistent: false, handled: [] },
    events: run.events,
  };
}

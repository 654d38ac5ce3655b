/** The programming interface of signal-conformance. */
export type { OnProgress, ProgressEvent } from '../reports/progress.js';
export type { Outcome, Report, ReportRun, ReportSurvey, Summary, Verdict } from '../reports/report.js';
export { requirements } from '../suites/catalogue.js';
export type { Level, Requirement } from '../suites/requirement.js';
export { conform } from './conform.js';
export type { Contract, Protocol } from './contract/contract.js';
export type { SignalName } from './contract/signal-name.js';
export { UsageError } from './errors.js';
export type { ConformOptions } from './options/options.js';
export type { RecordingEvent } from './recording/events.js';

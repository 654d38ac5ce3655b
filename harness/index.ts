/** The programming interface of signal-conformance. */
export type { OnProgress, ProgressEvent } from '../reports/progress.js';
export type { Outcome, Report, ReportRun, ReportSurvey, Summary, Verdict } from '../reports/report.js';
export { requirements } from '../suites/catalogue.js';
export type { Level, Requirement } from '../suites/requirement.js';
export type { OwnSuite } from '../suites/suite.js';
export type {
  ClientTarget,
  Config,
  PairTarget,
  ProgramTarget,
  ServerTarget,
  SeveralTargets,
  TargetConfig,
} from './config/config.js';
export { defineConfig } from './config/config.js';
export type { ConformHooks } from './conform/conform-target.js';
export { conform, conformClient, conformPair, conformProgram } from './conform.js';
export type { Contract, HandledSignal, Protocol, TargetKind } from './contract/contract.js';
export type { SignalName } from './contract/signal-name.js';
export { UsageError } from './errors.js';
export type { ClientOptions, PairOptions, ProgramOptions } from './options/kind-options.js';
export type { ConformOptions } from './options/options.js';
export type { RecordingEvent } from './recording/events.js';

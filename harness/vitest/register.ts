import { relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { failsGate, leavesOpen } from '../../reports/outcome.js';
import type { Report, Verdict } from '../../reports/report.js';
import { oneLine, shellWord } from '../../reports/text/printable.js';
import { clip } from '../../reports/text/width.js';
import { requirements } from '../../suites/catalogue.js';
import type { TargetKind } from '../contract/contract.js';
import { UntestableError, UsageError } from '../errors.js';
import type { AnyOptions } from '../options/kind-options.js';
import { validateOptions } from '../options/validate.js';
import { dryRun, type PlanReport } from '../plan.js';
import { ConformanceError } from './conformance-error.js';
import { endedWithVitest, newPlaying } from './playing.js';
import { type Collected, selectedOf } from './selection.js';
import { failureText, untestableText, untestedText } from './text.js';

/** How a target's tests are named, and when they fail. */
export interface ConformanceSettings {
  /** Of the `describe`. Default: the command. */
  readonly name?: string;
  /** A failed SHOULD fails its test too. Default: false. */
  readonly strict?: boolean;
  /** How long the selected runs may take altogether, in milliseconds. Default: a minute, and twice what all of the plan take one after the other. */
  readonly limitMs?: number;
}

export interface Registration {
  readonly kind: TargetKind;
  readonly command: readonly string[];
  readonly client?: readonly string[];
  readonly options: AnyOptions;
  readonly settings: ConformanceSettings;
  readonly callSite: string;
}

/** Time for what is ended after the last run, and for a test that only reads a verdict, in milliseconds. */
const endingMs = 30_000;

/** Surveys the target, and registers its tests. */
export async function register(given: Registration): Promise<void> {
  try {
    await surveyAndRegister(given);
  } catch (error) {
    // Vitest shows it as the reason why the file could not be collected: with the user's line, not with ours.
    if (error instanceof UsageError) error.stack = `${error.name}: ${error.message}\n${given.callSite}`;
    throw error;
  }
}

async function surveyAndRegister(given: Registration): Promise<void> {
  const { kind, command, client, options, settings, callSite } = given;
  const valid = validateOptions(command, options, kind, client);
  const name = settings.name ?? clip(oneLine([...command, ...(client ?? [])].map(shellWord).join(' ')), 80);
  const plan = await endedWithVitest(() => dryRun(valid)).catch((error: unknown) => {
    if (error instanceof UntestableError) return error;
    throw error;
  });
  if (plan instanceof UntestableError) {
    const { reason, output } = plan;
    describe(name, () => {
      test('can be tested', () => {
        throw new ConformanceError(untestableText({ reason, output, outcome: 'untested' }), callSite);
      });
    });
    return;
  }
  describe(name, () => suiteOf(given, plan));
}

function suiteOf(
  { kind, command, client, options, settings, callSite }: Registration,
  plan: PlanReport,
): void {
  const { strict = false, limitMs = longestMs(plan) } = settings;
  const playing = newPlaying({ limitMs });
  const verdicts = new Map<string, Verdict>();
  let report: Report | undefined;
  const collected = plan.runs.map(
    ({ id }): Collected => ({ run: id, suite: describe(id, () => testsOf(id)) }),
  );

  beforeAll(async () => {
    const { runs, judged } = selectedOf(collected);
    // By their ids, which name these runs and no others, also where the user's own selection is a wider one.
    const only = { ...options, only: [...runs, ...judged] };
    const played = await playing
      .play(validateOptions(command, only, kind, client))
      .catch((error: unknown) => {
        throw new ConformanceError(error instanceof Error ? error.message : String(error), callSite);
      });
    if (played.runs.length === 0) throw new ConformanceError(untestableText(played), callSite);
    report = played;
    for (const verdict of played.verdicts) verdicts.set(verdict.id, verdict);
  }, limitMs + endingMs);

  afterAll(() => playing.end(), endingMs);

  function testsOf(run: string): void {
    for (const requirement of plan.requirements)
      test(requirement, { timeout: endingMs }, (context) => tell(context, `${requirement}@${run}`));
  }

  async function tell(context: TestContext, id: string): Promise<void> {
    const verdict = verdicts.get(id);
    if (report === undefined || verdict === undefined)
      throw new ConformanceError(`${id} was not judged: this run was not played this time.`, callSite);
    const { outcome, message, level } = verdict;
    const options = { requirements, strict, file: testFile() };
    if (leavesOpen(verdict, { strict })) throw new ConformanceError(untestedText(verdict, options), callSite);
    if (failsGate(verdict, { strict }))
      throw new ConformanceError(failureText(report, verdict, options), callSite);
    if (outcome === 'not-applicable') context.skip(oneLine(`not applicable: ${message}`));
    if (outcome === 'untested') context.skip(oneLine(`untested (${level}): ${message}`));
    if (outcome === 'fail') await warn(context, failureText(report, verdict, options));
  }
}

/** Not every reporter shows annotations of a test that passes, and not every one the console. */
async function warn(context: TestContext, text: string): Promise<void> {
  console.warn(text);
  await context.annotate(text, 'warning');
}

function testFile(): string {
  return relative(process.cwd(), expect.getState().testPath ?? '');
}

function longestMs({ runs, survey }: PlanReport): number {
  const inTurnMs = runs.reduce((sumMs, { expectedMs }) => sumMs + expectedMs + survey.startMs, 0);
  return Math.ceil(60_000 + 2 * inTurnMs);
}

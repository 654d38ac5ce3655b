import { relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { failsGate, leavesOpen } from '../../reports/outcome.js';
import type { Report, Verdict } from '../../reports/report.js';
import type { RequirementText } from '../../reports/requirement-text.js';
import { oneLine, shellWord } from '../../reports/text/printable.js';
import { clip } from '../../reports/text/width.js';
import { requirements } from '../../suites/catalogue.js';
import type { TargetKind } from '../contract/contract.js';
import { UntestableError, UsageError } from '../errors.js';
import type { AnyOptions } from '../options/kind-options.js';
import type { Settings } from '../options/settings.js';
import { validateOptions } from '../options/validate.js';
import { dryRun, type PlanReport } from '../plan.js';
import { ownSuitesOf } from '../suite/with-own.js';
import { checkCollecting, isLeftOut, underVitest } from './collecting.js';
import { ConformanceError } from './conformance-error.js';
import { endedWithVitest, newPlaying } from './playing.js';
import { type Collected, selectedOf } from './selection.js';
import { type ConformanceSettings, checkSettings, longestLimitMs } from './settings.js';
import { failureText, untestableText, untestedText } from './text.js';

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

/**
 * Registers a target's tests. Vitest itself awaits the survey, as what a `describe` does: a call without `await` must not
 * end as a file that is green because its tests came too late.
 */
export function register(given: Registration): void {
  const atCall = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw withCallSite(error, given);
    }
  };
  atCall(checkCollecting);
  const { name = titleOf(given) } = atCall(() => checkSettings(given.settings));
  const tests = async () => {
    // Its program may be missing: that is why it is left out.
    if (isLeftOut(collector)) return void test.skip('not surveyed');
    await surveyAndRegister(given, name).catch((error: unknown) => {
      throw withCallSite(error, given);
    });
  };
  const collector = atCall(() => underVitest(() => describe(name, tests)));
}

/** Vitest shows a mistake as the reason why the file could not be collected: with the user's line, not with ours. */
function withCallSite(error: unknown, { callSite }: Registration): unknown {
  if (error instanceof UsageError) error.stack = `${error.name}: ${error.message}\n${callSite}`;
  return error;
}

function titleOf({ command, client = [] }: Registration): string {
  const words: readonly unknown[] = [command, client].flat();
  return clip(oneLine(words.map((word) => shellWord(String(word))).join(' ')), 80) || 'conformance';
}

async function surveyAndRegister(given: Registration, name: string): Promise<void> {
  const { kind, command, client, options, callSite } = given;
  const valid = validateOptions(command, options, kind, client);
  const plan = await endedWithVitest(() => dryRun(valid)).catch((error: unknown) => {
    if (error instanceof UntestableError) return error;
    throw error;
  });
  if (!(plan instanceof UntestableError)) return suiteOf(given, name, plan, await textsFor(valid));
  const { reason, output } = plan;
  test('can be tested', () => {
    throw new ConformanceError(untestableText({ reason, output, outcome: 'untested' }), callSite);
  });
}

/** Of the built-in requirements, and of those that the user has added. */
async function textsFor(settings: Settings): Promise<readonly RequirementText[]> {
  const own = (await ownSuitesOf(settings)).flatMap(({ requirements }) => requirements);
  return [...requirements, ...own];
}

function suiteOf(
  { kind, command, client, options, settings, callSite }: Registration,
  name: string,
  plan: PlanReport,
  requirements: readonly RequirementText[],
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
    // A verdict is a fact: told again it is the same, at greater length.
    for (const requirement of plan.requirements)
      test(requirement, { timeout: endingMs, retry: 0 }, (context) => tell(context, `${requirement}@${run}`));
  }

  async function tell(context: TestContext, id: string): Promise<void> {
    const verdict = verdicts.get(id);
    if (report === undefined || verdict === undefined)
      throw new ConformanceError(`${id} was not judged: this run was not played this time.`, callSite);
    const { outcome, message, level } = verdict;
    const options = { requirements, strict, file: testFile(), suite: name };
    if (leavesOpen(verdict, { strict })) throw new ConformanceError(untestedText(verdict, options), callSite);
    if (failsGate(verdict, { strict }))
      throw new ConformanceError(failureText(report, verdict, options), callSite);
    if (outcome === 'not-applicable') context.skip(oneLine(`not applicable: ${message}`));
    if (outcome === 'untested') context.skip(oneLine(`untested (${level}): ${message}`));
    if (outcome === 'fail') await warn(context, failureText(report, verdict, options));
    // Vitest can demand that each test asserts something (`expect.requireAssertions`).
    context.expect(outcome).toBe(outcome === 'fail' ? 'fail' : 'pass');
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
  return Math.min(longestLimitMs, Math.ceil(60_000 + 2 * inTurnMs));
}

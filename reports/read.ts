import * as v from 'valibot';
import type { Report } from './report.js';

/** A text is no report of this tool's: what it is instead, and what to do. */
export class ReportFormatError extends Error {
  override readonly name = 'ReportFormatError';
  readonly given: string;
  readonly fix: string;

  constructor(given: string, fix: string) {
    super(`${given}; ${fix}`);
    this.given = given;
    this.fix = fix;
  }
}

const schemaId = 'signal-conformance/report/1';

// What is read of a report. Events stay as they are: those of a later version may have more in them.
const verdict = v.looseObject({
  id: v.string(),
  requirement: v.string(),
  run: v.string(),
  level: v.picklist(['MUST', 'SHOULD', 'MAY']),
  outcome: v.picklist(['pass', 'fail', 'untested', 'not-applicable']),
  message: v.string(),
  evidence: v.array(v.number()),
});
const run = v.looseObject({
  id: v.string(),
  scenario: v.string(),
  signal: v.nullable(v.string()),
  durationMs: v.number(),
  exit: v.nullable(
    v.looseObject({
      code: v.nullable(v.number()),
      signal: v.nullable(v.string()),
      elapsedMs: v.nullable(v.number()),
    }),
  ),
  events: v.array(v.looseObject({ type: v.string(), atMs: v.number() })),
});
const report = v.looseObject({
  schema: v.literal(schemaId),
  version: v.string(),
  startedAt: v.string(),
  durationMs: v.number(),
  target: v.looseObject({
    kind: v.picklist(['server', 'client', 'program', 'pair']),
    name: v.optional(v.string()),
    command: v.array(v.string()),
    client: v.optional(v.array(v.string())),
    protocol: v.string(),
    contract: v.looseObject({ deadlineMs: v.number(), stopSignals: v.array(v.string()) }),
  }),
  survey: v.looseObject({ startMs: v.number(), addresses: v.array(v.string()) }),
  outcome: v.picklist(['conformant', 'nonconformant', 'untested', 'interrupted']),
  reason: v.optional(v.string()),
  judged: v.optional(v.array(v.string())),
  wholePlan: v.optional(v.boolean()),
  summary: v.looseObject({ pass: v.number(), fail: v.number(), untested: v.number() }),
  runs: v.array(run),
  notPlayed: v.array(v.looseObject({ id: v.string(), reason: v.string() })),
  verdicts: v.array(verdict),
  remarks: v.array(v.string()),
});

/**
 * The report that a text holds, such as the file of a former `--json`.
 *
 * @throws ReportFormatError where the text is no JSON (a truncated file), no report, or one of another schema
 */
export function parseReport(text: string): Report {
  const value = parsedJson(text);
  const schema = schemaOf(value);
  if (schema === undefined)
    throw new ReportFormatError('JSON of something else', `name a file whose "schema" is "${schemaId}"`);
  if (schema !== schemaId)
    throw new ReportFormatError(
      `JSON with the schema ${JSON.stringify(schema)}`,
      `make it again: this version reads "${schemaId}"`,
    );
  const { success, issues } = v.safeParse(report, value);
  // The value itself: its fields stay in their order.
  if (success) return value as Report;
  const [issue] = issues;
  throw new ReportFormatError(
    `a report in which ${v.getDotPath(issue) ?? 'something'} is not as it should be (${issue.message})`,
    'make it again: it was changed, or put together by something else',
  );
}

/** @throws ReportFormatError where the text is no JSON */
export function parsedJson(text: string): unknown {
  if (text.trim() === '') throw new ReportFormatError('an empty file', 'make the report again');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ReportFormatError(
      `a text that is no JSON, or the beginning of one (${(error as Error).message})`,
      'make the report again: its writing may have been cut short',
    );
  }
}

/** What a text of this tool says of itself. */
export function schemaOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
}

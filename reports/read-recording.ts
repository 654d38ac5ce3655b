import * as v from 'valibot';
import { faultOf } from './known-events.js';
import { impossibleIn } from './possible-events.js';
import { parsedJson, ReportFormatError, schemaOf } from './read.js';
import type { RecordingFile } from './recording-file.js';
import type { Report } from './report.js';

const putTogether = 'make it again: it was changed, or put together by something else';
const schemaId = 'signal-conformance/recording/1';

const recording = v.looseObject({
  schema: v.literal(schemaId),
  kind: v.picklist(['server', 'client', 'program', 'pair']),
  run: v.looseObject({
    id: v.string(),
    scenario: v.string(),
    signal: v.nullable(v.string()),
    delivery: v.string(),
    early: v.boolean(),
    deadlineMs: v.optional(v.number()),
  }),
  contract: v.looseObject({
    deadlineMs: v.number(),
    toleranceMs: v.number(),
    protocol: v.string(),
    stopSignals: v.array(v.string()),
    reloadSignals: v.array(v.string()),
    ignoreSignals: v.array(v.string()),
    exitStatus: v.array(v.union([v.number(), v.string()])),
  }),
  survey: v.looseObject({ startMs: v.number(), persistent: v.boolean(), handled: v.array(v.string()) }),
  events: v.array(v.looseObject({ type: v.string(), atMs: v.number() })),
  test: v.looseObject({
    version: v.string(),
    startedAt: v.string(),
    durationMs: v.number(),
    name: v.optional(v.string()),
    command: v.array(v.string()),
    client: v.optional(v.array(v.string())),
    cores: v.number(),
    honoursPort: v.boolean(),
    addresses: v.array(v.string()),
    number: v.number(),
    of: v.number(),
    interrupted: v.optional(v.literal(true)),
  }),
});

/** Whether this is the text of a recording and not of a report; a text that is neither is for the reader of reports. */
export function isRecordingText(text: string): boolean {
  try {
    return String(schemaOf(JSON.parse(text))).startsWith('signal-conformance/recording/');
  } catch {
    return false;
  }
}

/**
 * The recording that a text holds, such as a file of `--record`.
 *
 * @throws ReportFormatError where it is of another schema, was changed, or has events of a later version
 */
export function parseRecording(text: string): RecordingFile {
  const value = parsedJson(text);
  const schema = schemaOf(value);
  if (schema !== schemaId)
    throw new ReportFormatError(
      `a recording with the schema ${JSON.stringify(schema)}`,
      `make it again: this version reads "${schemaId}"`,
    );
  const { success, output, issues } = v.safeParse(recording, value);
  if (!success) {
    const [issue] = issues;
    throw new ReportFormatError(
      `a recording in which ${v.getDotPath(issue) ?? 'something'} is not as it should be (${issue.message})`,
      putTogether,
    );
  }
  checkEvents(output.run.id, output.events, output.test.version);
  // The value itself: its fields stay in their order.
  return value as RecordingFile;
}

/**
 * Checks the events of a report that is to be judged again.
 *
 * @throws ReportFormatError where there are events of a later version, or fields are missing
 */
export function checkReportEvents({ runs, version }: Report): void {
  for (const { id, events } of runs) checkEvents(id, events, version);
}

/** An event that nobody here understands may be the one that turns a verdict, and so may one that cannot have been. */
function checkEvents(
  run: string,
  events: readonly { readonly type: string; readonly atMs: number }[],
  version: string,
): void {
  for (const [index, event] of events.entries()) {
    const fault = faultOf(event);
    if (fault === undefined) continue;
    const where = `event ${index} of ${run}`;
    if (fault === 'unknown')
      throw new ReportFormatError(
        `${where}, of the type ${JSON.stringify(event.type)}, which this version does not know`,
        `judge it with the version that recorded it (${version}), or a later one`,
      );
    throw new ReportFormatError(
      `${where} (${event.type}), whose ${fault} is not as it should be`,
      putTogether,
    );
  }
  const found = impossibleIn(events);
  if (found === undefined) return;
  const { index, expected, given } = found;
  const what = index === undefined ? run : `event ${index} of ${run} (${events[index]?.type})`;
  throw new ReportFormatError(`${what}: expected ${expected}, given ${given}`, putTogether);
}

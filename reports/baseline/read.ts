import * as v from 'valibot';
import { ReportFormatError } from '../read.js';
import { type Baseline, baselineSchema } from './baseline.js';

const entry = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[^@\s]+@\S+$/, 'expected <requirement>@<run>')),
  outcome: v.picklist(['fail', 'untested'], 'expected "fail" or "untested"'),
  sometimes: v.optional(v.literal(true, 'expected true, or nothing at all')),
  reason: v.string('expected a text'),
  message: v.string('expected a text'),
});
const baseline = v.strictObject({
  schema: v.literal(baselineSchema),
  target: v.strictObject({
    kind: v.picklist(['server', 'client', 'program', 'pair'], 'expected server, client, program or pair'),
    name: v.optional(v.string('expected the name of a target')),
    command: v.optional(v.array(v.string('expected a text'), 'expected a list of words')),
    client: v.optional(v.array(v.string())),
  }),
  known: v.array(entry),
});

/**
 * The baseline that a text holds.
 *
 * @throws ReportFormatError where it is none: cut short, of another schema, with a field or an id twice that it cannot have
 */
export function parseBaseline(text: string): Baseline {
  const value = parsed(text);
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined;
  if (schema !== baselineSchema)
    throw new ReportFormatError(
      schema === undefined ? 'JSON of something else' : `JSON with the schema ${JSON.stringify(schema)}`,
      schema === undefined
        ? `name a file whose "schema" is "${baselineSchema}"`
        : `this version reads "${baselineSchema}": name such a file, or another one for --update-baseline to make`,
    );
  const { success, output, issues } = v.safeParse(baseline, value);
  if (!success) throw notAsItShouldBe(value, issues[0]);
  for (const [index, one] of output.known.entries()) {
    const other = output.known.slice(0, index).find((former) => isTwice(former, one));
    if (other !== undefined)
      throw new ReportFormatError(
        `a baseline that lists ${JSON.stringify(one.id)} twice`,
        'remove one of the two; only what comes and goes ("sometimes": true) may have several reasons',
      );
  }
  return output as Baseline;
}

type Entry = v.InferOutput<typeof entry>;

/** What comes and goes may do so for several reasons. */
function isTwice(one: Entry, other: Entry): boolean {
  if (one.id !== other.id) return false;
  return !(one.sometimes && other.sometimes && one.message !== other.message);
}

function parsed(text: string): unknown {
  if (text.trim() === '')
    throw new ReportFormatError('an empty file', 'remove it, or restore it from version control');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ReportFormatError(
      `a text that is no JSON, or the beginning of one (${(error as Error).message})`,
      'restore it from version control: its writing or a merge may have gone wrong',
    );
  }
}

function notAsItShouldBe(value: unknown, issue: v.BaseIssue<unknown>): ReportFormatError {
  const path = v.getDotPath(issue) ?? 'something';
  const [, index] = /^known\.(\d+)/.exec(path) ?? [];
  const id = index === undefined ? undefined : (value as Baseline).known[Number(index)]?.id;
  const where = typeof id === 'string' ? ` (of ${JSON.stringify(id)})` : '';
  const isUnknown = issue.type === 'strict_object' && issue.expected === 'never';
  const what = isUnknown ? 'is not known' : `is not as it should be (${issue.message})`;
  return new ReportFormatError(
    `a baseline in which ${path}${where} ${what}`,
    isUnknown ? 'remove it' : 'correct it, or restore the file from version control',
  );
}

import * as v from 'valibot';
import type { TargetKind } from '../contract/contract.js';
import { shown, UsageError } from '../errors.js';
import { type AnyOptions, checkOptionsOf } from './kind-options.js';
import { didYouMean } from './suggestion.js';
import type { SuiteOption } from './suite.js';

// Only the JavaScript types are checked here; what a text says is the business of the file for its kind of value.
const duration = v.optional(v.union([v.string(), v.number()], 'a text such as 5s, or milliseconds'));
const text = v.optional(v.string('a text'));
const count = v.optional(v.number('a number'));
const list = v.optional(
  v.union([v.string(), v.pipe(v.array(v.string()), v.readonly())], 'a text, or a list of texts'),
);

/** Also the options of a configuration file. */
export const shape = v.strictObject(
  {
    deadline: duration,
    tolerance: duration,
    deadlineEnv: text,
    deadlineUnit: text,
    protocol: text,
    notice: v.optional(v.union([v.string(), v.literal(false)], 'a text, or false')),
    stopSignals: list,
    reloadSignals: list,
    ignoreSignals: list,
    exitStatus: v.optional(
      v.union(
        [v.string(), v.number(), v.array(v.union([v.string(), v.number()]))],
        'statuses in a text with commas, or in a list',
      ),
    ),
    port: count,
    socket: text,
    pidFile: text,
    ready: v.optional(v.union([v.string(), v.instance(RegExp)], 'a regular expression, or its text')),
    startupTimeout: duration,
    path: text,
    slowPath: text,
    clients: count,
    env: v.optional(v.record(v.string(), v.string(), 'a record of texts')),
    cwd: text,
    only: list,
    skip: list,
    full: v.optional(v.boolean('true or false')),
    jobs: count,
    repeat: count,
    seed: count,
    handles: v.optional(v.record(v.string(), v.string(), 'a record of texts')),
    item: v.optional(v.union([v.string(), v.instance(RegExp)], 'a regular expression, or its text')),
    sweep: list,
    suite: v.optional(v.custom<SuiteOption>(() => true)),
    delivery: list,
    isolation: text,
    afterNotice: text,
    signalTo: text,
    shard: text,
    shardDurations: v.optional(v.record(v.string(), v.number(), 'a record of milliseconds by run id')),
  },
  'an object with options',
);

/** Options whose fields have the right JavaScript types; `protocol` may still be any text. */
export type ShapedOptions = v.InferOutput<typeof shape>;

/** Rejects unknown options, and values of the wrong JavaScript type. */
export function checkShape(options: AnyOptions, kind: TargetKind): ShapedOptions {
  const result = v.safeParse(shape, options);
  if (result.success) {
    checkOptionsOf(kind, options);
    return result.output;
  }
  throw misuse(result.issues[0]);
}

function misuse(issue: v.BaseIssue<unknown>): UsageError {
  const [item, deeper] = issue.path ?? [];
  const option = item === undefined ? 'options' : String(item.key);
  if (item !== undefined && !Object.hasOwn(shape.entries, option)) {
    return new UsageError({
      option,
      expected: 'a known option',
      given: shown(issue.input),
      fix: didYouMean(option, Object.keys(shape.entries), 'take it out: there is no such option'),
    });
  }
  return new UsageError({
    option,
    expected: deeper === undefined ? issue.message : `a text for ${String(deeper.key)}`,
    given: shown(issue.input),
    fix: 'write a value of that type, or leave the option out',
  });
}

import * as v from 'valibot';
import { type FormatName, formatNames } from '../../reports/formats.js';
import type { TargetKind } from '../contract/contract.js';
import { type AnyOptions, isOptionOf } from '../options/kind-options.js';
import { shape as options } from '../options/shape.js';
import type { GateOptions, OutputOptions, PairTarget, ReportOptions, SeveralTargets } from './config.js';

export const kinds = ['server', 'client', 'program', 'pair'] as const satisfies readonly TargetKind[];

const words = v.pipe(v.array(v.string()), v.minLength(1));
const flag = v.optional(v.boolean('true or false'));
const path = v.optional(v.string('the path of a file'));

const reportEntries = Object.fromEntries(formatNames.map((name) => [name, path])) as Record<
  FormatName,
  typeof path
>;
/** What is no option of the target itself, and may differ between targets. */
export const gateEntries = {
  strict: flag,
  baseline: path,
  edition: v.optional(v.number('a year')),
  ...reportEntries,
};
/** What concerns all targets, and stands at the top only. */
export const outputEntries = { quiet: flag, verbose: flag, color: flag };
/** Keys whose values are paths from the folder of the file. */
export const pathKeys: readonly string[] = [...formatNames, 'baseline'];

/** A target of one kind. */
export function targetShape(kind: TargetKind) {
  const its = Object.entries(options.entries).filter(([option]) => isOptionOf(kind, option));
  const entries: v.ObjectEntries = {
    kind: kind === 'server' ? v.optional(v.literal(kind)) : v.literal(kind),
    command: words,
    ...(kind === 'pair' ? { client: words } : {}),
    ...Object.fromEntries(its),
    ...gateEntries,
  };
  return v.strictObject(entries, 'an object with the options of a target');
}

const topEntries = {
  $schema: v.optional(v.string('the path or address of the JSON Schema')),
  kind: v.optional(v.picklist(kinds, `one of ${kinds.join(', ')}`)),
  command: v.optional(words),
  client: v.optional(words),
  ...options.entries,
  ...gateEntries,
  ...outputEntries,
};

/** Everything but the targets: these are looked at one by one, by their kinds. */
export const topShape = v.strictObject(topEntries, 'an object');

/** The whole file, for editors. */
export const configShape = v.strictObject({
  ...topEntries,
  targets: v.optional(v.record(v.string(), v.union(kinds.map(targetShape)))),
});

export type Key = keyof typeof configShape.entries;

// What the types know and what is accepted are the same keys: otherwise this does not compile.
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never;
true satisfies Same<keyof AnyOptions, keyof typeof options.entries>;
true satisfies Same<keyof GateOptions, keyof typeof gateEntries>;
true satisfies Same<keyof ReportOptions, FormatName>;
true satisfies Same<keyof OutputOptions, keyof typeof outputEntries>;
true satisfies Same<keyof SeveralTargets | keyof PairTarget | '$schema', Key>;

import type { TargetKind } from '../../harness/contract/contract.js';
import { inline } from '../json.js';

export const baselineSchema = 'signal-conformance/baseline/1';

/** A verdict that is known to be so, and accepted for now. */
export interface KnownVerdict {
  /** The verdict's id, `<requirement>@<run>`. */
  readonly id: string;
  readonly outcome: 'fail' | 'untested';
  /** Why it is accepted: written by people, empty at first. */
  readonly reason: string;
  /** What was observed. With another reason to fail it is another failure. */
  readonly message: string;
  /** It comes and goes: that it passes in a play is no news. Set by an update that sees both, taken away by people. */
  readonly sometimes?: true;
}

/** The file of `--baseline`: what of a target is known not to be as it should be. */
export interface Baseline {
  readonly schema: typeof baselineSchema;
  readonly target: {
    readonly kind: TargetKind;
    /** Its name in the configuration file; missing where it has none. */
    readonly name?: string;
    /** Missing in files of versions that did not write it. */
    readonly command?: readonly string[];
    /** Of a pair: the client's command. */
    readonly client?: readonly string[];
  };
  /** Sorted by id. */
  readonly known: readonly KnownVerdict[];
}

/** One entry a line, so that a merge request shows each as one line that came, went or changed. */
export function baselineText({ schema, target, known }: Baseline): string {
  const entries = known.map(({ id, outcome, sometimes, reason, message }) =>
    inline({ id, outcome, ...(sometimes && { sometimes }), reason, message }),
  );
  const list = entries.length === 0 ? '[]' : `[\n    ${entries.join(',\n    ')}\n  ]`;
  return `{\n  "schema": ${inline(schema)},\n  "target": ${inline(target)},\n  "known": ${list}\n}\n`;
}

import type { Contract } from '../harness/contract/contract.js';
import type { Delivery } from '../harness/contract/delivery.js';
import type { SignalName } from '../harness/contract/signal-name.js';
import type { RunIdentity } from '../harness/recording/recording.js';
import type { Possibilities, Scenario } from './scenario.js';

/** What tells runs of one scenario with one signal apart. */
type Variant = Pick<RunIdentity, 'thenSignal' | 'place'>;

/** A run that may be played. */
export interface Candidate<On> {
  readonly id: string;
  readonly script: Scenario<On>;
  readonly signal: SignalName | null;
  readonly variant?: Variant;
  readonly delivery: Delivery;
  /** Part of the default plan; others are played with `--full`, or when a pattern names them. */
  readonly usual: boolean;
}

/** Every scenario with every signal, sent to the process. */
export function candidatesOf<On>(
  scenarios: readonly Scenario<On>[],
  { contract }: Possibilities,
  full: boolean,
): Candidate<On>[] {
  return scenarios.flatMap((script) => {
    if (script.deliveries?.includes('process') === false) return [];
    if (script.deliveries?.includes('process') === false) return [];
    const signals: readonly (SignalName | null)[] = script.signals?.(contract) ?? contract.stopSignals;
    return signals.flatMap((signal, index) => {
      const id = signal === null ? script.id : `${script.id}/${signal}`;
      const usual = full || script.core === true || script.signals !== undefined || index === 0;
      return variantsOf(script, contract, signal).map(({ suffix, variant }) => ({
        id: id + suffix,
        script,
        signal,
        variant,
        delivery: 'process' as const,
        usual,
      }));
    });
  });
}

function variantsOf<On>(
  { thenSignals, places }: Scenario<On>,
  contract: Contract,
  signal: SignalName | null,
): readonly { readonly suffix: string; readonly variant: Variant }[] {
  if (places !== undefined)
    return Array.from({ length: places }, (_, index) => ({
      // All as long, so that they sort by place.
      suffix: `-${String(index + 1).padStart(String(places).length, '0')}`,
      variant: { place: index + 1 },
    }));
  if (thenSignals === undefined) return [{ suffix: '', variant: {} }];
  const following = thenSignals(contract).filter((then) => then !== signal);
  return following.map((thenSignal) => ({ suffix: `-${thenSignal}`, variant: { thenSignal } }));
}

import type { Protocol } from '../contract/contract.js';
import { shown, UsageError } from '../errors.js';
import { didYouMean } from './suggestion.js';

const protocols: readonly (Protocol | 'auto')[] = ['auto', 'echo', 'http', 'tcp', 'none'];
const others = new Map<string, Protocol>([
  ['https', 'tcp'],
  ['tls', 'tcp'],
  ['grpc', 'tcp'],
  ['redis', 'tcp'],
]);

/** How the target is spoken to. */
export function parseProtocol(option: string, value: string): Protocol | 'auto' {
  const known = protocols.find((protocol) => protocol === value);
  if (known !== undefined) return known;
  const instead = others.get(value.toLowerCase());
  throw new UsageError({
    option,
    expected: `one of ${protocols.join(', ')}`,
    given: shown(value),
    fix:
      instead === undefined
        ? didYouMean(value, protocols, 'write auto to let the survey find out')
        : `write ${instead}, which makes connections only: ${value} itself is not spoken yet`,
  });
}

/** An option that would change nothing is a misunderstanding: say so instead of ignoring it. */
export function checkProtocolSpeaks(
  option: string,
  value: string | false | undefined,
  protocol: Protocol | 'auto',
  speakers: readonly Protocol[],
): void {
  if (value === undefined || value === false || protocol === 'auto') return;
  if (speakers.includes(protocol)) return;
  throw new UsageError({
    option,
    expected: `the protocol ${speakers.join(' or ')} when this option is given`,
    given: `${shown(value)} with the protocol ${protocol}`,
    fix: `leave the option out (it has no effect on ${protocol}), or change the protocol`,
  });
}

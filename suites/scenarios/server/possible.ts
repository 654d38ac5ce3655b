import type { Possibilities } from '../../scenario.js';

/** Why a scenario that connects clients cannot be played. */
export function needsClients({ contract }: Possibilities): string | undefined {
  return contract.protocol === 'none' ? 'the protocol is `none`: there are no clients' : undefined;
}

/** Why a scenario that exchanges messages cannot be played. */
export function needsExchange(possibilities: Possibilities): string | undefined {
  if (possibilities.contract.protocol !== 'tcp') return needsClients(possibilities);
  return 'the protocol is `tcp`: connections are made, and nothing is exchanged';
}

/** Why a scenario with clients that stay connected between two messages cannot be played. */
export function needsIdleClients(possibilities: Possibilities): string | undefined {
  if (possibilities.survey.persistent) return needsClients(possibilities);
  return (
    needsClients(possibilities) ??
    'the target closes every connection after one exchange: it has no idle clients'
  );
}

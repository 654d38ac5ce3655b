import type { Possibilities } from '../../scenario.js';

/** The reason why a scenario that signals the server is not played; undefined where it is. */
export function needsServerSignalled({ signalTo = 'server' }: Possibilities): string | undefined {
  return signalTo === 'server' ? undefined : 'the signal goes to a client (--signal-to)';
}

/** The same for one that signals a client. */
export function needsClientSignalled({ signalTo = 'server' }: Possibilities): string | undefined {
  return signalTo === 'client' ? undefined : 'the signal goes to the server; --signal-to client plays it';
}

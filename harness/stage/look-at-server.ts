import type { System } from '../process/system.js';
import { familyOf } from '../survey/address.js';
import type { Address } from '../survey/surveyed.js';
import { MomentMissed } from './moment-missed.js';
import type { LookAtSocket } from './server-end.js';

/**
 * How the server's end of a connection to this address is looked at: by the port of the client's end, or for a unix
 * socket by its inode.
 *
 * @throws MomentMissed from a look, where the system does not show unix sockets
 */
export function lookAtServer(
  system: Pick<System, 'serverSocket' | 'unixSocket' | 'whyNoUnixSockets'>,
  address: Address,
): LookAtSocket {
  return (client, sinceMs) => {
    if (address.socket === undefined)
      return system.serverSocket(address.port, client, familyOf(address.host), sinceMs);
    const reason = system.whyNoUnixSockets();
    if (reason !== undefined) throw new MomentMissed('the connection is looked at', reason);
    return system.unixSocket(String(client), sinceMs);
  };
}

import type { Protocol } from '../contract/contract.js';
import type { Listener } from '../process/system.js';
import { socketAddress } from '../target/place.js';
import { connectHosts } from './address.js';
import { answersAgain, detectProtocol, type Probed, probeAs } from './probe.js';
import type { Address } from './surveyed.js';

/** What became of the questions to one listening socket, and where they were put. */
export interface Answer {
  readonly address: Address;
  /** `silent`: nothing answered. `once`: the first client was answered, and a second one was not. */
  readonly probed: Probed | 'silent' | 'once';
}

/**
 * Talks to a listening socket, at each address by which it may be reached, until one answers. Where none does, the
 * first of them stands for it.
 */
export async function askListener(
  { host: listening, port }: Pick<Listener, 'host' | 'port'>,
  protocol: Protocol | 'auto',
  path: string,
): Promise<Answer> {
  const [first = listening, ...others] = connectHosts(listening);
  const answer = await askAt({ host: first, port }, protocol, path);
  for (const host of answer.probed === 'silent' ? others : []) {
    const other = await askAt({ host, port }, protocol, path);
    if (other.probed !== 'silent') return other;
  }
  return answer;
}

/** The same for a unix socket. */
export function askSocket(socket: string, protocol: Protocol | 'auto', path: string): Promise<Answer> {
  return askAt(socketAddress(socket), protocol, path);
}

async function askAt(address: Address, protocol: Protocol | 'auto', path: string): Promise<Answer> {
  const probed =
    protocol === 'auto' || protocol === 'none'
      ? await detectProtocol(address, path)
      : ((await probeAs(protocol, address, path)) ?? 'silent');
  if (typeof probed === 'string') return { address, probed };
  return { address, probed: (await answersAgain(address, probed, path)) ? probed : 'once' };
}

import type { Contract } from '../contract/contract.js';
import type { SignalName } from '../contract/signal-name.js';
import type { RunIdentity } from '../recording/recording.js';
import type { Surveyed } from '../survey/surveyed.js';
import type { Clients } from './clients.js';
import type { Server } from './server.js';

/** All that a scenario can do: speak to the server, and let clients speak to it. */
export interface Stage {
  readonly server: Server;
  readonly clients: Clients;
  /** The signal of this run. */
  readonly signal: SignalName;
  /** The other signal that follows it, in runs that are played with two. */
  readonly thenSignal?: SignalName;
  /** The place of the start-up, from 1 on, in runs that are played at many. */
  readonly place?: number;
  /** When exactly it is to come, where a play of this place is confirmed. */
  readonly placeAt?: RunIdentity['placeAt'];
  /** The signal that ends the target in runs whose own signal does not: the first stop signal of the contract. */
  readonly stopSignal: SignalName;
  readonly contract: Contract;
  readonly survey: Surveyed;
  readonly slowPath: string | undefined;
  /** Notes a fact that the scenario has waited for. */
  moment(words: string): void;
}

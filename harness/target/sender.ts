import { type Delivery, keys } from '../contract/delivery.js';
import type { SignalName } from '../contract/signal-name.js';
import type { Launched } from '../process/launch.js';
import { sendTo } from '../process/send.js';

/** What came of it: it went to the process or to its group, or could not; or it leaves at a time that is told later. */
type Sending =
  | { readonly group?: true; readonly error?: string }
  /** Done at its terminal, at this time in milliseconds on CLOCK_MONOTONIC: typed, or by closing it. */
  | {
      readonly left: Promise<number>;
      readonly how: { readonly typed: true } | { readonly hangup: true };
    };

/** Sends signals to a started target in one of the ways in which they arrive. */
export class Sender {
  readonly #launched: Pick<Launched, 'pid' | 'terminal'>;
  readonly #delivery: Delivery;

  constructor(launched: Pick<Launched, 'pid' | 'terminal'>, delivery: Delivery) {
    this.#launched = launched;
    this.#delivery = delivery;
  }

  send(signal: SignalName): Sending {
    const { pid, terminal } = this.#launched;
    const key = keys[signal];
    if (terminal && this.#delivery === 'terminal' && key !== undefined)
      return { left: terminal.type(key), how: { typed: true } };
    if (terminal && this.#delivery === 'hangup' && signal === 'SIGHUP')
      return { left: terminal.hangUp(), how: { hangup: true } };
    // The root leads its session and its group: its pid is the group's number (kill(2)).
    const isGroup = this.#delivery === 'group';
    const error = sendTo(isGroup ? -pid : pid, signal);
    return { ...(isGroup ? { group: true } : {}), ...(error === undefined ? {} : { error }) };
  }
}

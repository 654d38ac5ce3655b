import { type SignalName, signalName } from '../contract/signal-name.js';

/** Signals of a mask as /proc/PID/status writes it: hexadecimal, bit n-1 for signal n. Real-time signals are left out. */
export function decodeMask(hexadecimal: string | undefined): SignalName[] {
  if (hexadecimal === undefined) return [];
  const mask = BigInt(`0x${hexadecimal}`);
  const signals: SignalName[] = [];
  for (let number = 1; number <= 31; number += 1) {
    const name = (mask >> BigInt(number - 1)) & 1n ? signalName(number) : undefined;
    if (name !== undefined) signals.push(name);
  }
  return signals;
}

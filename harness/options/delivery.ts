import { type Delivery, deliveries, wrapperDeliveries } from '../contract/delivery.js';
import { oneOf } from './one-of.js';

/** All of a family. */
const families: Readonly<Record<string, readonly Delivery[]>> = { wrapper: wrapperDeliveries };

/** A list of deliveries, in a text with commas or one by one; `wrapper` stands for all wrappers. Duplicates collapse. */
export function parseDeliveries(option: string, value: string | readonly string[]): Delivery[] {
  const words = typeof value === 'string' ? value.split(',').map((word) => word.trim()) : value;
  return [...new Set(words.flatMap((word) => families[word] ?? oneOf(option, word, deliveries)))];
}

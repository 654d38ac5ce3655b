import { type Delivery, deliveries } from '../contract/delivery.js';
import { oneOf } from './one-of.js';

/** A list of deliveries, in a text with commas or one by one. Duplicates collapse. */
export function parseDeliveries(option: string, value: string | readonly string[]): Delivery[] {
  const words = typeof value === 'string' ? value.split(',').map((word) => word.trim()) : value;
  return [...new Set(words.map((word) => oneOf(option, word, deliveries)))];
}

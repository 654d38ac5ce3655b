import { type Delivery, deliveries, wrapperDeliveries } from '../contract/delivery.js';
import { oneOf } from './one-of.js';

/** A list of deliveries, in a text with commas or one by one; `wrapper` stands for all wrappers. Duplicates collapse. */
export function parseDeliveries(option: string, value: string | readonly string[]): Delivery[] {
  const words = typeof value === 'string' ? value.split(',').map((word) => word.trim()) : value;
  const named = words.map((word) => oneOf(option, word, [...deliveries, 'wrapper'] as const));
  return [...new Set(named.flatMap((name) => (name === 'wrapper' ? wrapperDeliveries : name)))];
}

import { darwin } from './darwin.js';
import { linux } from './linux.js';
import type { System } from './system.js';

/** The implementation for the platform that this runs on. */
export function currentSystem(): System {
  return process.platform === 'darwin' ? darwin : linux;
}

import type { VNode } from 'preact';
import type { Report } from '../../report.js';

/** How times of repeated runs are distributed. A placeholder: the plot itself is made elsewhere. */
export function Distribution(_: { report: Report }): VNode | null {
  return null;
}

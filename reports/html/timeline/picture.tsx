import type { VNode } from 'preact';
import type { Report, ReportRun, Verdict } from '../../report.js';

/** A run's timeline as a picture. A placeholder: the picture itself is made elsewhere. */
export function TimelinePicture(_: { run: ReportRun; report: Report; verdict?: Verdict }): VNode | null {
  return null;
}

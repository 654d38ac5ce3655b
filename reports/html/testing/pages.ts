import type { FormatContext } from '../../formats.js';
import type { Report } from '../../report.js';
import { requirementTexts } from '../../requirement-samples.js';
import { toHtml } from '../html.js';

export const context = {
  strict: false,
  requirements: requirementTexts,
  replayOptions: ['--deadline', '2s'],
};

/** The page of a report. */
export const html = (report: Report, more: Partial<FormatContext> = {}) =>
  toHtml(report, { ...context, ...more });

/** A MUST that fails in the sample, and its cell in the matrix. */
export const failing = 'deadline.holds@stuck-client/SIGTERM';
export const failingCell = `.matrix td.fail a[href="#${failing}"]`;

/** What is read, without markup. */
export const textOf = (page: string) =>
  page
    .replace(/<(style|script)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

export const attributes = (page: string, name: string) =>
  [...page.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value]) => value as string);

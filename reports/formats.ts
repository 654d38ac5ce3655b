import type { Gate } from './gate.js';
import type { Report } from './report.js';
import type { RequirementText } from './requirement-text.js';

/** What a report's text depends on besides the report itself. */
export interface FormatContext extends Gate {
  readonly requirements: readonly RequirementText[];
  /** The options of this invocation without `--only` and `--skip`, for the command that plays one run again. */
  readonly replayOptions?: readonly string[];
}

/** The whole text of a report in one format. Pure: the same report gives the same text. */
export type Format = (report: Report, context: FormatContext) => string;

/**
 * The formats that are written to files, by the name of their option (`json` for `--json`). Each is loaded when it is
 * asked for. A new one needs a line here, and its option.
 */
export const formats = {
  json: async (): Promise<Format> => (await import('./json.js')).toJson,
  junit: async (): Promise<Format> => (await import('./junit/junit.js')).toJunit,
  html: async (): Promise<Format> => (await import('./html/html.js')).toHtml,
  markdown: async (): Promise<Format> => (await import('./markdown/markdown.js')).toMarkdown,
  tap: async (): Promise<Format> => (await import('./tap/tap.js')).toTap,
};

export type FormatName = keyof typeof formats;
export const formatNames = Object.keys(formats) as readonly FormatName[];

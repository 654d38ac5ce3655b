import { createHash } from 'node:crypto';
import { render } from 'preact-render-to-string';
import type { FormatContext } from '../formats.js';
import type { Report } from '../report.js';
import { printable, shellWord } from '../text/printable.js';
import { clipped } from './clipped.js';
import { compact } from './compact.js';
import { outcomeStyle } from './header.js';
import { icon } from './icon.js';
import { Page } from './page.js';
import { script } from './script.js';
import { style } from './style/style.js';
import { viewOf } from './view.js';

/**
 * The report as one page that needs nothing else: it opens from a disk and as an artifact of a CI, without a network, and
 * without scripts. Whatever a target wrote is text there: components escape it by construction, what a browser would hide or
 * interpret is made visible, and a policy in the page itself allows its own style and script alone, by their hashes.
 */
export function toHtml(report: Report, context: FormatContext): string {
  const view = viewOf(report, context);
  const title = clipped(`${report.outcome}: ${report.target.command.map(shellWord).join(' ')}`, 120);
  const head = render(
    <>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <meta name="generator" content={`signal-conformance ${report.version}`} />
      <title>{title}</title>
      <link rel="icon" href={icon(outcomeStyle(view))} />
    </>,
  );
  const body = render(<Page view={view} />);
  // The two raw parts are constants of this program.
  return [
    '<!doctype html>\n<html lang="en">\n<head>',
    `${printable(head)}<style>${style}</style></head>\n<body>`,
    `${printable(compact(body))}<script>${script}</script></body>\n</html>\n`,
  ].join('');
}

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `style-src ${hash(style)}`,
  `script-src ${hash(script)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

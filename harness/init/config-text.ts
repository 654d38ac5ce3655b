import { wrap } from '../../reports/text/wrap.js';
import type { Line } from './findings.js';
import type { ConfigFormat } from './project.js';

const columns = 100;

/** The whole text of a configuration file. JSON has no comments: what they would say stands in its schema. */
export function configText(format: ConfigFormat, name: string, lines: readonly Line[]): string {
  if (format === 'json') return json(name, lines);
  const body = lines.flatMap(({ key, value, comment, isOn }) => [
    ...comments(comment, 6),
    `      ${isOn ? '' : '// '}${key}: ${literal(value)},`,
  ]);
  return `${[
    "import { defineConfig } from 'signal-conformance';",
    '',
    ...comments('`npx signal-conformance` tests these targets. All options: signal-conformance --help', 0),
    'export default defineConfig({',
    '  targets: {',
    `    ${literal(name)}: {`,
    ...body,
    '    },',
    '  },',
    '});',
  ].join('\n')}\n`;
}

function json(name: string, lines: readonly Line[]): string {
  const target = Object.fromEntries(lines.filter(({ isOn }) => isOn).map(({ key, value }) => [key, value]));
  const $schema = './node_modules/signal-conformance/harness/config/config.schema.json';
  return `${JSON.stringify({ $schema, targets: { [name]: target } }, undefined, 2)}\n`;
}

/** What a target is called by the survey is hostile: on each line it stays a comment. */
function comments(text: string, indent: number): string[] {
  return wrap(text, columns - indent - 3).map((line) => `${' '.repeat(indent)}// ${line}`);
}

function literal(value: unknown): string {
  if (typeof value === 'string')
    return /^[^'"\\\p{Cc}]*$/u.test(value) ? `'${value}'` : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).map(([key, field]) => `${literal(key)}: ${literal(field)}`);
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
}

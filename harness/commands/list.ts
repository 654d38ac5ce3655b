import { Command } from 'commander';
import { columnsOf } from '../../reports/text/wrap.js';
import { shown, UsageError } from '../errors.js';
import { didYouMean } from '../options/suggestion.js';
import { parseArguments } from './arguments.js';
import { suiteOption } from './command-options.js';
import type { Catalogue } from './engine.js';
import type { Ending, Io } from './io.js';
import { row, widest } from './row.js';

type Render = (catalogue: Catalogue, columns: number) => string;
const formats: Readonly<Record<string, Render>> = { text: asText, markdown: asMarkdown, json: asJson };

/** `signal-conformance list [--format text|markdown|json]` */
export async function list(args: readonly string[], io: Io): Promise<Ending> {
  const command = new Command('signal-conformance list')
    .description('All scenarios and requirements.')
    .option('--format <name>', 'text, markdown or json (default: text)')
    .addOption(suiteOption())
    .helpOption('-h, --help', 'print this text')
    .allowExcessArguments(false);
  const given = parseArguments(command, args, io);
  if (given === undefined) return { status: 0 };
  const render = formatOf(given.options.format ?? 'text');
  io.stdout.write(render(await io.engine.catalogue(given.options.suite), columnsOf(io.stdout)));
  return { status: 0 };
}

function formatOf(name: string): Render {
  const names = Object.keys(formats);
  const render = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (render !== undefined) return render;
  throw new UsageError({
    option: 'format',
    expected: `one of ${names.join(', ')}`,
    given: shown(name),
    fix: didYouMean(name, names, `write one of ${names.join(', ')}`),
  });
}

/** From so many columns on there is room for the year. */
const wide = 70;

/** For people; ids stand in a column of their own, so that they can be found and copied. */
export function asText({ requirements, scenarios }: Catalogue, columns: number): string {
  const idColumns = widest([...requirements, ...scenarios].map(({ id }) => id));
  const about = (id: string, text: string, level = '') =>
    row(`  ${id.padEnd(idColumns)}  ${level}`, text, columns);
  const lines = [
    `${requirements.length} requirements (signal-conformance explain <id> says more):`,
    ...requirements.flatMap(({ id, level, since, statement }) =>
      about(id, statement, level.padEnd(8) + (columns < wide ? '' : `${since}  `)),
    ),
  ];
  for (const [group, members] of byGroup(scenarios)) {
    lines.push('', `Scenarios, ${group}:`, ...members.flatMap(({ id, title }) => about(id, title)));
  }
  return `${lines.join('\n')}\n`;
}

/** Two tables, for a document. */
export function asMarkdown({ requirements, scenarios }: Catalogue): string {
  const table = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
    [heads, heads.map(() => '---'), ...rows]
      .map((cells) => `| ${cells.map(cellText).join(' | ')} |`)
      .join('\n');
  return [
    '## Requirements',
    table(
      ['id', 'level', 'since', 'statement'],
      requirements.map(({ id, level, since, statement }) => [`\`${id}\``, level, String(since), statement]),
    ),
    '## Scenarios',
    table(
      ['id', 'group', 'what is played'],
      scenarios.map(({ id, group, title }) => [`\`${id}\``, group, title]),
    ),
    '',
  ].join('\n\n');
}

function cellText(cell: string): string {
  return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** For programs: the texts, without the functions. */
export function asJson({ requirements, scenarios }: Catalogue): string {
  const catalogue = {
    schema: 'signal-conformance/catalogue/1',
    requirements: requirements.map(({ id, level, since, statement, because, remedy, sources }) => ({
      id,
      level,
      since,
      statement,
      because,
      remedy,
      sources,
    })),
    scenarios: scenarios.map(({ id, family, title, group }) => ({ id, family, title, group })),
  };
  return `${JSON.stringify(catalogue, null, 2)}\n`;
}

function byGroup(scenarios: Catalogue['scenarios']): Map<string, Catalogue['scenarios'][number][]> {
  const groups = new Map<string, Catalogue['scenarios'][number][]>();
  for (const scenario of scenarios)
    groups.set(scenario.group, [...(groups.get(scenario.group) ?? []), scenario]);
  return groups;
}

import { Command } from 'commander';
import { columnsOf, labelled, wrap } from '../../reports/text/wrap.js';
import type { Requirement } from '../../suites/requirement.js';
import { shown, UsageError } from '../errors.js';
import { suggest } from '../options/suggestion.js';
import { parseArguments } from './arguments.js';
import { suiteOption } from './command-options.js';
import type { Catalogue } from './engine.js';
import type { Ending, Io } from './io.js';

/** `signal-conformance explain <requirement>` */
export async function explain(args: readonly string[], io: Io): Promise<Ending> {
  const command = new Command('signal-conformance explain')
    .description('What a requirement demands, why, and how to fix it.')
    .argument('<requirement>', 'its id, such as notice.every-client, or that of a verdict')
    .addOption(suiteOption())
    .helpOption('-h, --help', 'print this text')
    .allowExcessArguments(false);
  const given = parseArguments(command, args, io);
  if (given === undefined) return { status: 0 };
  const requirement = find(given.words[0] ?? '', await io.engine.catalogue(given.options.suite));
  io.stdout.write(render(requirement, columnsOf(io.stdout)));
  return { status: 0 };
}

function find(word: string, catalogue: Catalogue): Requirement {
  // Reports name verdicts, `<requirement>@<run>`: these are what people copy.
  const id = word.split('@', 1)[0];
  const found = catalogue.requirements.find((requirement) => requirement.id === id);
  if (found !== undefined) return found;
  throw new UsageError({
    option: '<requirement>',
    expected: 'the id of a requirement',
    given: shown(word),
    fix: fixFor(word, catalogue),
  });
}

function fixFor(word: string, { requirements, scenarios }: Catalogue): string {
  const scenario = scenarios.find(({ id, family }) => id === word || family === word);
  if (scenario !== undefined)
    return `${word} is a scenario (${scenario.title}): play it with --only ${word}; \`signal-conformance list\` shows the requirements`;
  const ids = requirements.map(({ id }) => id);
  const near = suggest(word, ids);
  if (near !== undefined) return `did you mean ${near}?`;
  // `every-client` for `notice.every-client`, and `notice` for all that begin with it.
  const containing = word === '' ? [] : ids.filter((id) => id.split('.').includes(word));
  return containing.length > 0
    ? `did you mean ${containing.join(' or ')}?`
    : '`signal-conformance list` shows all';
}

/** All that is known of a requirement, for people. */
export function render(requirement: Requirement, columns: number): string {
  const { id, level, since, statement, because, remedy, sources } = requirement;
  const ways: readonly [string, string | undefined][] = [
    ['anywhere', remedy.general],
    ['Node.js', remedy.node],
    ['Python', remedy.python],
    ['Go', remedy.go],
    ['JVM', remedy.jvm],
    ['shell', remedy.shell],
    ['npm etc.', remedy.runner],
  ];
  const lines = [
    `${id} (${meaning[level]})`,
    ...wrap(`Demanded since the edition of ${since}.`, columns, 2),
    ...wrap(statement, columns, 2),
    '',
    'Why',
    ...wrap(because, columns, 2),
    '',
    'How to fix it',
    ...ways.flatMap(([label, text]) => (text === undefined ? [] : labelled(label, text, columns))),
    ...(sources.length > 0 ? ['', 'Where the demand comes from'] : []),
    ...sources.flatMap((source) => wrap(source, columns, 2, 2)),
  ];
  return `${lines.join('\n')}\n`;
}

const meaning = {
  MUST: 'MUST: a failure fails the gate',
  SHOULD: 'SHOULD: a failure is a warning, and fails the gate with --strict',
  MAY: 'MAY: a failure is a warning',
} as const;

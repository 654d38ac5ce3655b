import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { formatNames } from '../../reports/formats.js';
import { columnsOf, wrap } from '../../reports/text/wrap.js';
import { configNames } from '../config/find.js';
import { shown, UsageError } from '../errors.js';
import { githubWorkflow, gitlabJob } from '../init/ci-text.js';
import { configText } from '../init/config-text.js';
import { findings } from '../init/findings.js';
import { type CiSystem, type ConfigFormat, type Project, projectIn } from '../init/project.js';
import { oneOf } from '../options/one-of.js';
import { version } from '../version.js';
import { parseArguments } from './arguments.js';
import { optionGroups } from './command-options.js';
import { planOf, surveySentence } from './dry-run.js';
import { initDescription, initUsage } from './help-text.js';
import type { Ending, Io } from './io.js';
import { refusePlatform } from './platform.js';
import { conformOptions } from './run-arguments.js';

const workflow = join('.github', 'workflows', 'signal-conformance.yml');

/** `signal-conformance init [options] <command> [args…]`: surveys a server, and writes its configuration. */
export async function init(args: readonly string[], io: Io): Promise<Ending> {
  const given = parseArguments(initCommand(), args, io);
  if (given === undefined) return { status: 0 };
  if (given.words.length === 0) throw nothingToSurvey();
  refusePlatform(io.platform);
  const options = conformOptions(given.options);
  const folder = process.cwd();
  const project = chosen(projectIn(folder), given.options);
  const file = `signal-conformance.config.${project.format}`;
  // Before the server is started: nobody waits for a survey whose result cannot be kept.
  refuseToOverwrite([...configNames(folder), ...(project.ci === 'github' ? [workflow] : [])], folder);
  const plan = await planOf(given.words, options, io, { kind: 'server' });
  if (plan === undefined) return { signal: io.interruption.by ?? 'SIGTERM' };
  const lines = findings(given.words, options, plan);
  const files = [{ path: file, text: configText(project.format, project.name, lines) }];
  if (project.ci === 'github')
    files.push({ path: workflow, text: githubWorkflow(project, version(), formatNames) });
  write(files, folder);
  const columns = columnsOf(io.stdout);
  io.stdout.write(
    `${[
      ...wrap(surveySentence(plan), columns),
      '',
      ...files.map(({ path }) => `wrote  ${path}`),
      '',
      ...next(project, file).flatMap((line) => wrap(line, columns, 0, 3)),
    ].join('\n')}\n`,
  );
  if (project.ci === 'gitlab')
    io.stdout.write(`\nAdd this job to .gitlab-ci.yml:\n\n${gitlabJob(project, version(), formatNames)}`);
  return { status: 0 };
}

function initCommand(): Command {
  const command = new Command('signal-conformance init')
    .usage(initUsage)
    .description(initDescription)
    .argument('[command...]')
    .passThroughOptions()
    .configureHelp({ visibleArguments: () => [] });
  // What is played, and which reports are wanted, belongs to each test.
  for (const [group, options] of optionGroups('server').slice(0, 2)) {
    command.optionsGroup(group);
    for (const option of options) command.addOption(option);
  }
  return command
    .optionsGroup('What is written:')
    .addOption(new Option('--format <name>', 'ts, mjs or json (default: by what the folder has)'))
    .addOption(
      new Option(
        '--ci <name>',
        'github, gitlab or none (default: gitlab where .gitlab-ci.yml is, otherwise github)',
      ),
    )
    .helpOption('-h, --help', 'print this text');
}

function chosen(
  project: Project,
  { format, ci }: { readonly format?: string; readonly ci?: string },
): Project {
  const formats: readonly ConfigFormat[] = ['ts', 'mjs', 'json'];
  const systems: readonly CiSystem[] = ['github', 'gitlab', 'none'];
  return {
    ...project,
    format: format === undefined ? project.format : oneOf('format', format, formats),
    ci: ci === undefined ? project.ci : oneOf('ci', ci, systems),
  };
}

function refuseToOverwrite(paths: readonly string[], folder: string): void {
  const existing = paths.find((path) => existsSync(join(folder, path)));
  if (existing === undefined) return;
  throw new UsageError({
    option: 'signal-conformance init',
    expected: `a folder without ${existing === workflow ? 'this workflow' : 'a configuration'}`,
    given: `${shown(existing)}, which is there`,
    fix:
      existing === workflow
        ? 'remove it first, or write --ci none'
        : 'remove it first, or go on with it: signal-conformance',
  });
}

/** All files or none. */
function write(files: readonly { readonly path: string; readonly text: string }[], folder: string): void {
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      const place = join(folder, path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text, { flag: 'wx' });
      written.push(place);
    }
  } catch (error) {
    for (const place of written) rmSync(place);
    throw new UsageError({
      option: 'signal-conformance init',
      expected: 'a folder in which files can be written',
      given: (error as Error).message,
      fix: 'make it writable, or start init in another folder',
    });
  }
}

function next({ format, isInstalled }: Project, file: string): string[] {
  return [
    'What to do next:',
    `1. Look at ${file}: the deadline is what your server promises.`,
    '2. Test it: npx signal-conformance',
    ...(isInstalled
      ? []
      : [
          `3. For ${format === 'json' ? 'the schema' : 'types'} in your editor: npm install --save-dev signal-conformance`,
        ]),
  ];
}

function nothingToSurvey(): UsageError {
  return new UsageError({
    option: 'command',
    expected: 'the command that starts the server, after the options',
    given: 'nothing',
    fix: 'for example: signal-conformance init node server.js',
  });
}

import { Command } from 'commander';
import type { Report } from '../../reports/report.js';
import { formatDuration } from '../options/duration.js';
import { version } from '../version.js';
import { reports, suiteOption } from './command-options.js';

/** The command line of commands that start nothing, and show the result of what was seen before. */
export function againCommand(name: string, usage: string, description: string): Command {
  const command = new Command(`signal-conformance ${name}`)
    .usage(usage)
    .description(description)
    .argument('[files...]')
    .configureHelp({ visibleArguments: () => [] })
    .optionsGroup('What is judged:')
    .addOption(suiteOption())
    .optionsGroup('Reports and output:');
  for (const option of reports()) command.addOption(option);
  return command
    .optionsGroup('About signal-conformance:')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this text');
}

/** Options for the command that plays a run again, as far as a contract shows them. */
export function replayOptionsOf({ target }: Report, suites: readonly string[] = []): string[] {
  const { deadlineMs, deadlineSetting } = target.contract;
  return [
    '--deadline',
    formatDuration(deadlineMs),
    ...(deadlineSetting?.env === undefined ? [] : ['--deadline-env', deadlineSetting.env]),
    ...(deadlineSetting === undefined ? [] : ['--deadline-unit', deadlineSetting.unit]),
    ...suites.flatMap((suite) => ['--suite', suite]),
  ];
}

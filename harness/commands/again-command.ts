import { Command } from 'commander';
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

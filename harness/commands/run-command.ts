import { Command } from 'commander';
import type { TargetKind } from '../contract/contract.js';
import { version } from '../version.js';
import { type OptionGroup, optionGroups } from './command-options.js';
import { afterOptions } from './help-text.js';

/** The command line of all commands that test. What stands after the target's program belongs to the target. */
export function runCommand(
  name: string,
  usage: string,
  description: string,
  kind: TargetKind = 'server',
  more: readonly OptionGroup[] = [],
): Command {
  const command = new Command(name)
    .usage(usage)
    .description(description)
    .argument('[command...]')
    .passThroughOptions()
    .configureHelp({ visibleArguments: () => [] })
    .addHelpText('after', afterOptions(kind));
  for (const [group, options] of [...optionGroups(kind), ...more]) {
    command.optionsGroup(group);
    for (const option of options) command.addOption(option);
  }
  return command
    .optionsGroup('About signal-conformance:')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this text');
}

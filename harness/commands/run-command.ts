import { Command } from 'commander';
import { version } from '../version.js';
import { afterOptions } from './help-text.js';

const again = (value: string, former: readonly string[] = []) => [...former, value];

/** The command line of `run` and `demo`. What stands after the target's program belongs to the target. */
export function runCommand(name: string, usage: string, description: string): Command {
  const command = new Command(name)
    .usage(usage)
    .description(description)
    .argument('[command...]')
    .passThroughOptions()
    .configureHelp({ visibleArguments: () => [] })
    .addHelpText('after', afterOptions);
  addPromise(command);
  addTarget(command);
  addPlan(command);
  addReports(command);
  return command
    .optionsGroup('About signal-conformance:')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this text');
}

function addPromise(command: Command): void {
  command
    .optionsGroup('What the target promises:')
    .option(
      '--deadline <duration>',
      'all is gone this long after the first stop signal: 5s, 800ms (default: 10s)',
    )
    .option('--protocol <name>', 'auto, echo, http, tcp (connections only) or none (default: auto)')
    .option(
      '--notice <text>',
      'what an echo or tcp server sends its clients at shutdown (default: SHUTDOWN for echo)',
    )
    .option('--no-notice', 'it sends its clients nothing')
    .option(
      '--stop-signals <list>',
      'signals that mean "stop gracefully" (default: TERM,INT; for echo also HUP,QUIT)',
    )
    .option('--reload-signals <list>', 'signals that mean "reload" (default: none)')
    .option('--ignore-signals <list>', 'signals that must change nothing (default: none)')
    .option(
      '--exit-status <list>',
      'accepted after a graceful stop; "signal" is death by that signal (default: 0,signal)',
    );
}

function addTarget(command: Command): void {
  command
    .optionsGroup('How to start it and speak to it:')
    .option(
      '--port <n>',
      'it always uses this port (default: it is told one, in PORT and {port}, and searched)',
    )
    .option('--ready <regex>', 'also wait for a line of output that fits')
    .option('--startup-timeout <duration>', 'how long a start may take (default: 30s)')
    .option('--path <path>', 'HTTP: what to request (default: /)')
    .option('--slow-path <path>', 'HTTP: a path whose handler takes a while')
    .option('--clients <n>', 'connected clients per run (default: 3)')
    .option('--env <name=value>', 'a variable for its environment; may be given several times', again)
    .option('--cwd <dir>', 'its working directory');
}

function addPlan(command: Command): void {
  command
    .optionsGroup('What is played:')
    .option('--only <glob>', 'only these runs, scenarios or requirements; may be given several times', again)
    .option('--skip <glob>', 'all but these; may be given several times', again)
    .option('--full', 'every scenario with every stop signal, not only the core set')
    .option('--jobs <n>', 'runs at the same time (default: no limit; starts are limited to the cores)')
    .option('--repeat <n>', 'how often each run is played (default: 1)')
    .option(
      '--tolerance <duration>',
      'how much later is still on time (default: 250ms, at most a quarter of the deadline)',
    )
    .option('--dry-run', 'start the target once for the survey, show the plan, and play nothing');
}

function addReports(command: Command): void {
  command
    .optionsGroup('Reports and output:')
    .option('--json <file>', 'write the report as JSON; - is standard output')
    .option('--junit <file>', 'write the report as JUnit XML; - is standard output')
    .option('--strict', 'a failed SHOULD fails the gate too')
    .option('--quiet', 'print failures and the outcome only')
    .option('--verbose', 'print everything that is known')
    .option('--no-color', 'print without colours');
}

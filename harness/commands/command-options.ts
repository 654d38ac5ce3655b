import { Option } from 'commander';
import type { TargetKind } from '../contract/contract.js';
import { isOptionOf } from '../options/kind-options.js';

const option = (flags: string, text: string): Option => new Option(flags, text);
const several = (flags: string, text: string): Option =>
  option(flags, `${text}; may be given several times`).argParser(
    (value: string, former: readonly string[] = []) => [...former, value],
  );

/** Of the commands that test, and of those that show what is tested. */
export const suiteOption = (): Option =>
  several('--suite <module>', 'requirements and scenarios of your own, beside the built-in ones');
/** A title, and the options under it. */
export type OptionGroup = readonly [string, readonly Option[]];

/** Instead of a command: a file that has it. */
export const configurationGroup = (): OptionGroup => [
  'Configuration, instead of a command:',
  [
    option(
      '--config <file>',
      'test the targets of this file (default: signal-conformance.config.{ts,mjs,js,json,…} of this folder)',
    ),
    several('--target <glob>', 'only these of its targets'),
  ],
];

/** The options of the commands that test a target of this kind, by groups. */
export function optionGroups(kind: TargetKind): readonly OptionGroup[] {
  const groups = [
    ['What the target promises:', promise(kind)],
    ['How to start it and speak to it:', target(kind)],
    ['What is played:', plan()],
    ['Reports and output:', [...reports(), record()]],
  ] as const;
  const has = (each: Option) => isOptionOf(kind, each.attributeName());
  return groups.map(([title, options]) => [title, options.filter(has)]);
}

/** What differs in words between the kinds. */
const words = {
  server: {
    protocol: 'auto, echo, http, tcp (connections only) or none (default: auto)',
    notice: 'what an echo or tcp server sends its clients at shutdown (default: SHUTDOWN for echo)',
    stop: 'signals that mean "stop gracefully" (default: TERM,INT; for echo also HUP,QUIT)',
    port: 'it always uses this port (default: it is told one, in PORT and {port}, and searched)',
    clients: 'connected clients per run (default: 3)',
  },
  client: {
    protocol: 'echo: it sends lines, and each comes back (default: echo)',
    notice: 'what it is sent at shutdown, ended as it ends its own messages (default: SHUTDOWN)',
    stop: 'signals that mean "stop" (default: TERM,INT)',
    port: 'it always connects to this port (default: it is told one, in HOST, PORT, {host} and {port})',
    clients: '',
  },
  pair: {
    protocol: 'echo, or tcp (bytes are passed on, and not understood) (default: echo)',
    notice: 'what the server sends its clients at shutdown (default: SHUTDOWN for echo)',
    stop: 'signals that mean "stop gracefully" (default: TERM,INT; for echo also HUP,QUIT)',
    port: 'the server always uses this port (default: it is told one, in PORT and {port}, and searched)',
    clients: 'processes of the client per run (default: 3)',
  },
  program: {
    protocol: '',
    notice: '',
    stop: 'signals that mean "stop" (default: TERM,INT)',
    port: '',
    clients: '',
  },
} as const;

function promise(kind: TargetKind): Option[] {
  const { protocol, notice, stop } = words[kind];
  return [
    option(
      '--deadline <duration>',
      'all is gone this long after the first stop signal: 5s, 800ms (default: 10s)',
    ),
    option(
      '--deadline-env <name>',
      'a variable by which it is told its deadline, as by {deadline} in its arguments (default: none)',
    ),
    option('--deadline-unit <unit>', 'what it is told its deadline in: s or ms (default: s)'),
    option('--protocol <name>', protocol),
    option('--notice <text>', notice),
    ...(kind === 'client' ? [] : [option('--no-notice', 'it sends its clients nothing')]),
    option('--after-notice <what>', 'what a told client does: exit or reconnect (default: exit)'),
    option('--stop-signals <list>', stop),
    option('--reload-signals <list>', 'signals that mean "reload" (default: none)'),
    option('--ignore-signals <list>', 'signals that must change nothing (default: none)'),
    several('--handles <signal=what>', 'USR1=<regex of the line that it prints then>, or ALRM=exit:0'),
    option('--item <regex>', 'a line of output that ends a work item; the one in progress is to be finished'),
    option(
      '--exit-status <list>',
      'accepted after a graceful stop; "signal" is death by that signal (default: 0,signal)',
    ),
  ];
}

function target(kind: TargetKind): Option[] {
  const { port, clients } = words[kind];
  return [
    option('--port <n>', port),
    option(
      '--socket <path>',
      'it always uses this unix socket (default: none; {socket} in its arguments or an --env is a path of its own)',
    ),
    option(
      '--pid-file <path>',
      'it always writes this pid file (default: none; {pidfile} is a path of its own)',
    ),
    option(
      '--ready <regex>',
      kind === 'program' ? 'it is ready with the line that fits' : 'also wait for a line that fits',
    ),
    option('--startup-timeout <duration>', 'how long a start may take (default: 30s)'),
    option('--path <path>', 'HTTP: what to request (default: /)'),
    option('--slow-path <path>', 'HTTP: a path whose handler takes a while'),
    option('--clients <n>', clients),
    option('--signal-to <whom>', 'who is signalled: server or client (default: server)'),
    several('--env <name=value>', 'a variable for its environment'),
    option('--cwd <dir>', 'its working directory'),
  ];
}

function plan(): Option[] {
  return [
    suiteOption(),
    several('--only <glob>', 'only these runs, scenarios or requirements'),
    several('--skip <glob>', 'all but these'),
    option('--full', 'every scenario with every stop signal, not only the core set'),
    option(
      '--sweep <syscalls>',
      'instead of the scenarios: the signal on entering each call of these, such as recvfrom,accept4 (strace)',
    ),
    option(
      '--delivery <list>',
      'how signals arrive, with the core scenarios: process,group,background,terminal,pid1 (default: the first with all, the others with one); or hangup, or wrapper (all of wrapper-dash,-bash,-npm,-yarn,-pnpm), with what shows them (default: none)',
    ),
    option(
      '--isolation <how>',
      'of a fixed port: auto (runs side by side, each in a network namespace, where nothing changes for the server), namespace or none (default: auto)',
    ),
    option('--jobs <n>', 'runs at the same time (default: no limit; starts are limited to the cores)'),
    option(
      '--shard <i/n>',
      'only the i-th of n parts, for n machines (then: merge); auto or auto/n takes i from the variables of CI services and job arrays (default: everything)',
    ),
    option(
      '--shard-durations <file>',
      'the JSON report of a former test, by which the parts take equally long (default: estimates)',
    ),
    option('--repeat <n>', 'how often each run is played (default: 1)'),
    option('--seed <n>', 'the places of its start-up at which it is signalled (default: others each time)'),
    option(
      '--tolerance <duration>',
      'how much later is still on time (default: 250ms, at most a quarter of the deadline)',
    ),
    option('--dry-run', 'start the target once for the survey, show the plan, and play nothing'),
  ];
}

function record(): Option {
  return option(
    '--record <folder>',
    'keep what was seen in each run as a file there, to be judged again: a new or empty folder (default: none)',
  );
}

/** The options of all commands that show a result. */
export function reports(): Option[] {
  return [
    option('--json <file>', 'write the report as JSON; - is standard output'),
    option('--junit <file>', 'write the report as JUnit XML; - is standard output'),
    option('--html <file>', 'write the report as one page to look at; - is standard output'),
    option('--markdown <file>', 'write a short report as Markdown; it is added to "$GITHUB_STEP_SUMMARY"'),
    option('--tap <file>', 'write the report as TAP (version 14); - is standard output'),
    option('--strict', 'a failed SHOULD fails the gate too'),
    option('--baseline <file>', 'known failures: what it lists does not fail the gate, all else does'),
    option('--update-baseline', 'write that file: list what fails now, and no longer what passes'),
    option(
      '--edition <year>',
      'what was demanded later is shown, and fails no gate (default: all is demanded)',
    ),
    option('--quiet', 'print failures and the outcome only'),
    option('--verbose', 'print everything that is known'),
    option('--no-color', 'print without colours'),
  ];
}

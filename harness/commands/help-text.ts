import type { TargetKind } from '../contract/contract.js';

/** What `--help` says before and after the options. */

export const runUsage = '[options] <command> [args…]';

export const runDescription = [
  'Tests how a server handles signals: starts it, connects clients, sends real signals at observed moments, and says',
  "what breaks. The target's command is a list of words, not a shell line; the options of signal-conformance come",
  'before it, and -- may stand between.',
].join(' ');

export const kindUsage = {
  client: '[options] <command> [args…]',
  program: '[options] <command> [args…]',
  pair: '[options] <server…> -- <client…>',
} as const;

export const kindDescription = {
  client: [
    'Tests how a client handles signals and the end of its server: the harness plays the server, tells the client where',
    'it is (PORT and HOST in its environment, {port} and {host} in its arguments), tells it that it will stop, closes,',
    'resets, dies or falls silent, and signals the client itself.',
  ].join(' '),
  program: [
    'Tests how a program that serves nobody handles signals: a loop, a worker, a command-line tool. It is stopped,',
    'sent the signals that it is said to handle or to ignore, and its output is closed early, as by head -1.',
  ].join(' '),
  pair: [
    'Tests a server and its own client together: the server is started, and processes of the client, which reach it',
    'through a relay that sees what travels between them; then the server (or a client) is signalled, and both are judged.',
  ].join(' '),
} as const;

export const initUsage = '[options] <command> [args…]';

export const initDescription = [
  'Surveys a server, which starts it once, and writes signal-conformance.config.{ts,mjs,json} with what was found out, and',
  'a workflow for CI. Existing files are never changed. Options that the server needs are kept in the configuration.',
].join(' ');

export const demoUsage = 'demo [options]';

export const demoDescription = [
  'Tests the reference server that is in the package, with a deadline of 2s. It shows what the result of a conforming',
  'server looks like, and whether this machine can test at all.',
].join(' ');

export const judgeUsage = '[options] <recording…|folder…|report.json…>';

export const judgeDescription = [
  'Judges again what was seen before, by the requirements of this version: recordings that --record has kept, folders of',
  'them, or JSON reports, which hold their recordings too. Nothing is started. The result, the files and the exit status',
  'are those of a test.',
].join(' ');

export const mergeUsage = '[options] <report.json…|folder…>';

export const mergeDescription = [
  'Puts the JSON reports of all parts of a suite (--shard 1/3, 2/3, 3/3) together, and judges their runs as if one machine',
  'had played them all. What does not belong together, and what is incomplete, is refused (exit status 2).',
].join(' ');

const examples: Readonly<Record<TargetKind, readonly string[]>> = {
  server: [
    '--deadline 5s node server.js',
    '--protocol http --slow-path /report --junit signals.xml ./my-server --port {port}',
    "--only 'idle-clients/*' --verbose python3 server.py",
    '--stop-signals TERM,INT --reload-signals HUP --port 8080 ./my-server',
    './my-server --listen unix:{socket} --pid-file {pidfile}',
  ],
  client: [
    'client --deadline 5s node client.js',
    'client --after-notice reconnect ./my-client --connect {host}:{port}',
    "client --only 'notice/*' --verbose python3 client.py",
  ],
  program: [
    'program --deadline 5s ./my-worker',
    "program --handles USR1='^status' --handles ALRM=exit:0 python3 worker.py",
    "program --item '^done' --junit signals.xml ./my-worker",
  ],
  pair: [
    'pair --deadline 5s node server.js -- node client.js',
    'pair --signal-to client --clients 10 ./my-server --port {port} -- ./my-client {host} {port}',
    'pair --protocol tcp --port 8080 ./my-server -- ./my-client',
  ],
};

export const afterOptions = (kind: TargetKind): string => `
Other commands:
  signal-conformance [run] <command>      test a server
  signal-conformance client <command>     test a client: the harness plays the server
  signal-conformance program <command>    test a program that serves nobody
  signal-conformance pair <server…> -- <client…>  test your own server and client together
  signal-conformance init <command>       write a configuration for a server, and a workflow for CI
  signal-conformance                      without a command: test what the configuration of this folder says
  signal-conformance demo                 test the reference server that is in the package
  signal-conformance list                 all scenarios and requirements
  signal-conformance explain <id>         what a requirement demands, why, and how to fix it
  signal-conformance doctor               what this machine can and cannot test, and why
  signal-conformance judge <files…>       judge recordings (--record) or reports again, by today's requirements
  signal-conformance merge <reports…>     put the reports of a suite's parts together (--shard)
  signal-conformance diff <old> <new>     what changed between two JSON reports, and whether anything got worse

Exit status:
  0  conformant: no MUST failed (with --strict: no SHOULD either), and none was untested; or as --baseline lists
  1  nonconformant; with --baseline also where something that it lists as failing passes
  2  wrong usage or configuration; the message says what to write instead
  3  could not be tested: the target did not start or never answered, or a MUST is untested
  4  a fault of signal-conformance itself
  By the same signal where it was interrupted.

Examples:
${examples[kind].map((example) => `  signal-conformance ${example}\n`).join('')}`;

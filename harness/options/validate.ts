import type { TargetKind } from '../contract/contract.js';
import { UsageError } from '../errors.js';
import { checkCommand } from './command.js';
import { parseCount } from './count.js';
import { deadlineSettingOf } from './deadline-setting.js';
import { parseDeliveries } from './delivery.js';
import { formatDuration, parseDuration } from './duration.js';
import { checkEnvironment } from './environment.js';
import { parseExitStatus } from './exit-status.js';
import { parseHandles } from './handles.js';
import { parseHttpPath } from './http-path.js';
import { parseIsolation } from './isolation.js';
import type { AnyOptions } from './kind-options.js';
import { parseNotice } from './notice.js';
import { oneOf } from './one-of.js';
import { parsePidFile, parseSocket, toldFiles } from './own-files.js';
import { parsePatterns } from './patterns.js';
import { findProgram } from './program-file.js';
import { checkProtocolSpeaks, parseProtocol } from './protocol.js';
import { parseReadyLine } from './ready-line.js';
import type { PlanSettings, PromiseSettings, Settings, TargetSettings } from './settings.js';
import { checkShape, type ShapedOptions } from './shape.js';
import { parseShard, shardDurationsOf } from './shard.js';
import { checkSignalLists, parseSignals } from './signals.js';
import { parseSuites } from './suite.js';
import { parseSyscalls } from './syscalls.js';
import { parseWorkingDirectory } from './working-directory.js';

/**
 * The one place at which options are checked and defaults applied. Reads the file system for the command and the
 * working directory, and starts nothing. Throws a `UsageError` for the first mistake.
 */
export function validateOptions(
  command: readonly string[],
  options: AnyOptions = {},
  kind: TargetKind = 'server',
  client?: readonly string[],
): Settings {
  const given = checkShape(options, kind);
  const words = checkCommand(command);
  const clientWords = client === undefined ? undefined : checkCommand(client, 'client');
  const signalTo = oneOf('signalTo', given.signalTo ?? 'server', ['server', 'client']);
  // The target last: it is the file system's turn only when everything that was written is right.
  const promise = promiseOf(given, kind, words);
  return {
    kind,
    plan: { ...planOf(given), signalTo },
    target: targetOf(words, given, promise.protocol, kind),
    ...(clientWords === undefined ? {} : { client: targetOf(clientWords, given, promise.protocol, kind) }),
    promise,
    suites: optional('suite', given.suite, parseSuites),
  };
}

/** How targets of a kind are spoken to where nothing else is said. */
const usualProtocol = { server: 'auto', client: 'echo', pair: 'echo', program: 'none' } as const;

function promiseOf(given: ShapedOptions, kind: TargetKind, command: readonly string[]): PromiseSettings {
  const protocol = parseProtocol('protocol', given.protocol ?? usualProtocol[kind]);
  const deadlineMs = parseDuration('deadline', given.deadline ?? '10s');
  const lists = {
    stopSignals: optional('stopSignals', given.stopSignals, parseSignals),
    reloadSignals: parseSignals('reloadSignals', given.reloadSignals ?? []),
    ignoreSignals: parseSignals('ignoreSignals', given.ignoreSignals ?? []),
  };
  const handles = optional('handles', given.handles, parseHandles);
  // A signal that means "stop" by default is said to be handled: that is a misunderstanding, unless the list is given.
  const usual = (['SIGTERM', 'SIGINT'] as const).filter((name) => !lists.ignoreSignals.includes(name));
  const stopSignals = lists.stopSignals ?? (handles && usual.length > 0 ? usual : undefined);
  checkSignalLists({ ...lists, stopSignals, handles: handles?.map(({ signal }) => signal) });
  checkProtocolSpeaks('notice', given.notice, protocol, ['echo', 'tcp']);
  return {
    deadlineMs,
    toleranceMs: toleranceOf(given, deadlineMs),
    deadlineSetting: kind === 'server' ? deadlineSettingOf(given, command) : undefined,
    protocol,
    notice: optional('notice', given.notice, parseNotice),
    ...lists,
    exitStatus: parseExitStatus('exitStatus', given.exitStatus ?? [0, 'signal']),
    handles,
    item: optional('item', given.item, parseReadyLine),
    afterNotice: optional('afterNotice', given.afterNotice, (option, value) =>
      oneOf(option, value, ['exit', 'reconnect']),
    ),
  };
}

function toleranceOf({ tolerance }: ShapedOptions, deadlineMs: number): number {
  if (tolerance === undefined) return Math.min(250, deadlineMs / 4);
  const toleranceMs = parseDuration('tolerance', tolerance);
  if (toleranceMs <= deadlineMs) return toleranceMs;
  throw new UsageError({
    option: 'tolerance',
    expected: `at most the deadline, which is ${formatDuration(deadlineMs)}`,
    given: formatDuration(toleranceMs),
    fix: 'write a shorter one: a promise that may be kept twice as late is none',
  });
}

function targetOf(
  command: readonly string[],
  given: ShapedOptions,
  protocol: PromiseSettings['protocol'],
  kind: TargetKind,
): TargetSettings {
  const cwd = parseWorkingDirectory('cwd', given.cwd);
  const tells = toldFiles(command, given, kind);
  const port = given.port === undefined ? undefined : parseCount('port', given.port);
  // Nobody tells a program a port: its own is its own affair.
  const env = checkEnvironment('env', given.env ?? {}, protocol === 'none' ? given.env?.PORT : port);
  checkProtocolSpeaks('path', given.path, protocol, ['http']);
  checkProtocolSpeaks('slowPath', given.slowPath, protocol, ['http']);
  return {
    cwd,
    env,
    port,
    socket: optional('socket', given.socket, (option, value) => parseSocket(option, value, cwd)),
    pidFile: optional('pidFile', given.pidFile, (option, value) => parsePidFile(option, value, cwd)),
    tells,
    ready: optional('ready', given.ready, parseReadyLine),
    startupTimeoutMs: parseDuration('startupTimeout', given.startupTimeout ?? '30s'),
    path: parseHttpPath('path', given.path ?? '/'),
    slowPath: optional('slowPath', given.slowPath, parseHttpPath),
    command,
    file: findProgram(command, { cwd, path: env.PATH ?? process.env.PATH }),
  };
}

function planOf(given: ShapedOptions): Omit<PlanSettings, 'signalTo'> {
  return {
    clients: parseCount('clients', given.clients ?? 3),
    only: parsePatterns('only', given.only ?? []),
    skip: parsePatterns('skip', given.skip ?? []),
    full: given.full ?? false,
    jobs: given.jobs === undefined ? undefined : parseCount('jobs', given.jobs),
    repeat: parseCount('repeat', given.repeat ?? 1),
    seed: given.seed === undefined ? undefined : parseCount('seed', given.seed),
    sweep: parseSyscalls('sweep', given.sweep ?? []),
    deliveries: optional('delivery', given.delivery, parseDeliveries),
    isolation: optional('isolation', given.isolation, parseIsolation),
    shard: optional('shard', given.shard, parseShard),
    shardDurations: shardDurationsOf(given),
  };
}

/** Parses what was given, and leaves out what was not. */
function optional<Given, Parsed>(
  option: string,
  value: Given | undefined,
  parse: (option: string, value: Given) => Parsed,
): Parsed | undefined {
  return value === undefined ? undefined : parse(option, value);
}

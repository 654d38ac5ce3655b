import type { Report } from '../../reports/report.js';
import type { Contract, TargetKind } from '../contract/contract.js';
import { formatDuration } from '../options/duration.js';

/**
 * Options for the command that plays a run again, as far as a contract shows them: what the user wrote is not in a report.
 * A run of a signal that is no usual one is not even planned without its `--stop-signals`. What is usual is left out.
 */
export function replayOptionsOf({ target }: Report, suites: readonly string[] = []): string[] {
  const { contract } = target;
  const { deadlineMs, deadlineSetting } = contract;
  return [
    '--deadline',
    formatDuration(deadlineMs),
    ...(deadlineSetting?.env === undefined ? [] : ['--deadline-env', deadlineSetting.env]),
    ...(deadlineSetting === undefined ? [] : ['--deadline-unit', deadlineSetting.unit]),
    ...(contract.toleranceMs === Math.min(250, deadlineMs / 4)
      ? []
      : ['--tolerance', formatDuration(contract.toleranceMs)]),
    ...speaks(contract, target.kind),
    ...signals(contract, target.kind),
    ...(contract.exitStatus.join() === '0,signal' ? [] : ['--exit-status', contract.exitStatus.join()]),
    ...programs(contract),
    ...suites.flatMap((suite) => ['--suite', suite]),
  ];
}

/** A server that speaks HTTP or echo is found out again; with what says nothing itself only the user knew. */
function speaks({ protocol, notice, afterNotice }: Contract, kind: TargetKind): string[] {
  const isSaid =
    kind === 'pair' ? protocol !== 'echo' : kind === 'server' && ['tcp', 'none'].includes(protocol);
  const usual = protocol === 'echo' ? 'SHUTDOWN' : undefined;
  return [
    ...(isSaid ? ['--protocol', protocol] : []),
    ...(notice === usual ? [] : notice === undefined ? ['--no-notice'] : ['--notice', notice]),
    ...(afterNotice === undefined || afterNotice === 'exit' ? [] : ['--after-notice', afterNotice]),
  ];
}

function signals({ protocol, stopSignals, reloadSignals, ignoreSignals }: Contract, kind: TargetKind) {
  const others = [...reloadSignals, ...ignoreSignals];
  const usual =
    protocol === 'echo' && kind !== 'client'
      ? ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT']
      : ['SIGTERM', 'SIGINT'];
  const isUsual = stopSignals.join() === usual.filter((signal) => !others.includes(signal as never)).join();
  return [
    ...list('--stop-signals', isUsual ? [] : stopSignals),
    ...list('--reload-signals', reloadSignals),
    ...list('--ignore-signals', ignoreSignals),
  ];
}

function programs({ handles = [], item }: Contract): string[] {
  return [
    ...handles.flatMap(({ signal, line, exit }) => [
      '--handles',
      `${short(signal)}=${line ?? `exit:${exit}`}`,
    ]),
    ...(item === undefined ? [] : ['--item', item]),
  ];
}

/** As people write them. */
const short = (signal: string): string => signal.replace(/^SIG/, '');

const list = (option: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [option, names.map(short).join()];

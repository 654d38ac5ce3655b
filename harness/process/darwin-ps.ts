import type { ProcessInfo } from './system.js';

/** The columns that are asked for. `sess` is not: macOS prints an address of the kernel there, or 0. */
export const processColumns = 'pid=,ppid=,pgid=,lstart=,stat=,comm=';
export const environmentColumns = 'pid=,command=';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const row =
  /^\s*(?<pid>\d+)\s+(?<parent>\d+)\s+(?<group>\d+)\s+\w+\s+(?<month>\w+)\s+(?<day>\d+)\s+(?<hour>\d+):(?<minute>\d+):(?<second>\d+)\s+(?<year>\d+)\s+(?<state>\S+)\s+(?<command>.*)$/;

/**
 * Parses what ps(1) prints for `processColumns` with LC_ALL=C and TZ=UTC.
 *
 * The start time is in seconds: a pid that is used again in the same second cannot be told apart. In place of the
 * session stands the process group: whoever is in the root's group is in its session too. A descendant that leads a
 * group of its own is found by its parent or its cookie.
 */
export function parseProcesses(text: string): ProcessInfo[] {
  return text.split('\n').flatMap((line) => {
    const found = row.exec(line)?.groups;
    if (found === undefined) return [];
    const {
      pid,
      parent,
      group,
      month = '',
      day,
      hour,
      minute,
      second,
      year,
      state = '',
      command = '',
    } = found;
    const start = Date.UTC(
      Number(year),
      months.indexOf(month),
      Number(day),
      Number(hour),
      Number(minute),
      Number(second),
    );
    return {
      pid: Number(pid),
      parentPid: Number(parent),
      groupId: Number(group),
      sessionId: Number(group),
      startTicks: String(start / 1000),
      state: stateOf(state),
      command: command.trim().slice(command.trim().lastIndexOf('/') + 1),
    };
  });
}

/** macOS writes U for a wait that cannot be interrupted, and I for one that lasts; Linux D and S. */
function stateOf(stat: string): string {
  const [letter = '?'] = stat;
  return { U: 'D', I: 'S' }[letter] ?? letter;
}

/**
 * Parses what ps(1) prints for `environmentColumns` with -E: arguments, then variables, all separated by spaces. The
 * spaces become NULs, as between the variables of a real environment: a cookie has no space in it.
 */
export function parseEnvironments(text: string): Map<number, string> {
  const environments = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [, pid, words = ''] = /^\s*(\d+)\s(.*)$/.exec(line) ?? [];
    if (pid !== undefined) environments.set(Number(pid), words.trim().replaceAll(' ', '\0'));
  }
  return environments;
}

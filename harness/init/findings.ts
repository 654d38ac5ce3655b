import type { ReportSurvey } from '../../reports/report.js';
import { duration } from '../../suites/facts/time.js';
import type { AnyOptions } from '../options/kind-options.js';
import { isEphemeral } from '../survey/address.js';

/** A line of a configuration: a key with its value, and why it is there. Without `isOn` it is shown as a comment. */
export interface Line {
  readonly key: string;
  readonly value: unknown;
  readonly comment: string;
  readonly isOn: boolean;
}

/** What a configuration says of a target, from what its user and the survey say. What was given is kept as it is. */
export function findings(
  command: readonly string[],
  given: AnyOptions,
  { survey, protocol }: { readonly survey: ReportSurvey; readonly protocol: string },
): Line[] {
  const lines: Line[] = [];
  const add = (key: string, value: unknown, comment: string, isOn = true) => {
    if (!lines.some((line) => line.key === key)) lines.push({ key, value, comment, isOn });
  };
  const told = survey.honoursPort
    ? ' It listens on the port that it is told, so its runs go side by side.'
    : '';
  add('command', command, `The program and its arguments, one word each.${told}`);
  for (const [key, value] of Object.entries(given)) add(key, value, 'As it was given to init.');
  add(
    'protocol',
    protocol,
    `How clients speak to it: the survey saw that. It was ready after ${duration(survey.startMs)}.`,
  );
  const port = fixedPort(survey);
  if (given.socket === undefined && port !== undefined)
    add(
      'port',
      port,
      'It listened there, and not on the port that it was told (PORT, or {port} in its arguments).',
    );
  add(
    'deadline',
    '10s',
    'The promise that is tested: all its processes are gone this long after the first stop signal. This is the default: write what whoever stops it waits (a container engine, a service manager). A short one makes the test fast.',
  );
  const handled = survey.handled.length > 0 ? survey.handled.join(', ') : 'no signal';
  const usual = protocol === 'echo' ? 'TERM,INT,HUP,QUIT' : 'TERM,INT';
  add(
    'stopSignals',
    usual,
    `Signals that mean "stop gracefully": this is the default. The survey saw that it handles ${handled}.`,
    false,
  );
  add(
    'ready',
    'listening on',
    'A regular expression for a line of its output that is also waited for.',
    false,
  );
  if (protocol === 'http')
    add('slowPath', '/slow', 'A path whose handler takes a while: more is tested with one.', false);
  return lines;
}

/** A port of its own, that is the same each time; the kernel's choice is not. */
function fixedPort({ honoursPort, addresses }: ReportSurvey): number | undefined {
  if (honoursPort) return undefined;
  const ports = addresses.flatMap((address) => {
    const [, port] = address.startsWith('unix:') ? [] : (/:(\d+)$/.exec(address) ?? []);
    return port === undefined ? [] : [Number(port)];
  });
  const [first, ...others] = new Set(ports);
  // Of several nobody knows here which one clients use: the survey will find it each time.
  return first === undefined || others.length > 0 || isEphemeral(first) ? undefined : first;
}

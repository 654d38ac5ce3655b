import { shown, UsageError } from '../errors.js';

/** By this variable the harness finds a target's descendants wherever they have moved to. */
const cookie = 'SIGNAL_CONFORMANCE_RUN';

/** `K=V` words of the command line as a record; of two values for one name the last counts. */
export function parseAssignments(option: string, words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const equals = word.indexOf('=');
      if (equals > 0) return [word.slice(0, equals), word.slice(equals + 1)];
      throw new UsageError({
        option,
        expected: 'a variable and its value, as NAME=value',
        given: shown(word),
        fix:
          equals === 0
            ? 'put the name before the ='
            : `write ${word}=value; the target has the environment of this command anyway`,
      });
    }),
  );
}

/** Variables that the system can pass on and that the harness does not set itself. */
export function checkEnvironment(
  option: string,
  env: Readonly<Record<string, string>>,
  port: number | string | undefined,
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(env)) {
    const fix = problemOf(name, value, port);
    if (fix === undefined) continue;
    throw new UsageError({
      option,
      expected: 'variables that the target may be given',
      given: shown(`${name}=${value}`),
      fix,
    });
  }
  return { ...env };
}

function problemOf(name: string, value: string, port: number | string | undefined): string | undefined {
  if (name === '' || /[=\0]/.test(name)) return 'a name is not empty and has no = and no NUL byte in it';
  if (value.includes('\0')) return 'take the NUL byte out of the value';
  if (name === cookie) return `leave ${cookie} out: the harness sets it for each run`;
  if (name === 'PORT' && value !== String(port))
    return 'leave PORT out: the harness gives each instance a port of its own; a port that the target always uses is the port option';
  return undefined;
}

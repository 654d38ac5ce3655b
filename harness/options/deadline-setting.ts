import { type DeadlineSetting, deadlineUnits } from '../contract/deadline-setting.js';
import { shown, UsageError } from '../errors.js';
import { oneOf } from './one-of.js';

interface Given {
  readonly deadlineEnv?: string | undefined;
  readonly deadlineUnit?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** How a target is told its deadline: by a variable, by `{deadline}` in its command, or by both; undefined where by neither. */
export function deadlineSettingOf(
  { deadlineEnv, deadlineUnit, env = {} }: Given,
  command: readonly string[],
): DeadlineSetting | undefined {
  const unit = oneOf('deadlineUnit', deadlineUnit ?? 's', deadlineUnits);
  const inArguments = command.some((word) => word.includes('{deadline}'));
  if (deadlineEnv !== undefined) checkName(deadlineEnv, env);
  if (deadlineEnv === undefined && !inArguments) {
    if (deadlineUnit === undefined) return undefined;
    throw new UsageError({
      option: 'deadlineUnit',
      expected: 'a target that is told its deadline',
      given: 'neither a variable for it nor {deadline} in its command',
      fix: 'say how it is told, or leave the unit out',
    });
  }
  return {
    ...(deadlineEnv === undefined ? {} : { env: deadlineEnv }),
    ...(inArguments ? { inArguments } : {}),
    unit,
  };
}

function checkName(name: string, env: Readonly<Record<string, string>>): void {
  const problem = problemOf(name, env);
  if (problem === undefined) return;
  const [expected, fix] = problem;
  throw new UsageError({ option: 'deadlineEnv', expected, given: shown(name), fix });
}

function problemOf(name: string, env: Readonly<Record<string, string>>): [string, string] | undefined {
  if (name.includes('=')) {
    return ['the name of a variable', 'leave the = and the value out: the value is the deadline'];
  }
  if (name === '' || /[\s\0]/.test(name))
    return ['the name of a variable', 'write a name such as SHUTDOWN_TIMEOUT'];
  if (['PORT', 'HOST', 'SIGNAL_CONFORMANCE_RUN'].includes(name))
    return ['a variable that the harness does not set itself', 'write the name that the target reads'];
  if (Object.hasOwn(env, name))
    return [
      'a variable that is not in its environment already',
      `leave ${name} out of that: it is set to the deadline at each start`,
    ];
  return undefined;
}

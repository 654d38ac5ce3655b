import { describe, expect, it } from 'vitest';
import { UsageError } from '../errors.js';
import { deadlineSettingOf } from './deadline-setting.js';

const command = ['server', '--port', '{port}'];

describe('deadlineSettingOf', () => {
  it('is undefined where the target is told nothing', () => {
    expect(deadlineSettingOf({}, command)).toBeUndefined();
  });

  it('knows a variable, and {deadline} in the command; in seconds where nothing else is said', () => {
    expect(deadlineSettingOf({ deadlineEnv: 'GRACE' }, command)).toEqual({ env: 'GRACE', unit: 's' });
    expect(deadlineSettingOf({ deadlineUnit: 'ms' }, ['server', '--grace={deadline}'])).toEqual({
      inArguments: true,
      unit: 'ms',
    });
  });

  it.each([
    [{ deadlineUnit: 'ms' }, 'neither a variable for it nor {deadline}'],
    [{ deadlineUnit: 'min', deadlineEnv: 'GRACE' }, 'one of s, ms'],
    [{ deadlineEnv: 'GRACE=5' }, 'the value is the deadline'],
    [{ deadlineEnv: '' }, 'SHUTDOWN_TIMEOUT'],
    [{ deadlineEnv: 'A B' }, 'SHUTDOWN_TIMEOUT'],
    [{ deadlineEnv: 'PORT' }, 'the harness does not set itself'],
    [{ deadlineEnv: 'GRACE', env: { GRACE: '7' } }, 'leave GRACE out of that'],
  ])('%j is an error', (given, words) => {
    const act = () => deadlineSettingOf(given, command);
    expect(act).toThrow(UsageError);
    expect(act).toThrow(words);
  });
});

import { describe, expect, test } from 'vitest';
import { parseAssignments } from './environment.js';

describe('variables of the command line', () => {
  test('are split at the first =, and the last of a name counts', () => {
    expect(parseAssignments('env', ['A=1', 'B=x=y', 'C=', 'A=2'])).toEqual({ A: '2', B: 'x=y', C: '' });
  });

  test('need a name and a =', () => {
    expect(() => parseAssignments('env', ['A'])).toThrow(
      expect.objectContaining({ expected: 'a variable and its value, as NAME=value', given: "'A'" }),
    );
    expect(() => parseAssignments('env', ['=1'])).toThrow(/put the name before the =/);
  });
});

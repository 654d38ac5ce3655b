import { describe, expect, it } from 'vitest';
import type { UsageError } from '../errors.js';
import { checkSuite } from './check-suite.js';
import { loadSuites } from './own-suites.js';

const judge = () => ({ outcome: 'pass', message: 'well', evidence: [] });
const right = {
  id: 'my.thing',
  level: 'MUST',
  statement: 's',
  because: 'b',
  remedy: { general: 'g' },
  judge,
};
const script = { id: 'my.play', title: 't', play: async () => {} };

function refused(module: object): Pick<UsageError, 'option' | 'expected' | 'given' | 'fix'> {
  try {
    checkSuite('suite', './mine.mjs', module);
  } catch (error) {
    return error as UsageError;
  }
  throw new Error('it was not refused');
}

describe('a suite', () => {
  it('is right with one list, with both, and in a default export', () => {
    expect(checkSuite('suite', 'x', { requirements: [right], helper: 1 })).toMatchObject({ scenarios: [] });
    expect(checkSuite('suite', 'x', { scenarios: [script] })).toMatchObject({ requirements: [] });
    expect(checkSuite('suite', 'x', { default: { requirements: [right] } }).requirements).toHaveLength(1);
  });

  it.each<[string, object, string, string]>([
    [
      'exports nothing',
      {},
      'a module that exports requirements or scenarios',
      "'./mine.mjs', which exports nothing",
    ],
    [
      'exports other things',
      { default: 1, requirement: right },
      'requirements or scenarios',
      'which exports default, requirement',
    ],
    ['has empty lists', { requirements: [] }, 'at least one', 'whose lists are empty'],
    [
      'has no list',
      { requirements: right },
      'a list in the export requirements of ./mine.mjs',
      "id: 'my.thing'",
    ],
    ['holds nothing', { requirements: [right, undefined] }, 'requirements[1] of ./mine.mjs', 'nothing'],
    [
      'has a level that there is not',
      { requirements: [{ ...right, level: 'MIST' }] },
      'a level: MUST, SHOULD, MAY as level of requirements[0] (my.thing) of ./mine.mjs',
      "'MIST'",
    ],
    [
      'has no judge',
      { requirements: [{ ...right, judge: undefined }] },
      'a function as judge of requirements[0]',
      'nothing',
    ],
    [
      'has no remedy',
      { requirements: [{ ...right, remedy: { node: 'x' } }] },
      'as remedy.general of requirements[0]',
      'nothing',
    ],
    [
      'has an id without an area',
      { requirements: [{ ...right, id: 'thing' }] },
      'an id such as my.thing',
      "'thing'",
    ],
    [
      'has an id that no pattern can name',
      { scenarios: [{ ...script, id: 'my.*' }] },
      'as id of scenarios[0] (my.*)',
      "'my.*'",
    ],
    [
      'is of a kind that there is not',
      { scenarios: [{ ...script, of: ['servers'] }] },
      'one of server, client, program, pair as of.0 of scenarios[0]',
      "'servers'",
    ],
    [
      'has a key that there is not',
      { requirements: [{ ...right, notApplicabel: judge }] },
      'known keys in requirements[0] (my.thing)',
      'notApplicabel',
    ],
  ])('that %s is refused, with the export and the key', (_what, module, expected, given) => {
    const error = refused(module);
    expect(error.option).toBe('suite');
    expect(error.expected).toContain(expected);
    expect(error.given).toContain(given);
  });

  it('is told which key was probably meant', () => {
    expect(refused({ requirements: [{ ...right, statment: 's' }] }).fix).toBe('did you mean statement?');
  });

  it.each<[string, object[], string]>([
    [
      'in an area of ours',
      [{ requirements: [{ ...right, id: 'notice.mine' }] }],
      "given 'notice.mine', where notice is an area of signal-conformance",
    ],
    [
      'of a scenario in an area of ours',
      [{ scenarios: [{ ...script, id: 'exit.mine' }] }],
      'where exit is an area',
    ],
    ['that is there twice', [{ requirements: [right, right] }], "given 'my.thing' in suite 1, twice"],
    [
      'of a requirement and a scenario',
      [{ requirements: [right], scenarios: [{ ...script, id: right.id }] }],
      'twice',
    ],
    [
      'of another suite',
      [{ requirements: [right] }, { requirements: [right] }],
      "given 'my.thing' in suite 2 and in suite 1",
    ],
  ])('with an id %s is refused', async (_what, suites, said) => {
    await expect(loadSuites(suites)).rejects.toThrow(said);
  });
});

import * as v from 'valibot';
import type { OwnSuite } from '../../suites/own.js';
import { shown, UsageError } from '../errors.js';
import { suggest } from '../options/suggestion.js';

/** `my.thing`: an area, and a name in it. */
const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/;

const text = v.pipe(v.string('a text'), v.nonEmpty('a text with something in it'));
const id = v.pipe(
  v.string('an id such as my.thing'),
  v.regex(idPattern, 'an id such as my.thing: an area, a point and a name, in small letters, digits and -'),
);
const flag = v.exactOptional(v.boolean('true or false'));
const call = v.function('a function');
const optionalCall = v.exactOptional(call);
const kinds = ['server', 'client', 'program', 'pair'] as const;
const of = v.exactOptional(
  v.pipe(
    v.array(v.picklist(kinds, `one of ${kinds.join(', ')}`), `a list of ${kinds.join(', ')}`),
    v.nonEmpty('at least one kind of target'),
  ),
);
const levels = ['MUST', 'SHOULD', 'MAY'] as const;

const requirement = v.strictObject(
  {
    id,
    level: v.picklist(levels, `a level: ${levels.join(', ')}`),
    of,
    statement: text,
    because: text,
    remedy: v.strictObject(
      {
        general: text,
        node: v.exactOptional(text),
        python: v.exactOptional(text),
        go: v.exactOptional(text),
        jvm: v.exactOptional(text),
        shell: v.exactOptional(text),
        runner: v.exactOptional(text),
      },
      'an object with general, and node, python, go, jvm, shell or runner where these have their own way',
    ),
    since: v.exactOptional(v.pipe(v.number('a year'), v.integer('a year'))),
    sources: v.exactOptional(v.array(text, 'a list of texts')),
    judgesEarly: flag,
    needsOwnEnd: flag,
    needsStop: flag,
    needsEffect: flag,
    comparesRuns: flag,
    notApplicable: optionalCall,
    judge: call,
  },
  'an object, as requirement({…}) returns it',
);

const scenario = v.strictObject(
  {
    id,
    of,
    title: text,
    signals: optionalCall,
    thenSignals: optionalCall,
    core: flag,
    early: flag,
    deadlineMs: optionalCall,
    impossible: optionalCall,
    expectedMs: optionalCall,
    play: call,
  },
  'an object, as scenario({…}) returns it',
);

const lists = { requirements: requirement, scenarios: scenario } as const;

/**
 * The two lists of a module, checked. Its other exports are its own affair.
 *
 * @param name - the module as the user named it
 * @throws UsageError that names the export and the key
 */
export function checkSuite(option: string, name: string, module: object): Required<OwnSuite> {
  const given = module as Readonly<Record<string, unknown>>;
  const found = 'requirements' in given || 'scenarios' in given ? given : (inDefault(given) ?? given);
  const { requirements, scenarios } = found as OwnSuite;
  if (requirements === undefined && scenarios === undefined) {
    const names = Object.keys(given);
    throw new UsageError({
      option,
      expected: 'a module that exports requirements or scenarios',
      given: `${shown(name)}, which exports ${names.length === 0 ? 'nothing' : names.join(', ')}`,
      fix: 'export const requirements = [requirement({…})]; see docs/writing-a-suite.md',
    });
  }
  const checked = {
    requirements: (requirements ?? []) as readonly unknown[],
    scenarios: (scenarios ?? []) as readonly unknown[],
  };
  for (const list of ['requirements', 'scenarios'] as const) check(option, name, list, checked[list]);
  if (checked.requirements.length + checked.scenarios.length === 0)
    throw new UsageError({
      option,
      expected: 'at least one requirement or scenario',
      given: `${shown(name)}, whose lists are empty`,
      fix: 'put one into the list, or leave the suite out',
    });
  return checked as unknown as Required<OwnSuite>;
}

/** What is exported by `module.exports = …` comes as the default where Node does not see the names in it. */
function inDefault({ default: inner }: Readonly<Record<string, unknown>>): object | undefined {
  return typeof inner === 'object' && inner !== null ? inner : undefined;
}

function check(option: string, name: string, list: keyof typeof lists, members: unknown): void {
  if (!Array.isArray(members))
    throw new UsageError({
      option,
      expected: `a list in the export ${list} of ${name}`,
      given: shown(members),
      fix: `export const ${list} = […]`,
    });
  for (const [index, member] of members.entries()) {
    const { success, issues } = v.safeParse(lists[list], member);
    if (success) continue;
    const [issue] = issues;
    const path = v.getDotPath(issue);
    const own =
      typeof member === 'object' && member !== null && typeof member.id === 'string' ? member.id : '';
    const place = `${list}[${index}]${own === '' ? '' : ` (${own})`}`;
    const key = path === null ? '' : `${path} of `;
    throw new UsageError({
      option,
      expected:
        issue.type === 'strict_object' && path !== null && issue.expected === 'never'
          ? `known keys in ${place} of ${name}`
          : `${issue.message} as ${key}${place} of ${name}`,
      given: issue.expected === 'never' && path !== null ? path : shown(issue.input),
      fix: fixFor(list, path, issue),
    });
  }
}

function fixFor(
  list: keyof typeof lists,
  path: string | null,
  { expected, received }: v.BaseIssue<unknown>,
): string {
  if (expected === 'never' && path !== null) {
    const near = suggest(path, Object.keys(lists[list].entries));
    return near === undefined ? `take ${path} out` : `did you mean ${near}?`;
  }
  return received === 'undefined' ? 'write it' : 'correct it';
}

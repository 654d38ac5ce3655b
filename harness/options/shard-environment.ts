import { shown, UsageError } from '../errors.js';
import type { Shard } from './settings.js';

type Env = Readonly<Record<string, string | undefined>>;

/** What one service says of the job in which this runs. */
interface Source {
  readonly name: string;
  /** For people: the variables that are read. */
  readonly variables: string;
  /** The variable that has this job's number. */
  readonly index: string;
  /** Undefined where its variables are not there. `of` is missing where the service does not say it. */
  read(env: Env): { readonly index: number; readonly of?: number } | undefined;
}

/** Each from the manual of its service; `index` counts from 1 here. */
const sources: readonly Source[] = [
  // docs.gitlab.com, predefined variables: the index counts from 1; without `parallel` the total is 1, and the index not set.
  fromOne('GitLab', 'CI_NODE_INDEX', 'CI_NODE_TOTAL'),
  // circleci.com/docs, built-in environment variables: 0 to the total minus 1.
  fromZero('CircleCI', 'CIRCLE_NODE_INDEX', 'CIRCLE_NODE_TOTAL'),
  // buildkite.com/docs, environment variables: starts from 0.
  fromZero('Buildkite', 'BUILDKITE_PARALLEL_JOB', 'BUILDKITE_PARALLEL_JOB_COUNT'),
  // docs.github.com, strategy context: zero-based. No variable has it: the workflow has to pass it on.
  fromZero('GitHub matrix', 'STRATEGY_JOB_INDEX', 'STRATEGY_JOB_TOTAL'),
  // kubernetes.io, indexed jobs: 0 to completions minus 1; nothing says how many there are.
  fromZero('Kubernetes', 'JOB_COMPLETION_INDEX'),
  {
    name: 'Slurm',
    index: 'SLURM_ARRAY_TASK_ID',
    variables: 'SLURM_ARRAY_TASK_ID, _COUNT, _MIN, _MAX and _STEP',
    read: readSlurm,
  },
];

/**
 * The part that falls to this job of a CI service or of a job array.
 *
 * @param of - how many parts there are, where the user has said it
 * @throws UsageError where no variable tells, where the number of parts is not known, or where two tell different things
 */
export function detectShard(option: string, env: Env, of: number | undefined): Shard {
  const found = sources.flatMap((source) => {
    const shard = source.read(env);
    return shard === undefined ? [] : [{ name: source.name, variables: source.variables, ...shard }];
  });
  const [first] = found;
  if (of === 0)
    throw wrong(option, 'auto/0, which is no part at all', 'write how many parts there are, such as auto/3');
  if (first === undefined) {
    const odd = sources.flatMap(({ index }) => (index !== undefined && env[index] ? [index] : []))[0];
    if (odd !== undefined)
      throw new UsageError({
        option,
        expected: `a whole number in the variable ${odd}`,
        given: shown(env[odd]),
        fix: 'correct what sets the variable, or write the part yourself, such as 1/3',
      });
    throw wrong(
      option,
      'none of the variables of a parallel job',
      `write the part yourself, such as 1/3; known are: ${sources.map(inWords).join('; ')}`,
    );
  }
  const total = of ?? found.find((one) => one.of !== undefined)?.of;
  if (total === undefined)
    throw wrong(
      option,
      `${inWords(first)}, which does not tell how many parts there are`,
      'write it: auto/3 for three parts',
    );
  const other = found.find((one) => one.index !== first.index || (one.of ?? total) !== total);
  if (other !== undefined)
    throw wrong(
      option,
      found.map((one) => `${one.name}: ${one.index}/${one.of ?? '?'}`).join(', ') +
        (of === undefined ? '' : `, and auto/${of}`),
      'write the part yourself, such as 1/3',
    );
  return { index: first.index, of: total };
}

function fromOne(name: string, index: string, total: string): Source {
  return numbered(name, 0, index, total);
}

function fromZero(name: string, index: string, total?: string): Source {
  return numbered(name, 1, index, total);
}

function numbered(name: string, more: 0 | 1, index: string, total?: string): Source {
  return {
    name,
    index,
    variables: total === undefined ? index : `${index} and ${total}`,
    read(env) {
      const place = wholeNumber(env, index);
      if (place === undefined) return undefined;
      const of = total === undefined ? undefined : wholeNumber(env, total);
      return { index: place + more, ...(of === undefined ? {} : { of }) };
    },
  };
}

/** slurm.schedmd.com/job_array.html, sbatch(1): ids go from the least to the greatest one in equal steps, or as a list. */
function readSlurm(env: Env): { index: number; of: number } | undefined {
  const id = wholeNumber(env, 'SLURM_ARRAY_TASK_ID');
  const of = wholeNumber(env, 'SLURM_ARRAY_TASK_COUNT');
  const min = wholeNumber(env, 'SLURM_ARRAY_TASK_MIN');
  const max = wholeNumber(env, 'SLURM_ARRAY_TASK_MAX');
  if (id === undefined || of === undefined || min === undefined || max === undefined) return undefined;
  const step = of > 1 ? (max - min) / (of - 1) : 1;
  const index = (id - min) / step + 1;
  // Of a list such as 1,2,7 nobody tells which place an id has.
  if (Number.isInteger(step) && Number.isInteger(index)) return { index, of };
  throw new UsageError({
    option: 'shard',
    expected: 'a Slurm array whose ids have equal distances, such as --array=1-3',
    given: `${of} ids from ${min} to ${max}, of which this is ${id}`,
    fix: 'submit it with --array=1-3, or write the part yourself, such as 1/3',
  });
}

function wholeNumber(env: Env, name: string): number | undefined {
  const text = env[name];
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function inWords({ name, variables }: Pick<Source, 'name' | 'variables'>): string {
  return `${name} (${variables})`;
}

function wrong(option: string, given: string, fix: string): UsageError {
  return new UsageError({ option, expected: 'a job that several machines share', given, fix });
}

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseShard } from './shard.js';

const page = readFileSync(new URL('../../docs/many-machines.md', import.meta.url), 'utf8');

/** The YAML that stands under a heading. */
function yamlUnder(heading: string) {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [, yaml] = /```yaml\n(.*?)```/s.exec(section.split('\n## ')[0] ?? '') ?? [];
  return parse(yaml ?? '', { strict: true });
}

/** What a workflow writes for a value of a context. */
const context = (name: string) => ['$', `{{ ${name} }}`].join('');

describe('the examples of docs/many-machines.md', () => {
  test('Kubernetes: each pod of the job plays a part of its own, and the parts are all', () => {
    const { kind, spec } = yamlUnder('Kubernetes');
    expect({ kind, mode: spec.completionMode }).toEqual({ kind: 'Job', mode: 'Indexed' });
    const [container] = spec.template.spec.containers;
    const [, shard = ''] = /--shard (\S+)/.exec(container.args[0]) ?? [];
    const parts = Array.from({ length: spec.completions }, (_, index) =>
      parseShard('shard', shard, { JOB_COMPLETION_INDEX: String(index) }),
    );
    expect(parts).toEqual(
      Array.from({ length: spec.completions }, (_, index) => ({ index: index + 1, of: spec.completions })),
    );
    expect(container.args[0]).toContain('$JOB_COMPLETION_INDEX');
    expect(spec.template.spec.volumes.map(({ name }: { name: string }) => name)).toEqual(
      container.volumeMounts.map(({ name }: { name: string }) => name),
    );
    // Required for a limit per index, without which one failed part would end the others.
    expect([spec.template.spec.restartPolicy, spec.backoffLimitPerIndex]).toEqual(['Never', 0]);
  });

  test('GitHub: the workflow passes on what the strategy knows, under the names that are read', () => {
    const { jobs } = yamlUnder('GitHub');
    const { env, strategy, steps } = jobs.signals;
    expect(env).toEqual({
      STRATEGY_JOB_INDEX: context('strategy.job-index'),
      STRATEGY_JOB_TOTAL: context('strategy.job-total'),
    });
    expect(parseShard('shard', 'auto', { STRATEGY_JOB_INDEX: '0', STRATEGY_JOB_TOTAL: '3' }).index).toBe(1);
    expect(strategy.matrix.part).toEqual([1, 2, 3]);
    expect(steps[1].run).toContain('--shard auto');
    expect(jobs['signals-together'].needs).toBe('signals');
  });

  test('GitLab: the jobs that run in parallel are merged by one that needs them', () => {
    const pipeline = yamlUnder('GitLab');
    expect(pipeline.signals.parallel).toBe(3);
    expect(pipeline.signals.script[0]).toContain('--shard auto --json shard-$CI_NODE_INDEX.json');
    expect(pipeline['signals-together'].needs).toEqual(['signals']);
  });
});

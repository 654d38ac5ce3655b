import { expect, test } from 'vitest';
import type { Recording } from '../harness/recording/recording.js';
import { judgeAll } from './judge.js';
import { judgedAtMerge, judgePart } from './judge-part.js';
import { allRequirements } from './requirements/all.js';
import { recordingOf } from './testing/recording-builder.js';

/** A stop that ends in a way, in a scenario and with a delivery; `exit` says how. */
function run(
  scenario: string,
  exit: { code: number | null; signal: 'SIGTERM' | 'SIGSEGV' | null } | 'never',
  more: Partial<Recording['run']> = {},
): Recording {
  const id = `${scenario}/SIGTERM${more.delivery === undefined ? '' : `+${more.delivery}`}`;
  const end =
    exit === 'never'
      ? ([
          { type: 'ended-by-harness', reason: 'it lived on', pids: [10], atMs: 5000 },
          { type: 'exit', pid: 10, code: null, signal: 'SIGKILL', atMs: 5001 },
        ] as const)
      : ([{ type: 'exit', pid: 10, ...exit, atMs: 1100 }] as const);
  return recordingOf(
    [
      { type: 'spawned', pid: 10, port: 8080, atMs: 1 },
      { type: 'ready', atMs: 100 },
      // Suspended, so that a lost signal may be the suspension's doing.
      { type: 'frozen', pids: [10], atMs: 900 },
      { type: 'signal', signal: 'SIGTERM', pid: 10, atMs: 1000 },
      { type: 'thawed', atMs: 1010 },
      ...end,
      { type: 'gone', atMs: exit === 'never' ? 5010 : 1110 },
    ],
    { run: { scenario, id, ...more } },
  );
}

const suites: Readonly<Record<string, readonly Recording[]>> = {
  'a server that conforms': [
    run('idle', { code: 0, signal: null }),
    run('idle-clients', { code: 0, signal: null }),
    run('stopped', { code: 0, signal: null }),
    run('idle-clients', { code: 0, signal: null }, { delivery: 'group' }),
    run('idle-clients', { code: 0, signal: null }, { delivery: 'terminal' }),
  ],
  'a server that crashes everywhere': [
    run('idle', { code: null, signal: 'SIGSEGV' }),
    run('idle-clients', { code: null, signal: 'SIGSEGV' }),
    run('idle-clients', { code: null, signal: 'SIGSEGV' }, { delivery: 'group' }),
    run('idle-clients', { code: null, signal: 'SIGSEGV' }, { delivery: 'terminal' }),
  ],
  'a server that never stops': [
    run('idle', 'never'),
    run('idle-clients', 'never'),
    run('stopped', 'never'),
    run('idle-clients', 'never', { delivery: 'pid1' }),
  ],
  'a server that loses a signal now and then': [
    run('idle', { code: 0, signal: null }),
    run('idle-clients', { code: 0, signal: null }),
    run('busy-clients', 'never'),
    run('stopped', 'never'),
  ],
  'a server whose status changes': [
    run('idle', { code: 0, signal: null }),
    run('idle-clients', { code: null, signal: 'SIGTERM' }),
    run('busy-clients', { code: 7, signal: null }),
  ],
};

/** All parts of a list, the whole of it too. */
function partsOf<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: 2 ** items.length }, (_, bits) =>
    items.filter((_item, place) => bits & (1 << place)),
  );
}

test.each(Object.entries(suites))(
  '%s: whatever part of its runs is judged, what is not left open is as in the whole',
  (_name, recordings) => {
    const whole = new Map(
      judgeAll(recordings, allRequirements).map((one) => [key(one), { ...one.judgement, level: one.level }]),
    );
    let final = 0;
    for (const part of partsOf(recordings))
      for (const one of judgePart(part, allRequirements)) {
        if (isOpen(one.judgement)) continue;
        final += 1;
        expect({ ...one.judgement, level: one.level }, key(one)).toEqual(whole.get(key(one)));
      }
    expect(final).toBeGreaterThan(100);
  },
);

test('a failure that other runs might excuse is left open, and one that they cannot is certain', () => {
  const [lost] = judgePart(
    [run('busy-clients', 'never')],
    allRequirements.filter(({ id }) => id === 'deadline.holds'),
  );
  expect(lost?.judgement).toEqual({ outcome: 'not-applicable', message: judgedAtMerge });
  const [bad] = judgePart(
    [run('idle', { code: 7, signal: null })],
    allRequirements.filter(({ id }) => id === 'exit.status'),
  );
  expect(bad?.judgement.outcome).toBe('fail');
});

test('few verdicts of a server that conforms are left open', () => {
  const judged = judgePart(suites['a server that conforms'] ?? [], allRequirements);
  const open = judged.filter(({ judgement }) => isOpen(judgement)).map(({ requirement }) => requirement.id);
  expect([...new Set(open)]).toEqual(['exit.consistent']);
});

function isOpen(judgement: { readonly outcome: string; readonly message: string }): boolean {
  return judgement.outcome === 'not-applicable' && judgement.message === judgedAtMerge;
}

function key({ requirement, recording }: ReturnType<typeof judgeAll>[number]): string {
  return `${requirement.id}@${recording.run.id}`;
}

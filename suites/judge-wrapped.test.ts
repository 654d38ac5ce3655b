import { expect, test } from 'vitest';
import type { Delivery } from '../harness/contract/delivery.js';
import type { Recording } from '../harness/recording/recording.js';
import { judgeDelivered } from './judge-delivered.js';
import type { Judgement, Requirement } from './requirement.js';
import { recordingOf } from './testing/recording-builder.js';

const fail: Judgement = { outcome: 'fail', message: 'ill', expected: 'a', observed: 'b', evidence: [] };
const pass: Judgement = { outcome: 'pass', message: 'well', evidence: [] };

function run(delivery: Delivery): Recording {
  const id = delivery === 'process' ? 'idle/SIGTERM' : `idle/SIGTERM+${delivery}`;
  return recordingOf([], { run: { id, delivery } });
}
const [plain, wrapped] = [run('process'), run('wrapper-npm')];

/** What is said of one requirement that fails behind a wrapper, and in plain runs too where `everywhere`. */
function said(id: string, forwards: Judgement, everywhere = false): Judgement {
  const judge = ({ id: of }: Requirement, recording: Recording) =>
    of === 'wrapper.forwards' ? forwards : recording === wrapped || everywhere ? fail : pass;
  return judgeDelivered({ id } as unknown as Requirement, wrapped, [plain, wrapped], judge);
}

test.each(['exit.status', 'stop.handled', 'notice.prompt', 'repeat.no-crash', 'output.no-traceback'])(
  '%s is a matter of the wrapper too, and not judged behind one',
  (id) => {
    expect(said(id, pass).outcome).toBe('not-applicable');
  },
);

test.each(['deadline.holds', 'notice.every-client', 'drain.in-flight', 'tree.no-orphans', 'tree.root-last'])(
  '%s is judged where the signal has reached the server, and only there',
  (id) => {
    expect(said(id, pass)).toBe(fail);
    for (const forwards of [fail, { ...pass, outcome: 'untested' } as const])
      expect(said(id, forwards)).toEqual({
        outcome: 'not-applicable',
        message: 'wrapper.forwards says whether the signal reached the server',
      });
  },
);

test('what fails without a wrapper as well is judged there', () => {
  expect(said('deadline.holds', pass, true)).toMatchObject({
    outcome: 'not-applicable',
    message: 'it fails in idle/SIGTERM as well, which judges that',
  });
});

import { expect, test } from 'vitest';
import type { Delivery } from '../harness/contract/delivery.js';
import type { Recording } from '../harness/recording/recording.js';
import { judgeDelivered } from './judge-delivered.js';
import type { Judgement, Requirement } from './requirement.js';
import { recordingOf } from './testing/recording-builder.js';

const requirement = { id: 'exit.status' } as unknown as Requirement;
const pass: Judgement = { outcome: 'pass', message: 'well', evidence: [] };
const fail: Judgement = { outcome: 'fail', message: 'ill', expected: 'a', observed: 'b', evidence: [] };

function run(delivery: Delivery, scenario = 'idle', signal: 'SIGINT' | 'SIGTERM' = 'SIGINT'): Recording {
  const id = delivery === 'process' ? `${scenario}/${signal}` : `${scenario}/${signal}+${delivery}`;
  return recordingOf([], { run: { id, scenario, signal, delivery } });
}

/** What the judge of the requirement was shown, and what it says of the runs that fail. */
function judging(...failing: Recording[]) {
  const shown: string[][] = [];
  const judge = (_: Requirement, recording: Recording, siblings: readonly Recording[]) => {
    shown.push(siblings.map(({ run: { id } }) => id));
    return failing.includes(recording) ? fail : pass;
  };
  return { judge, shown };
}

const [plain, group, other] = [run('process'), run('group'), run('background', 'idle', 'SIGTERM')];
const all = [plain, group, other];

test('a run is compared with those to the process, and with no other', () => {
  const { judge, shown } = judging();
  judgeDelivered(requirement, plain, all, judge);
  judgeDelivered(requirement, group, all, judge);
  expect(shown).toEqual([['idle/SIGINT'], ['idle/SIGINT+group', 'idle/SIGINT']]);
});

test('what fails in one way only is a matter of that way', () => {
  expect(judgeDelivered(requirement, group, all, judging(group).judge)).toBe(fail);
  expect(judgeDelivered(requirement, plain, all, judging(plain).judge)).toBe(fail);
});

test('what fails with a signal to the process as well is no matter of the delivery', () => {
  expect(judgeDelivered(requirement, group, all, judging(plain, group).judge)).toEqual({
    outcome: 'not-applicable',
    message: 'it fails in idle/SIGINT as well, which judges that',
  });
});

test('another scenario, another signal and another way excuse nothing', () => {
  for (const else_ of [run('process', 'busy'), run('process', 'idle', 'SIGTERM'), run('background')])
    expect(judgeDelivered(requirement, group, [group, else_], judging(group, else_).judge)).toBe(fail);
});

test('at a terminal one requirement speaks of the end, and what a signal to the group does excuses it too', () => {
  const typed = run('terminal');
  expect(judgeDelivered(requirement, typed, [typed, plain], judging(typed).judge)).toEqual({
    outcome: 'not-applicable',
    message: 'terminal.interrupt judges the end of this run',
  });
  const notice = { id: 'notice.once' } as unknown as Requirement;
  expect(judgeDelivered(notice, typed, [typed, plain], judging(typed).judge)).toBe(fail);
  expect(judgeDelivered(notice, typed, [typed, group], judging(typed, group).judge).outcome).toBe(
    'not-applicable',
  );
});

test('as PID 1 one requirement speaks of the end, and a plain signal excuses what fails there too', () => {
  const asPid1 = run('pid1');
  expect(judgeDelivered(requirement, asPid1, [asPid1, plain], judging(asPid1).judge)).toEqual({
    outcome: 'not-applicable',
    message: 'pid1.stops judges the end of this run',
  });
  const notice = { id: 'notice.once' } as unknown as Requirement;
  expect(judgeDelivered(notice, asPid1, [asPid1, plain], judging(asPid1).judge)).toBe(fail);
  expect(judgeDelivered(notice, asPid1, [asPid1, plain], judging(asPid1, plain).judge).outcome).toBe(
    'not-applicable',
  );
});

test('the run in which it inherits an orphan is an idle one with a plain signal', () => {
  const notice = { id: 'notice.once' } as unknown as Requirement;
  const inherits = run('pid1', 'inherited-orphan');
  const judge = judging(inherits, plain).judge;
  expect(judgeDelivered(notice, inherits, [inherits, plain], judge).outcome).toBe('not-applicable');
  expect(judgeDelivered(notice, inherits, [inherits, run('process', 'busy')], judge)).toBe(fail);
});

import { otherDeadlineMs } from '../../../harness/contract/deadline-setting.js';
import { scenario } from '../../scenario.js';
import { stuckClient } from './stuck-client.js';

/** A server that is told its deadline: with another one, the end that it forces must come at another time. */
export const otherDeadline = scenario({
  id: 'other-deadline',
  title: 'the same client that hangs, and a server that was told another deadline',
  deadlineMs: ({ deadlineMs, deadlineSetting }) => otherDeadlineMs(deadlineMs, deadlineSetting?.unit ?? 's'),
  impossible(possibilities, signal) {
    if (possibilities.contract.deadlineSetting === undefined)
      return 'how the target is told its deadline is not said (--deadline-env, or {deadline} in its command)';
    return stuckClient.impossible?.(possibilities, signal);
  },
  play: (stage) => stuckClient.play(stage),
});

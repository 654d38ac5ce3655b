import type { Recording } from '../../../harness/recording/recording.js';
import { endInWords } from '../../facts/exits.js';
import { pass, untested } from '../../facts/judgements.js';
import { clip, lastLines } from '../../facts/output.js';
import { ownFiles } from '../../facts/own-files.js';
import type { Placed } from '../../facts/stop.js';
import { duration } from '../../facts/time.js';
import type { Judgement } from '../../requirement.js';

const addressInUse =
  /EADDRINUSE|address (?:is )?already in use|address in use|BindException|errno (?:48|98)\b/i;

/** Whether the second instance of the target came to serve. `hint` is added where its output says "address in use". */
export function judgeSecondInstance(recording: Recording, after: string, hint: string): Judgement {
  const spawned = recording.events.findIndex((event) => event.type === 'spawned' && event.instance === 1);
  const outcome = firstOutcome(recording);
  if (!outcome) {
    return untested(`what became of the new instance after ${after} is not in the recording`);
  }
  const since = recording.events[spawned]?.atMs;
  const evidence = [...(spawned >= 0 ? [spawned] : []), outcome.index];
  const took = since === undefined ? '' : `, ${duration(outcome.event.atMs - since)} after it was started`;
  if (outcome.event.type === 'ready') return pass(`The new instance served after ${after}${took}.`, evidence);
  const what = failureInWords(outcome);
  return {
    outcome: 'fail',
    message: `After ${after} the new instance ${what}${took}; ${lastWords(recording, hint)}`,
    expected: 'a new instance serves at the same address',
    observed: `the new instance ${what}`,
    evidence,
  };
}

/** What to do where the address is that of a unix socket, whose file was left; undefined where it is another. */
export function staleSocketHint(recording: Recording): string | undefined {
  const left = ownFiles(recording).find(
    ({ what, afterwards }) => what === 'socket' && afterwards?.event.there,
  );
  if (left === undefined) return undefined;
  return `The old instance left its socket file (${left.path}), and bind() fails where a file is: unlink it before bind(), once a connect() to it was refused (unix(7)).`;
}

/** Ready, or what came instead of it; undefined where the harness ended the new instance first, or never started it. */
function firstOutcome(recording: Recording): Placed | undefined {
  for (const [index, event] of recording.events.entries()) {
    if (!('instance' in event) || event.instance !== 1) continue;
    if (event.type === 'ended-by-harness') return undefined;
    const isOutcome =
      event.type === 'ready' ||
      event.type === 'not-ready' ||
      event.type === 'spawn-failed' ||
      event.type === 'exit';
    if (isOutcome) return { index, event };
  }
  return undefined;
}

function failureInWords({ event }: Placed): string {
  switch (event.type) {
    case 'exit':
      return `(pid ${event.pid}) ended with ${endInWords(event)} instead of serving`;
    case 'spawn-failed':
      return `could not be started (${event.error})`;
    case 'not-ready':
      return `did not become ready (${event.reason})`;
    default:
      return 'did not serve';
  }
}

function lastWords(recording: Recording, hint: string): string {
  const lines = lastLines(recording, 1, 3);
  if (lines.length === 0) return 'it wrote nothing.';
  const inUse = lastLines(recording, 1, 200).some((line) => addressInUse.test(line));
  return `its last output: "${clip(lines.join(' | '))}".${inUse ? ` ${hint}` : ''}`;
}

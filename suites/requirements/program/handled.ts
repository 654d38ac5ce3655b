import type { HandledSignal } from '../../../harness/contract/contract.js';
import type { Recording } from '../../../harness/recording/recording.js';
import { endInWords, ownExit } from '../../facts/exits.js';
import { pass, places, straddling, untested } from '../../facts/judgements.js';
import { clip } from '../../facts/output.js';
import { printedLines } from '../../facts/program-lines.js';
import { delivered, endedByHarness, firstStop, ofFirstInstance } from '../../facts/stop.js';
import { between, duration, type Interval, inWords, isAtMost, window } from '../../facts/time.js';
import { type Judgement, requirement } from '../../requirement.js';
import { findTraceback } from '../output/find-traceback.js';

/** `program.handled`: a signal that it is said to handle does what the contract says. */
export const programHandled = requirement({
  id: 'program.handled',
  level: 'MUST',
  since: 2026,
  of: ['program'],
  statement:
    'A signal that the contract declares as handled does what it says (a line of output, an exit status), and a program that is to live on lives on.',
  because:
    'The default action of SIGUSR1, SIGALRM and most others is to end the process: whoever asks a program for its state, or for a new log file, finds that they have killed it.',
  remedy: {
    general:
      'Install the handler before anybody can know the process id, and keep it for the whole life: a handler that was installed with SA_RESETHAND, or in the old System V way, is gone after the first signal.',
    node: "process.on('SIGUSR2', …). SIGUSR1 starts the inspector unless there is a listener, and there is none for SIGALRM by default: it kills.",
    python:
      'signal.signal(signal.SIGUSR1, handler) in the main thread; flush what the handler prints (print(…, flush=True)). A main thread that sits in C code (a lock, a long computation) runs it later.',
    go: 'signal.Notify(c, syscall.SIGUSR1) with a buffered channel, and a goroutine that reads it for ever.',
    jvm: 'sun.misc.Signal.handle(new Signal("USR2"), …); the JVM itself uses USR1 on some systems.',
    shell: "trap 'echo …' USR1; start long commands with & and wait, or the trap runs only after them.",
  },
  sources: [
    'twisted/twisted#10401',
    'firedancer-io/firedancer#3925',
    'signal(7), default actions',
    'sigaction(2), SA_RESETHAND',
  ],
  needsStop: false,
  notApplicable({ run, contract }) {
    if ((contract.handles ?? []).length === 0) return 'the contract declares no handled signals';
    return run.scenario === 'handled' ? undefined : 'the run sends no such signal';
  },
  judge(recording): Judgement {
    const [sent, again] = ofFirstInstance(recording, 'signal');
    const promise = recording.contract.handles?.find(({ signal }) => signal === sent?.event.signal);
    if (!sent || !promise || sent.event.error !== undefined)
      return untested('no signal that is declared as handled was sent in this run');
    const first = { ...promise, ...sent, name: promise.signal, at: delivered(recording, sent) };
    if (promise.exit !== undefined) return exits(recording, promise.exit, first);
    if (again?.event.signal !== promise.signal) return answers(recording, first);
    const once = answers(recording, { ...first, untilMs: again.event.beforeMs });
    if (once.outcome !== 'pass') return once;
    const name = `a second ${promise.signal}`;
    return answers(recording, { ...promise, ...again, name, at: delivered(recording, again) });
  },
});

interface Sent extends HandledSignal {
  readonly index: number;
  /** How to speak of it. */
  readonly name: string;
  readonly at: Interval;
  /** When it was sent once more: what comes from then on says nothing of this one. */
  readonly untilMs?: number;
}

function answers(recording: Recording, sent: Sent): Judgement {
  const { signal, name, line = '', untilMs } = sent;
  const pattern = new RegExp(line);
  const lines = [...printedLines(recording, sent.index), ...printedLines(recording)].filter(({ text }) =>
    pattern.test(text),
  );
  const exit = ownExit(recording);
  const stop = firstStop(recording);
  const expected = `a line that matches /${line}/, and then it lives on`;
  const isAlone = untilMs === undefined && exit && (!stop || exit.event.atMs < stop.event.beforeMs);
  if (isAlone) {
    const after = inWords(between(sent.at, window(recording, exit.event)));
    return {
      outcome: 'fail',
      message: `${signal} is declared as handled, but the program ended with ${endInWords(exit.event)} ${after} after ${name}.`,
      expected,
      observed: endInWords(exit.event),
      evidence: [sent.index, exit.index],
    };
  }
  const traceback = findTraceback(recording, {
    fromMs: sent.at.minMs,
    toMs: untilMs ?? stop?.event.beforeMs ?? Number.POSITIVE_INFINITY,
  });
  if (traceback) {
    return {
      outcome: 'fail',
      message: `After ${name} the program wrote a ${traceback.runtime} traceback: ${traceback.quote}.`,
      expected,
      observed: traceback.quote,
      evidence: [sent.index, ...traceback.evidence],
    };
  }
  if (recording.survey.facts?.unasked.includes(signal))
    return untested(
      `lines that match /${line}/ come without ${signal} as well: one that comes after it proves nothing`,
      [sent.index],
    );
  const answer = lines.find(
    ({ at }) =>
      at.maxMs >= sent.at.minMs && at.maxMs <= (untilMs ?? stop?.event.beforeMs ?? Number.POSITIVE_INFINITY),
  );
  const { deadlineMs, toleranceMs } = recording.contract;
  const inTime = answer && isAtMost(between(sent.at, answer.at), deadlineMs + toleranceMs);
  if (!answer || inTime === 'no') {
    return {
      outcome: 'fail',
      message: `After ${name} no line that matches /${line}/ came within ${duration(deadlineMs)}.`,
      expected,
      observed: answer ? `“${clip(answer.text, 60)}”, too late` : 'no such line',
      evidence: [sent.index, ...(answer ? [answer.index] : [])],
    };
  }
  const after = inWords(between(sent.at, answer.at));
  if (inTime === 'unsure')
    return straddling(`“${clip(answer.text, 60)}” came ${after} after ${name}`, [sent.index, answer.index]);
  if (!stop && untilMs === undefined)
    return untested('that it lived on was not seen', [sent.index, answer.index]);
  return pass(`${after} after ${name} it printed “${clip(answer.text, 60)}”, and it lived on.`, [
    sent.index,
    answer.index,
    ...(stop ? [stop.index] : []),
  ]);
}

function exits(recording: Recording, status: number, sent: Sent): Judgement {
  const { signal } = sent;
  const exit = ownExit(recording);
  const ended = endedByHarness(recording);
  const expected = `exit status ${status}`;
  if (!exit) {
    if (!ended) return untested('the end of the program was not seen', [sent.index]);
    const elapsed = between(sent.at, window(recording, ended.event));
    return {
      outcome: 'fail',
      message: `${signal} is to make the program exit with ${status}, but ${inWords(elapsed)} later it was still there.`,
      expected,
      observed: 'no exit',
      evidence: places({ ...ended, index: sent.index }, ended),
    };
  }
  const elapsed = between(sent.at, window(recording, exit.event));
  const evidence = [sent.index, exit.index];
  const { deadlineMs, toleranceMs } = recording.contract;
  const inTime = isAtMost(elapsed, deadlineMs + toleranceMs);
  const end = `${endInWords(exit.event)} ${inWords(elapsed)} after ${signal}`;
  if (inTime === 'unsure') return straddling(`it ended with ${end}`, evidence);
  if (exit.event.code === status && inTime === 'yes') return pass(`It ended with ${end}.`, evidence);
  return {
    outcome: 'fail',
    message: `The program ended with ${end}.`,
    expected: `${expected} within ${duration(deadlineMs)}`,
    observed: endInWords(exit.event),
    evidence,
  };
}

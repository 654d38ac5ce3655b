import type { Recording } from '../../../harness/recording/recording.js';
import { stopSignals } from '../../facts/stop.js';
import { type Judgement, type Requirement, requirement } from '../../requirement.js';
import { deadlineHolds } from '../deadline/holds.js';
import { exitNoCrash } from '../exit/no-crash.js';
import { exitStatus } from '../exit/status.js';
import { judgeParts } from '../judge-parts.js';
import { outputNoTraceback } from '../output/no-traceback.js';

/** What one graceful stop is made of; in a run at a terminal this requirement speaks for them. */
const parts: readonly Requirement[] = [deadlineHolds, exitNoCrash, exitStatus, outputNoTraceback];

export const terminalInterrupt = requirement({
  id: 'terminal.interrupt',
  level: 'SHOULD',
  since: 2026,
  statement:
    'Ctrl+C at its terminal is one graceful stop: in time, with an accepted exit status, and without a traceback.',
  because:
    'It is how everybody who works on a server stops it. The kernel turns the key into SIGINT for the whole foreground group, as long as nobody has switched that off.',
  remedy: {
    general:
      'Handle SIGINT as you handle SIGTERM, in every process of the group. Leave the modes of the terminal alone: in raw mode (ISIG off, termios(3)) Ctrl+C is the byte 3, and somebody has to read it and to act on it.',
    node: 'process.stdin.setRawMode(true) switches Ctrl+C off: look for "\\u0003" in what is read, and call process.kill(process.pid, "SIGINT"). readline emits SIGINT on its interface instead of the process where it has the terminal.',
    python:
      'Catch KeyboardInterrupt around everything, or install a handler; multiprocessing children get the key too: let them ignore SIGINT, and stop them from the parent.',
    go: 'Children that are started with exec.Command share the terminal: give them SysProcAttr{Setpgid: true} where the parent is to stop them.',
    shell:
      'The key goes to the script and to what it runs: use exec, or trap INT in the script and wait for the child.',
  },
  sources: ['npm/cli#5021', 'Kludex/uvicorn#1069', 'termios(3), ISIG', 'tty_ioctl(2)'],
  comparesRuns: true,
  notApplicable(recording) {
    if (recording.run.delivery !== 'terminal') return 'the signal was not typed at a terminal';
    return stopSignals(recording).length > 1 ? 'several stop signals were sent' : undefined;
  },
  judge: (recording, siblings: readonly Recording[]): Judgement =>
    judgeParts(parts, recording, siblings, {
      what: 'Typed at its terminal',
      well: 'Typed at its terminal, it was one graceful stop.',
    }),
});

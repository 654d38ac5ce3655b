import type { Recording } from '../../../harness/recording/recording.js';
import { type Judgement, type Requirement, requirement } from '../../requirement.js';
import { deadlineHolds } from '../deadline/holds.js';
import { exitNoCrash } from '../exit/no-crash.js';
import { exitStatus } from '../exit/status.js';
import { judgeParts } from '../judge-parts.js';
import { surviveUndeclaredHangup } from '../survive/undeclared-hangup.js';

const parts: readonly Requirement[] = [deadlineHolds, exitNoCrash, exitStatus, surviveUndeclaredHangup];

export const terminalHangup = requirement({
  id: 'terminal.hangup',
  level: 'SHOULD',
  since: 2026,
  statement:
    'When its terminal closes, the target stops in good order or goes on: it does not crash on writing to what is gone.',
  because:
    'A lost connection to the machine closes the terminal of what was started there: the kernel sends SIGHUP, and from then on each line of the log is a write that fails.',
  remedy: {
    general:
      'Treat SIGHUP as a stop, or ignore it (nohup), and expect EIO when you write to a terminal: a log line that cannot be written is no reason to end.',
    node: "Node 20 crashes at its exit when its terminal has gone: fs.closeSync those of 0 to 2 that were terminals before process.exit(). process.stdout.on('error', () => {}) and the same for stderr: without a listener the first console.log in the shutdown is an uncaught exception.",
    python:
      'print() raises OSError (EIO): catch it where the shutdown writes; the logging module prints a traceback to the same dead terminal and goes on.',
    go: 'A failed write to os.Stdout is an error that fmt.Println returns; only EPIPE on it raises SIGPIPE. log.Fatal in the shutdown makes the status 1.',
    shell: 'trap "" HUP before exec, or start it with nohup, setsid or under a supervisor.',
  },
  sources: ['setsid(2)', 'write(2), EIO', 'signal(7), SIGHUP', 'elastic/beats#10704'],
  needsStop: false,
  comparesRuns: true,
  notApplicable: ({ run }) => (run.delivery === 'hangup' ? undefined : 'no terminal was closed'),
  judge: (recording, siblings: readonly Recording[]): Judgement =>
    judgeParts(parts, recording, siblings, {
      what: 'Its terminal was closed',
      well: 'When its terminal was closed, it stopped in good order, or went on.',
    }),
});

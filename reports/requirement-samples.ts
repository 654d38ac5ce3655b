import type { RequirementText } from './requirement-text.js';

/** For tests: texts as requirements have them. */
export const requirementTexts: readonly RequirementText[] = [
  {
    id: 'deadline.holds',
    level: 'MUST',
    statement: 'The whole process tree is gone by the deadline, whatever the clients do.',
    because:
      'What does not stop in time is killed by its supervisor, in the middle of whatever it was doing.',
    remedy: {
      general: 'Start a timer in the signal handler that ends the process when the deadline is reached.',
      node: 'call server.closeAllConnections() from an unref’d timer.\nIt exists since Node.js 18.2.',
    },
  },
  {
    id: 'notice.every-client',
    level: 'MUST',
    statement:
      'Every client that is connected when the stop signal arrives is told before its connection closes.',
    because: 'A client that is not told cannot finish, retry elsewhere, or tell a shutdown from a crash.',
    remedy: {
      general: 'Keep a list of open connections and write the notice to each of them in the handler.',
    },
  },
  {
    id: 'output.no-traceback',
    level: 'MUST',
    statement: 'A stop leaves no traceback, panic or unhandled error in the output.',
    because: 'Whoever reads the log must be able to tell a stop from a crash.',
    remedy: { general: 'Catch what your runtime raises for the signal, at the top of the program.' },
  },
  {
    id: 'exit.status',
    level: 'MUST',
    statement: 'The exit status after a graceful stop is one that the contract accepts.',
    because: 'Supervisors restart, alert or roll back on any other status.',
    remedy: { general: 'Exit with 0 after a graceful stop.' },
  },
  {
    id: 'stop.acknowledged',
    level: 'SHOULD',
    statement: 'The server writes at least one line about the shutdown between the signal and its exit.',
    because: 'Without it nobody can tell from the log who ended the server.',
    remedy: { general: 'Log the name of the signal when it arrives.' },
  },
];

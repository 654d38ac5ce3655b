import { expect, test } from 'vitest';
import { requirementTexts } from '../../reports/requirement-samples.js';
import { allReports } from '../../reports/samples.js';
import { failureText, untestableText, untestedText, vitestCommand } from './text.js';

const options = {
  requirements: requirementTexts,
  strict: false,
  file: 'test/server.test.ts',
  suite: 'my server',
};
const { nonconformant, partlyUntested, notStarted } = allReports;

test('a failure is told as on the terminal, and played again by Vitest', () => {
  const verdict = nonconformant.verdicts.find(({ id }) => id === 'notice.every-client@idle-clients/SIGTERM');
  expect(failureText(nonconformant, verdict as never, options)).toBe(
    `notice.every-client failed (MUST)
  Every client that is connected when the stop signal arrives is told before its
  connection closes.

  run       idle-clients/SIGTERM
  what      1 of 2 clients was never told: idle-2.
  expected  "SHUTDOWN" is sent to every connected client before its connection
            closes
  observed  idle-2 read FIN 1.2 s after SIGTERM and had read no notice until
            then

              SIGTERM
    server ---|===============================================] exit 0
    idle-1  --o told
    idle-2  --|-----------------------------------------------] FIN
              0                +500 ms              +1 s

    +0.000 s  harness sent SIGTERM to the server (pid 4711)
    +0.003 s  client idle-1 was told (read the notice)
    +1.203 s  client idle-2 read FIN

  why       A client that is not told cannot finish, retry elsewhere, or tell a
            shutdown from a crash.
  fix       Keep a list of open connections and write the notice to each of them
            in the handler.
  again     npx vitest run test/server.test.ts -t 'my server (> )?idle-clients/SIGTERM (> )?notice.every-client'`,
  );
});

test('what a MUST leaves open says why', () => {
  const verdict = partlyUntested.verdicts.find(({ outcome }) => outcome === 'untested');
  expect(untestedText(verdict as never, options)).toBe(
    `deadline.holds was not tested (MUST)
  The whole process tree is gone by the deadline, whatever the clients do.

  run       slow-request/SIGTERM
  why not   The first bytes of a reply did not come within 5 s.
  again     npx vitest run test/server.test.ts -t 'my server (> )?slow-request/SIGTERM (> )?deadline.holds'`,
  );
});

test('a target that could not be tested is shown with its last words', () => {
  expect(untestableText(notStarted)).toBe(
    `The target ended with status 1 after 60 ms, before it served anybody.
The last lines of its output:
  | node:internal/modules/cjs/loader:1080
  | Error: Cannot find module './config.js' \\x1b[31m`,
  );
});

test.each([
  [['idle/SIGINT+group'], 'a idle/SIGINT+group exit.consistent', 'a idle/SIGINT exit.consistent'],
  [['idle/SIGINT', 'b/SIGTERM#2'], 'a b/SIGTERM#2 exit.consistent', 'a idle/SIGINT+group exit.consistent'],
])('the pattern of %j matches these tests and no others', (runs, same, other) => {
  const command = vitestCommand({ file: "it's.test.ts", suite: 'a' }, runs, 'exit.consistent');
  const [, file, pattern = ''] = /^npx vitest run (.+) -t '(.+)'$/.exec(command) ?? [];
  expect(file).toBe("'it'\\''s.test.ts'");
  expect(`outer ${same}`).toMatch(new RegExp(pattern));
  expect(`outer > ${same.replaceAll(' ', ' > ')}`).toMatch(new RegExp(pattern));
  expect(other).not.toMatch(new RegExp(pattern));
  expect(`another ${same}`.replace(' a ', ' ')).not.toMatch(new RegExp(pattern));
});

test('a name is found as it is written', () => {
  const suite = "node server.js --greet='hi (you)' a+b|c $x [y]";
  const command = vitestCommand({ file: 'x.test.ts', suite }, ['idle/SIGTERM'], 'exit.status');
  const quoted = /-t '(.+)'$/.exec(command)?.[1]?.replaceAll("'\\''", "'") ?? '';
  expect(`${suite} idle/SIGTERM exit.status`).toMatch(new RegExp(quoted));
});

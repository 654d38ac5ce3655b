import { describe, expect, test } from 'vitest';
import { cookieIn } from './cookie.js';
import { parseEnvironments, parseProcesses } from './darwin-ps.js';

// Written by hand after the manual of ps(1) on macOS: nobody has captured this on a Mac yet.
const processes = `    1     0     1 Thu Nov 19 08:00:01 2026     Ss   /sbin/launchd
  501     1   501 Fri Nov 20 21:35:43 2026     S+   /usr/local/bin/node
  502   501   501 Fri Nov 20 21:35:44 2026     T    /Applications/My App.app/Contents/MacOS/My App
  503   501   503 Fri Nov  6 01:02:03 2026     U    sh
  504   501   501 Fri Nov 20 21:35:45 2026     Z    (sleep)
  505   501   501 Fri Nov 20 21:35:46 2026     I    -zsh
`;

describe('parseProcesses', () => {
  test('reads who is whose child, in which group, since when', () => {
    expect(parseProcesses(processes)[1]).toEqual({
      pid: 501,
      parentPid: 1,
      groupId: 501,
      sessionId: 501,
      startTicks: String(Date.parse('2026-11-20T21:35:43Z') / 1000),
      state: 'S',
      command: 'node',
    });
  });

  test('reads a day of one digit, and a name with spaces', () => {
    const all = parseProcesses(processes);
    expect(all[3]?.startTicks).toBe(String(Date.parse('2026-11-06T01:02:03Z') / 1000));
    expect(all[2]?.command).toBe('My App');
  });

  test('writes states as Linux does', () => {
    expect(parseProcesses(processes).map(({ state }) => state)).toEqual(['S', 'S', 'T', 'D', 'Z', 'S']);
  });

  test('start times grow as numbers, as the tree compares them', () => {
    const starts = parseProcesses(processes).map(({ startTicks }) => Number(startTicks));
    expect(starts[2]).toBe((starts[1] ?? 0) + 1);
  });

  test('of a process that has gone ps prints nothing', () => {
    expect(parseProcesses('')).toEqual([]);
    expect(parseProcesses('\n')).toEqual([]);
  });
});

describe('parseEnvironments', () => {
  const text = `  501 node server.js --port 80 PATH=/bin:/usr/bin SIGNAL_CONFORMANCE_RUN=7-ab/idle/SIGTERM~1#0 HOME=/Users/x y
  502 (sleep)
 1503 sh -c sleep 1 SIGNAL_CONFORMANCE_RUN=7-ab/idle/SIGTERM~1#1
`;

  test('finds the cookie, wherever it stands', () => {
    const environments = parseEnvironments(text);
    expect(cookieIn(environments.get(501) ?? '')).toBe('7-ab/idle/SIGTERM~1#0');
    expect(cookieIn(environments.get(1503) ?? '')).toBe('7-ab/idle/SIGTERM~1#1');
  });

  test('finds none where none is shown, and nothing for a process that is not listed', () => {
    const environments = parseEnvironments(text);
    expect(cookieIn(environments.get(502) ?? '')).toBeUndefined();
    expect(environments.get(503)).toBeUndefined();
    expect([...environments.keys()]).toEqual([501, 502, 1503]);
  });
});

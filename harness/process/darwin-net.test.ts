import { describe, expect, test } from 'vitest';
import { isAccepted, listenersIn, parseNetstat, parseOwnedSockets } from './darwin-net.js';

// Written by hand after the manuals of lsof(8) and netstat(1) on macOS: nobody has captured these on a Mac yet.
const lsof = `p501
f18
tIPv4
n127.0.0.1:8080
TST=LISTEN
TQR=0
TQS=0
f19
tIPv6
n*:9090
TST=LISTEN
f20
tIPv4
n127.0.0.1:8080->127.0.0.1:50123
TST=ESTABLISHED
p502
f18
tIPv4
n127.0.0.1:8080
TST=LISTEN
f3
tIPv6
n[::1]:7070
TST=LISTEN
f4
tIPv4
n*:6060
TST=LISTEN
f5
tIPv4
n*:*
TST=CLOSED
`;

describe('lsof', () => {
  const sockets = parseOwnedSockets(lsof);

  test('shows each listening address once, with the first process that holds it', () => {
    expect(listenersIn(sockets, 'both')).toEqual([
      { host: '127.0.0.1', port: 8080, pid: 501 },
      { host: '::', port: 9090, pid: 501 },
      { host: '::1', port: 7070, pid: 502 },
      { host: '0.0.0.0', port: 6060, pid: 502 },
    ]);
  });

  test('tells the two families apart, also where the address is a star', () => {
    expect(listenersIn(sockets, 'tcp').map(({ port }) => port)).toEqual([8080, 6060]);
    expect(listenersIn(sockets, 'tcp6').map(({ port }) => port)).toEqual([9090, 7070]);
  });

  test('shows a connection that is accepted, and none that waits in the queue or goes the other way', () => {
    expect(isAccepted(sockets, 8080, 50123)).toBe(true);
    expect(isAccepted(sockets, 8080, 5012)).toBe(false);
    expect(isAccepted(sockets, 80, 50123)).toBe(false);
    expect(isAccepted(sockets, 50123, 8080)).toBe(false);
  });

  test('prints nothing where nothing is found', () => {
    expect(listenersIn(parseOwnedSockets(''), 'both')).toEqual([]);
  });
});

describe('netstat', () => {
  const rows = parseNetstat(`Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      0  127.0.0.1.8080         *.*                    LISTEN
tcp46      0      0  *.9090                 *.*                    LISTEN
tcp4      17    405  127.0.0.1.8080         127.0.0.1.50123        ESTABLISHED
tcp6       0      0  ::1.7070               ::1.50124              CLOSE_WAIT
tcp4       0      0  127.0.0.1.8080         127.0.0.1.50125        TIME_WAIT
tcp4       0      0  *.*                    *.*                    CLOSED
`);

  test('shows what waits to be read and to be sent', () => {
    expect(rows.find(({ remotePort }) => remotePort === 50123)).toEqual({
      localPort: 8080,
      remotePort: 50123,
      state: 'ESTABLISHED',
      unreadBytes: 17,
      unsentBytes: 405,
    });
  });

  test('shows who listens, on one address or on all', () => {
    const listening = rows.filter(({ state }) => state === 'LISTEN');
    expect(listening.map(({ localPort, remotePort }) => [localPort, remotePort])).toEqual([
      [8080, 0],
      [9090, 0],
    ]);
  });

  test('reads an address of IPv6 up to its last dot, and what rests', () => {
    expect(rows.filter(({ state }) => state === 'CLOSE_WAIT')).toMatchObject([
      { localPort: 7070, remotePort: 50124 },
    ]);
    expect(rows.filter(({ state }) => state === 'TIME_WAIT')).toMatchObject([
      { localPort: 8080, remotePort: 50125 },
    ]);
    expect(rows).toHaveLength(5);
  });
});

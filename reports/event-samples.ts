import type { EventOf, EventType } from '../harness/recording/events.js';

type Samples = { readonly [Type in EventType]: readonly [EventOf<Type>, ...EventOf<Type>[]] };

const server = { instance: 0 } as const;
const client = { client: 'idle-1' } as const;
const connection = { connection: 'connection-1' } as const;
const exchange = { client: 'busy-2', exchange: 7 } as const;

/** For tests: each type of event at least once, with and without what is optional. A new type does not compile without. */
export const eventSamples: Samples = {
  spawned: [
    { type: 'spawned', ...server, pid: 4711, port: 8080, beforeMs: 0, atMs: 1.5 },
    { type: 'spawned', instance: 1, pid: 4799, beforeMs: 0, atMs: 1.5 },
    { type: 'spawned', ...server, pid: 4711, pid1: true, beforeMs: 0, atMs: 6 },
  ],
  'spawn-failed': [{ type: 'spawn-failed', ...server, error: 'EACCES', atMs: 2 }],
  listening: [
    { type: 'listening', ...server, host: '127.0.0.1', port: 8080, pid: 4711, atMs: 40 },
    { type: 'listening', ...server, host: '::1', port: 8080, pid: 4711, atMs: 40 },
    {
      type: 'listening',
      ...server,
      host: 'localhost',
      port: 0,
      socket: '/run/app.sock',
      pid: 4711,
      atMs: 40,
    },
  ],
  file: [
    { type: 'file', ...server, what: 'socket', path: '/run/app.sock', there: true, atMs: 1960 },
    { type: 'file', ...server, what: 'pid file', path: '/run/app.pid', there: false, atMs: 1960 },
  ],
  executed: [{ type: 'executed', ...server, pid: 4711, program: '/usr/bin/python3.11', atMs: 3 }],
  wrapped: [
    { type: 'wrapped', ...server, wrapper: 'npm', version: '11.19.1', shell: 'dash', pid: 4713, atMs: 48 },
    { type: 'wrapped', ...server, wrapper: 'dash', pid: 4713, atMs: 48 },
  ],
  'past-wrapper': [
    { type: 'past-wrapper', ...server, signal: 'SIGTERM', pid: 4713, beforeMs: 3000, atMs: 3000.1 },
    {
      type: 'past-wrapper',
      ...server,
      signal: 'SIGTERM',
      pid: 4713,
      error: 'EPERM',
      beforeMs: 3000,
      atMs: 3000.1,
    },
  ],
  ready: [{ type: 'ready', ...server, atMs: 50 }],
  'not-ready': [{ type: 'not-ready', instance: 1, reason: 'nothing listened within 30 s', atMs: 30_050 }],
  dispositions: [
    {
      type: 'dispositions',
      ...server,
      processes: [
        { pid: 4711, caught: ['SIGTERM', 'SIGINT'], blocked: ['SIGHUP'], ignored: ['SIGPIPE'] },
        { pid: 4712, caught: [], blocked: [], ignored: [] },
      ],
      atMs: 51,
    },
  ],
  signal: [
    { type: 'signal', ...server, signal: 'SIGINT', pid: 4711, group: true, beforeMs: 1000, atMs: 1000.2 },
    { type: 'signal', ...server, signal: 'SIGINT', pid: 4711, typed: true, beforeMs: 1000, atMs: 1000.2 },
    { type: 'signal', ...server, signal: 'SIGTERM', pid: 4711, wrapper: 'npm', beforeMs: 100, atMs: 100.1 },
    { type: 'signal', ...server, signal: 'SIGHUP', pid: 4711, hangup: true, beforeMs: 1000, atMs: 1000.2 },
    { type: 'signal', ...server, signal: 'SIGTERM', pid: 4711, beforeMs: 100, atMs: 100.1 },
    { type: 'signal', ...server, signal: 'SIGTERM', pid: 4711, error: 'ESRCH', beforeMs: 100, atMs: 100.1 },
  ],
  frozen: [{ type: 'frozen', ...server, pids: [4711, 4712], beforeMs: 90, atMs: 92 }],
  thawed: [{ type: 'thawed', ...server, beforeMs: 101, atMs: 101.2 }],
  output: [
    { type: 'output', ...server, stream: 'stdout', text: 'shutting down\n', atMs: 102 },
    { type: 'output', ...server, stream: 'stderr', text: 'one\r\ntwo\n\u001b[2Jthree\n', atMs: 102 },
    { type: 'output', ...server, stream: 'stderr', text: '\n', atMs: 102 },
  ],
  'output-closed': [{ type: 'output-closed', ...server, beforeMs: 102, atMs: 102.1 }],
  accepted: [{ type: 'accepted', ...connection, process: 0, atMs: 60 }],
  'client-request': [{ type: 'client-request', ...connection, exchange: 1, bytes: 6, atMs: 61 }],
  sent: [
    { type: 'sent', ...connection, what: 'reply', bytes: 6, beforeMs: 61, atMs: 61.1 },
    { type: 'sent', ...connection, what: 'notice', bytes: 9, beforeMs: 62, atMs: 62.1 },
    { type: 'sent', ...connection, what: 'reply-and-notice', bytes: 15, beforeMs: 62, atMs: 62.1 },
    { type: 'sent', ...connection, what: 'notice-part', bytes: 1, beforeMs: 62, atMs: 62.1 },
  ],
  'client-read': [{ type: 'client-read', ...connection, sinceMs: 62, atMs: 63 }],
  'kept-waiting': [{ type: 'kept-waiting', ...server, waitedMs: 80, sinceMs: 1100, atMs: 1200 }],
  processor: [{ type: 'processor', ...server, processorMs: 40, atMs: 64 }],
  'client-left': [
    { type: 'client-left', ...connection, how: 'fin', atMs: 63 },
    { type: 'client-left', ...connection, how: 'rst', atMs: 63 },
  ],
  'server-left': [
    { type: 'server-left', ...connection, how: 'fin', beforeMs: 64, atMs: 64.1 },
    { type: 'server-left', ...connection, how: 'rst', beforeMs: 64, atMs: 64.1 },
    { type: 'server-left', ...connection, how: 'killed', beforeMs: 64, atMs: 64.1 },
  ],
  'output-missing': [{ type: 'output-missing', ...server, stream: 'stdout', bytes: 70_000, atMs: 103 }],
  'output-held': [{ type: 'output-held', ...server, atMs: 2100 }],
  process: [
    {
      type: 'process',
      ...server,
      pid: 4712,
      parentPid: 4711,
      command: 'sleep 60',
      state: 'zombie',
      sinceMs: 100,
      atMs: 120,
    },
  ],
  exit: [
    { type: 'exit', ...server, pid: 4711, code: 0, signal: null, atMs: 1900 },
    { type: 'exit', ...server, pid: 4711, code: 1, signal: null, wrapper: 'yarn', atMs: 1900 },
    { type: 'exit', ...server, pid: 4711, code: null, signal: 'SIGTERM', atMs: 1900 },
  ],
  survivor: [{ type: 'survivor', ...server, pid: 4712, command: 'sleep 60', atMs: 1910 }],
  gone: [{ type: 'gone', ...server, sinceMs: 1900, atMs: 1920 }],
  'ended-by-harness': [
    {
      type: 'ended-by-harness',
      ...server,
      reason: 'still there 1 s after the deadline',
      pids: [4711],
      beforeMs: 3100,
      atMs: 3101,
    },
  ],
  orphan: (['inherited', 'ended', 'reaped', 'left'] as const).map((state) => ({
    type: 'orphan',
    ...server,
    pid: 4720,
    state,
    beforeMs: 100,
    atMs: 105,
  })) as [EventOf<'orphan'>],
  'core-file': [{ type: 'core-file', ...server, path: 'core.4711', atMs: 1950 }],
  'start-place': [
    {
      type: 'start-place',
      ...server,
      pid: 4711,
      place: 7,
      of: 20,
      offsetMs: 31.5,
      spanMs: 90,
      handlerMs: 30,
      sinceHandlerMs: 1.5,
      seed: 4,
      atMs: 40,
    },
    {
      type: 'start-place',
      ...server,
      pid: 4711,
      place: 8,
      of: 20,
      offsetMs: 35,
      spanMs: 90,
      seed: 4,
      atMs: 43,
    },
  ],
  connected: [
    { type: 'connected', ...client, role: 'idle', instance: 0, localPort: 40_001, beforeMs: 60, atMs: 61 },
    {
      type: 'connected',
      ...client,
      role: 'idle',
      instance: 0,
      localPort: 0,
      inode: 14_147,
      beforeMs: 60,
      atMs: 61,
    },
  ],
  'connect-failed': [
    {
      type: 'connect-failed',
      client: 'late-1',
      role: 'late',
      instance: 0,
      code: 'ECONNREFUSED',
      beforeMs: 150,
      atMs: 151,
    },
  ],
  request: [
    { type: 'request', ...exchange, bytes: 12, part: 'whole', beforeMs: 62, atMs: 62.1 },
    { type: 'request', ...exchange, bytes: 6, part: 'half-headers', beforeMs: 62, atMs: 62.1 },
  ],
  withheld: [{ type: 'withheld', ...client, atMs: 2062 }],
  'request-queued': [{ type: 'request-queued', ...exchange, atMs: 63 }],
  'request-read': [{ type: 'request-read', ...exchange, atMs: 64 }],
  'reply-started': [{ type: 'reply-started', ...exchange, atMs: 65 }],
  reply: [
    { type: 'reply', ...exchange, bytes: 12, atMs: 66 },
    { type: 'reply', ...exchange, bytes: 120, status: 200, connectionClose: true, atMs: 66 },
  ],
  'reply-truncated': [
    { type: 'reply-truncated', ...exchange, receivedBytes: 10, expectedBytes: 120, atMs: 130 },
    { type: 'reply-truncated', ...exchange, receivedBytes: 10, expectedBytes: null, atMs: 130 },
  ],
  told: [
    { type: 'told', ...client, framed: true, atMs: 103 },
    { type: 'told', ...client, framed: false, atMs: 103 },
  ],
  unexpected: [{ type: 'unexpected', ...client, text: 'HTTP/1.1 400 Bad Request\r\n\r\n', atMs: 104 }],
  fin: [{ type: 'fin', ...client, atMs: 105 }],
  rst: [{ type: 'rst', ...client, code: 'ECONNRESET', atMs: 105 }],
  paused: [{ type: 'paused', ...client, atMs: 70 }],
  resumed: [{ type: 'resumed', ...client, atMs: 71 }],
  left: [
    { type: 'left', ...client, how: 'fin', beforeMs: 72, atMs: 72.1 },
    { type: 'left', ...client, how: 'rst', beforeMs: 72, atMs: 72.1 },
  ],
  'no-reply': [{ type: 'no-reply', ...exchange, waitedMs: 2000, atMs: 2100 }],
  lag: [
    { type: 'lag', who: 'harness', lagMs: 40, atMs: 106 },
    { type: 'lag', who: 'fleet', lagMs: 12.3, atMs: 106 },
  ],
  moment: [{ type: 'moment', moment: 'all clients have been served', atMs: 99 }],
  missed: [
    { type: 'missed', moment: 'the first bytes of a reply', reason: 'none came within 5 s', atMs: 5100 },
    { type: 'missed', moment: 'the signal is sent again', reason: 'it was late', lateMs: 42, atMs: 5100 },
    {
      type: 'missed',
      moment: 'the script of my.thing is played to its end',
      reason: 'it threw TypeError: x is not a function',
      suite: './my-suite.mjs',
      atMs: 5100,
    },
  ],
};

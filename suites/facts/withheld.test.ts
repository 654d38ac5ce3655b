import { expect, test } from 'vitest';
import { recordingOf, type Written } from '../testing/recording-builder.js';
import { missedMoment } from './stop.js';
import { keptFromServer } from './withheld.js';

const silent: Written = { type: 'connected', client: 'silent-1', role: 'silent', localPort: 4001, atMs: 100 };
const withheld = (atMs: number, client = 'silent-1'): Written => ({ type: 'withheld', client, atMs });
const canary = (connectMs: number, replyMs: number): Written[] => [
  { type: 'connected', client: 'canary-2', role: 'canary', localPort: 4002, atMs: connectMs },
  { type: 'request', client: 'canary-2', exchange: 1, bytes: 80, part: 'whole', atMs: connectMs + 1 },
  { type: 'reply', client: 'canary-2', exchange: 1, bytes: 6, atMs: replyMs },
];
const missed: Written = {
  type: 'missed',
  moment: 'the connection is accepted',
  reason: 'it was not seen within 2000 ms',
  atMs: 2300,
};

function kept(...events: Written[]): string | undefined {
  const recording = recordingOf([...events, missed]);
  const at = missedMoment(recording);
  return at && keptFromServer(recording, at);
}

test('a connection that is kept back while somebody who came later is served was never the server’s', () => {
  expect(kept(silent, withheld(2150), ...canary(2160, 2170), withheld(2200))).toBe(
    'the kernel gives the target no connection before its first byte (as with TCP_DEFER_ACCEPT): silent-1 was kept from it for 2.1 s, in which canary-2 came later and was served',
  );
});

const nothing: [string, Written[]][] = [
  ['nothing is known of it but that it was not accepted', [silent, ...canary(2160, 2170)]],
  ['nobody else was served: such a server may accept nobody', [silent, withheld(2150), withheld(2200)]],
  ['the other was served before it: that was then', [...canary(50, 60), silent, withheld(2200)]],
  [
    'the other came before it, and may have been accepted long ago',
    [...canary(50, 2170), silent, withheld(2200)],
  ],
  ['nobody looked after the other was served', [silent, withheld(2150), ...canary(2160, 2170)]],
  ['the other got no answer', [silent, ...canary(2160, 2170).slice(0, 2), withheld(2200)]],
  [
    'the queue may have had no room: the connection was not offered again yet',
    [{ ...silent, atMs: 1000, beforeMs: 1000 }, ...canary(2160, 2170), withheld(2200)],
  ],
  [
    'the machine was so busy that the kernel may not have offered it again yet',
    [silent, { type: 'lag', who: 'fleet', lagMs: 700, atMs: 1500 }, ...canary(2160, 2170), withheld(2200)],
  ],
  [
    'another like it was not kept back, and was not accepted either',
    [silent, { ...silent, client: 'silent-2', localPort: 4003 }, ...canary(2160, 2170), withheld(2200)],
  ],
  [
    'the other was served by the next instance',
    [
      silent,
      ...canary(2160, 2170).map((event) => (event.type === 'connected' ? { ...event, instance: 1 } : event)),
      withheld(2200),
    ],
  ],
];

test.each(nothing)('not shown where %s', (_why, events) => {
  expect(kept(...events)).toBeUndefined();
});

test('a lag that explains nothing changes nothing', () => {
  const lag = (lagMs: number, atMs: number): Written => ({ type: 'lag', who: 'harness', lagMs, atMs });
  const early = [lag(5000, 90), lag(500, 1500), lag(40, 2199)];
  expect(kept(silent, ...early, ...canary(2160, 2170), withheld(2200))).toMatch(/^the kernel gives/);
});

test('who has left does not count', () => {
  const left: Written[] = [
    { ...silent, client: 'silent-2', localPort: 4003 },
    { type: 'left', client: 'silent-2', how: 'fin', atMs: 120 },
  ];
  expect(kept(silent, ...left, ...canary(2160, 2170), withheld(2200))).toMatch(/^the kernel gives/);
});

import { expect, test } from 'vitest';
import { fakeSink } from './fake-sink.js';
import { TcpDriver } from './tcp.js';

function saidOf(notice: string | undefined, ...pieces: (string | Buffer)[]): string[] {
  const { sink, said } = fakeSink();
  const tcp = new TcpDriver(sink, notice);
  expect(tcp.request()).toHaveLength(0);
  for (const piece of pieces) tcp.receive(Buffer.from(piece));
  tcp.end();
  return said;
}

test('the notice is found in whatever stands around it', () => {
  expect(saidOf('BYE', 'welcome\n..BYE..\n')).toEqual(['told']);
  expect(saidOf('BYE', 'welcome\n')).toEqual([]);
});

test('the notice is found byte by byte, and as often as it comes', () => {
  expect(saidOf('BYE', ...'xxBYBYE', ...'BYEBY')).toEqual(['told', 'told']);
  expect(saidOf('BYE', 'BYEBYE')).toEqual(['told', 'told']);
});

test('the notice is found after much else, cut at any place', () => {
  const much = Buffer.alloc(100_000, 0xff);
  for (const at of [1, 2]) expect(saidOf('BYE', much, 'BYE'.slice(0, at), 'BYE'.slice(at))).toEqual(['told']);
});

test('a notice of more than ASCII is compared as it is sent', () => {
  const bytes = Buffer.from('tschüß');
  expect(saidOf('tschüß', bytes.subarray(0, 5), bytes.subarray(5))).toEqual(['told']);
});

test('where no notice is declared nothing is understood', () => {
  expect(saidOf(undefined, 'SHUTDOWN\n')).toEqual([]);
});

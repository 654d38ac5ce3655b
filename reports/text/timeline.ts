import type { TargetKind } from '../../harness/contract/contract.js';
import {
  type ClientEvent,
  type Dispositions,
  type EventOf,
  firstClient,
  type HarnessEvent,
  type PeerEvent,
  type RecordingEvent,
  type ServerEvent,
} from '../../harness/recording/events.js';
import { duration } from '../../suites/facts/time.js';
import { wrapperInWords } from '../../suites/facts/wrapped.js';
import { oneLine } from './printable.js';

/** `+1.203 s`: a time relative to the stop signal (or another zero). */
export function offset(atMs: number, zeroMs: number): string {
  const seconds = (atMs - zeroMs) / 1000;
  // A time that rounds to zero has no sign of its own: never `-0.000 s`.
  const sign = Math.round(seconds * 1000) < 0 ? '-' : '+';
  return `${sign}${Math.abs(seconds).toFixed(3)} s`;
}

/** Any event of a recording as one printable line of words. */
export function inOneLine(event: RecordingEvent, kind: TargetKind = 'server'): string {
  if ('connection' in event) return oneLine(`${event.connection} ${ofPeer(event)}`);
  if ('client' in event) return oneLine(`client ${event.client} ${ofClient(event)}`);
  return oneLine('instance' in event ? ofServer(event, named(event.instance, kind)) : ofHarness(event));
}

/** The lines of an output event, without empty ones at its end. */
export function outputLines(text: string): string[] {
  return text.replaceAll('\r\n', '\n').trimEnd().split('\n').map(oneLine);
}

/** What an instance is called: `server`, `new server`, `program`, `client 2`. */
export function named(instance: number, kind: TargetKind): string {
  if (kind === 'program' || kind === 'client')
    return instance === 0 ? kind : instance === 1 ? `new ${kind}` : `${kind} ${instance + 1}`;
  if (instance >= firstClient) return `client ${instance - firstClient + 1}`;
  return server(instance);
}

function server(instance: number): string {
  return instance === 0 ? 'server' : instance === 1 ? 'new server' : `server ${instance + 1}`;
}

function whom({ pid, group, typed, wrapper }: EventOf<'signal'>, who: string): string {
  if (wrapper !== undefined) return `wrapper of the ${who} (${wrapper}, pid ${pid})`;
  if (typed) return `${who} (pid ${pid}), typed at its terminal`;
  return group ? `process group of the ${who} (${pid})` : `${who} (pid ${pid})`;
}

function orphan({ pid, state }: EventOf<'orphan'>, who: string): string {
  switch (state) {
    case 'inherited':
      return `${who} inherited process ${pid}, which the harness put into its namespace`;
    case 'ended':
      return `process ${pid}, which the ${who} had inherited, ended`;
    case 'reaped':
      return `${who} reaped process ${pid}, which it had inherited`;
    case 'left':
      return `process ${pid}, which the ${who} had inherited, was still a zombie`;
  }
}

function ofServer(event: ServerEvent, who: string): string {
  switch (event.type) {
    case 'spawned':
      return `${who} started${event.pid1 ? ' as PID 1 of a namespace' : ''} (pid ${event.pid}${event.port === undefined ? '' : `, PORT=${event.port}`})`;
    case 'spawn-failed':
      return `${who} could not be started: ${event.error}`;
    case 'wrapped':
      return `${who} was started through ${wrapperInWords(event)} (pid ${event.pid})`;
    case 'past-wrapper':
      return event.error === undefined
        ? `harness sent ${event.signal} to the ${who} itself (pid ${event.pid}), past its wrapper`
        : `harness could not send ${event.signal} to the ${who} itself (pid ${event.pid}): ${event.error}`;
    case 'listening':
      return `${who} listens on ${event.socket ?? address(event.host, event.port)} (pid ${event.pid})`;
    case 'file':
      return `${event.what} of the ${who} ${event.there ? 'is there' : 'is not there'}: ${event.path}`;
    case 'executed':
      return `${who} executes the program that serves (${event.program})`;
    case 'start-place':
      return `${who} is at place ${event.place} of ${event.of} of its start-up, ${duration(event.offsetMs)} after its program was executed`;
    case 'ready':
      return `${who} is ready: it ${who === 'client' ? 'has connected and sent a request' : 'serves'}`;
    case 'not-ready':
      return `${who} did not become ready: ${event.reason}`;
    case 'dispositions':
      return `${who}'s signal masks: ${event.processes.map(masks).join('; ')}`;
    case 'signal':
      if (event.hangup)
        return `harness closed the terminal of the ${who} (pid ${event.pid}): ${event.signal}`;
      return event.error === undefined
        ? `harness sent ${event.signal} to the ${whom(event, who)}`
        : `harness could not send ${event.signal} to the ${whom(event, who)}: ${event.error}`;
    case 'frozen':
      return `harness froze the ${who} (${pids(event.pids)})`;
    case 'thawed':
      return `harness let the ${who} go on`;
    case 'output':
      return `${who} wrote to ${event.stream}: ${firstLineOf(event.text)}`;
    case 'output-closed':
      return `harness closed the standard output of the ${who}`;
    case 'output-missing':
      return `${who} wrote ${event.bytes} more bytes to ${event.stream}, which were not kept`;
    case 'processor':
      return `${who} has used ${duration(event.processorMs)} of processor time`;
    case 'output-held':
      return `the output of the ${who} is still held open by another process`;
    case 'process':
      return `process ${event.pid} (${event.command}) is ${event.state === 'zombie' ? 'a zombie' : event.state}, parent ${event.parentPid}`;
    case 'exit':
      return event.signal === null
        ? `${event.wrapper ?? who} exited with status ${event.code}`
        : `${event.wrapper ?? who} died by ${event.signal}`;
    case 'kept-waiting':
      return `${who} was ready to run for ${duration(event.waitedMs)} and had no processor`;
    case 'survivor':
      return `process ${event.pid} (${event.command}) lives on after the ${who} has exited`;
    case 'gone':
      return `no process of the ${who} is left`;
    case 'ended-by-harness':
      return `harness ended the ${who} with SIGKILL (${pids(event.pids)}): ${event.reason}`;
    case 'orphan':
      return orphan(event, who);
    case 'core-file':
      return `${who} left a core file: ${event.path}`;
  }
}

function ofClient(event: ClientEvent): string {
  switch (event.type) {
    case 'connected':
      return `connected to the ${server(event.instance)}`;
    case 'connect-failed':
      return `could not connect to the ${server(event.instance)} (${event.code})`;
    case 'request':
      return event.part === 'whole'
        ? `sent request ${event.exchange}`
        : `sent half of request ${event.exchange} (${event.part.replace('-', ' of the ')}, ${event.bytes} bytes)`;
    case 'withheld':
      return 'is still kept from the server by the kernel, which waits for its first byte';
    case 'request-queued':
      return `has request ${event.exchange} waiting, unread, in the server's socket`;
    case 'request-read':
      return `had its request ${event.exchange} read by the server`;
    case 'reply-started':
      return `read the first bytes of reply ${event.exchange}`;
    case 'reply':
      return `read reply ${event.exchange}${replyDetails(event.status, event.connectionClose)}`;
    case 'reply-truncated':
      return `saw reply ${event.exchange} end early: ${event.receivedBytes} of ${event.expectedBytes ?? 'an unknown number of'} bytes`;
    case 'told':
      return event.framed ? 'was told (read the notice)' : 'was told in the middle of a reply';
    case 'unexpected':
      return `read what is neither reply nor notice: ${firstLineOf(event.text)}`;
    case 'fin':
      return 'read FIN';
    case 'rst':
      return `was reset (${event.code})`;
    case 'paused':
      return 'stopped reading';
    case 'resumed':
      return 'reads again';
    case 'left':
      return event.how === 'fin' ? 'closed its connection' : 'reset its connection itself';
    case 'no-reply':
      return `waited ${duration(event.waitedMs)} in vain for reply ${event.exchange}`;
  }
}

function ofPeer(event: PeerEvent): string {
  switch (event.type) {
    case 'accepted':
      return event.process === 0 ? 'was accepted' : `was accepted (client ${event.process})`;
    case 'client-request':
      return `brought request ${event.exchange}`;
    case 'client-read':
      return 'has had all that it was sent read by the client';
    case 'client-left':
      return event.how === 'fin' ? 'was closed by the client' : 'was reset by the client';
    case 'sent':
      return sentWords[event.what];
    case 'server-left':
      return serverLeftWords[event.how];
  }
}

const sentWords = {
  reply: 'was sent a reply',
  notice: 'was sent the notice',
  'reply-and-notice': 'was sent a reply and the notice together',
  'notice-part': 'was sent a part of the notice',
} as const;

const serverLeftWords = {
  fin: 'was closed by the server',
  rst: 'was reset by the server',
  killed: 'lost its server, which was killed',
} as const;

function ofHarness(event: HarnessEvent): string {
  switch (event.type) {
    case 'lag':
      return `${event.who === 'fleet' ? 'client fleet' : 'harness'} was late by ${duration(event.lagMs)}`;
    case 'moment':
      return `observed: ${event.moment}`;
    case 'missed':
      return `waited in vain for: ${event.moment} (${event.reason})`;
  }
}

function masks({ pid, caught, blocked, ignored }: Dispositions): string {
  const named = [
    caught.length > 0 && `catches ${caught.join(', ')}`,
    blocked.length > 0 && `blocks ${blocked.join(', ')}`,
    ignored.length > 0 && `ignores ${ignored.join(', ')}`,
  ].filter((part) => part !== false);
  return `pid ${pid} ${named.length > 0 ? named.join(', ') : 'leaves all to their default actions'}`;
}

function replyDetails(status: number | undefined, connectionClose: boolean | undefined): string {
  const details = [
    status !== undefined && `status ${status}`,
    connectionClose === true && 'Connection: close',
  ].filter((part) => part !== false);
  return details.length > 0 ? ` (${details.join(', ')})` : '';
}

function address(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function pids(list: readonly number[]): string {
  return list.length === 1 ? `pid ${list[0]}` : `pids ${list.join(', ')}`;
}

/** A clipped text keeps one line short however much was written; 400 characters fill every terminal. */
function firstLineOf(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').trim().split('\n');
  const first = (lines[0] as string).slice(0, 400);
  const quoted = first === '' ? '(nothing but white space)' : `"${first}"`;
  return lines.length > 1 ? `${quoted} and ${lines.length - 1} more lines` : quoted;
}

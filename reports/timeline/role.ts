import type { RecordingEvent } from '../../harness/recording/events.js';
import { oneLine } from '../text/printable.js';
import { clip } from '../text/width.js';
import type { MarkKind } from './parts.js';

/**
 * What an event is in the picture: a mark; an edge, at which a span begins or ends (some are marks as well); a line
 * across all lanes; or nothing to be drawn. A type of event that is not known here does not compile.
 */
export type Role =
  | { readonly as: 'mark'; readonly kind: MarkKind; readonly label: string }
  | { readonly as: 'edge' | 'line' | 'nothing' };

const edge: Role = { as: 'edge' };
const nothing: Role = { as: 'nothing' };

export function roleOf(event: RecordingEvent): Role {
  switch (event.type) {
    case 'spawned':
      return edge;
    case 'spawn-failed':
      return bad('not started');
    case 'listening':
      return note('listens');
    case 'executed':
      return note('executed');
    case 'wrapped':
      return note(`through ${oneLine(event.wrapper)}`);
    case 'file':
      return note(`${event.what} ${event.there ? 'there' : 'gone'}`);
    case 'ready':
      return note('ready');
    case 'not-ready':
      return bad('not ready');
    case 'dispositions':
      return note('handlers seen');
    case 'signal':
    case 'past-wrapper':
      return { as: 'line' };
    case 'frozen':
    case 'thawed':
    case 'kept-waiting':
      return edge;
    case 'output':
      // A piece may be 64 KiB long, and each picture has a name for each.
      return mark('output', clip(oneLine(/\S[^\n]{0,99}/.exec(event.text)?.[0].trimEnd() ?? 'blank'), 30));
    case 'output-closed':
      return note('pipe closed');
    case 'output-missing':
      return note('output not kept');
    case 'processor':
      return nothing;
    case 'output-held':
      return bad('output held');
    case 'process':
      return event.state === 'stopped' ? note('stopped') : edge;
    case 'exit':
      return mark('end', event.signal === null ? `exit ${event.code}` : `died by ${event.signal}`);
    case 'survivor':
      return bad('lives on');
    case 'gone':
      return note('all gone');
    case 'ended-by-harness':
      return bad('ended by harness');
    case 'orphan':
      return event.state === 'left' ? bad('not reaped') : note(event.state);
    case 'core-file':
      return bad('core file');
    case 'start-place':
      return note(`place ${event.place} of ${event.of}`);
    case 'connected':
    case 'request':
    case 'reply-started':
    case 'reply':
    case 'accepted':
    case 'client-request':
      return edge;
    case 'connect-failed':
      return bad(event.code === 'ECONNREFUSED' ? 'refused' : oneLine(event.code));
    case 'withheld':
      return note('withheld');
    case 'request-queued':
      return note('queued');
    case 'request-read':
      return note('read');
    case 'reply-truncated':
      return bad('cut short');
    case 'told':
      return event.framed ? mark('told', 'told') : bad('told in a reply');
    case 'unexpected':
      return bad('unexpected');
    case 'fin':
      return mark('end', 'FIN');
    case 'rst':
      return bad('RST');
    case 'paused':
      return note('stops reading');
    case 'resumed':
      return note('reads');
    case 'left':
    case 'client-left':
      return mark('end', event.how === 'fin' ? 'leaves' : 'leaves (RST)');
    case 'no-reply':
      return bad('no reply');
    case 'client-read':
      return note('all read');
    case 'sent':
      return event.what === 'reply' ? edge : mark('told', sentWords[event.what]);
    case 'server-left':
      return event.how === 'fin' ? mark('end', 'FIN') : mark('end', event.how === 'rst' ? 'RST' : 'killed');
    case 'lag':
      return edge;
    case 'moment':
      return note('moment');
    case 'missed':
      return bad('in vain');
  }
}

const sentWords = {
  notice: 'told',
  'reply-and-notice': 'reply + told',
  'notice-part': 'told in part',
} as const;

function mark(kind: MarkKind, label: string): Role {
  return { as: 'mark', kind, label: clip(oneLine(label), 40) };
}

function note(label: string): Role {
  return mark('note', label);
}

function bad(label: string): Role {
  return mark('bad', label);
}

import type { OutputStream } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';

/** What one stream said, joined: a line may come in several chunks. */
export interface StreamText {
  readonly stream: OutputStream;
  readonly text: string;
  /** The output events between two places of the text. */
  eventsAt(start: number, end: number): number[];
}

/** Which part of the output is wanted: of one instance, observed between two times (both ends included). */
export interface OutputSpan {
  readonly instance?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

// Colours and carriage returns would break every pattern that looks at the start or the end of a line.
const noise = /\x1b\[[0-9;?]*[A-Za-z]|\r(?=\n)/g;

/** The output of the target, without colours: its standard output first, then its standard error. */
export function outputOf(recording: Recording, span: OutputSpan = {}): [StreamText, StreamText] {
  return [streamText(recording, 'stdout', span), streamText(recording, 'stderr', span)];
}

function streamText(recording: Recording, stream: OutputStream, span: OutputSpan): StreamText {
  const { instance = 0, fromMs = 0, toMs = Number.POSITIVE_INFINITY } = span;
  let raw = '';
  const chunks: { readonly index: number; readonly start: number }[] = [];
  recording.events.forEach((event, index) => {
    if (event.type !== 'output' && event.type !== 'output-missing') return;
    if (event.stream !== stream || event.instance !== instance) return;
    if (event.atMs < fromMs || event.atMs > toMs) return;
    chunks.push({ index, start: raw.length });
    // What stands on both sides of a gap is not one line.
    raw += event.type === 'output' ? event.text : '\n';
  });
  const cuts = [...raw.matchAll(noise)].map(({ index, 0: { length } }) => ({ index, length }));
  const inRaw = (place: number) => {
    let at = place;
    for (const cut of cuts) if (cut.index <= at) at += cut.length;
    return at;
  };
  return {
    stream,
    text: raw.replace(noise, ''),
    eventsAt(start, end) {
      const [from, to] = [inRaw(start), inRaw(Math.max(start, end - 1))];
      return chunks
        .filter((chunk, at) => chunk.start <= to && (chunks[at + 1]?.start ?? raw.length) > from)
        .map(({ index }) => index);
    },
  };
}

/** The last non-empty lines that one instance wrote, standard error last. */
export function lastLines(recording: Recording, instance: number, count: number): string[] {
  const lines = outputOf(recording, { instance }).flatMap(({ text }) => text.split('\n'));
  return lines.filter((line) => line.trim() !== '').slice(-count);
}

/** One line of text for a message, clipped. */
export function clip(text: string, length = 200): string {
  const line = text.trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

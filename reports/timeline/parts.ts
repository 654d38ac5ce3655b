/**
 * What a picture of a run is made of. Times are milliseconds on the recording's clock; `events` are indexes into the
 * run's events: what a part was made of can be looked up, and a verdict's evidence be found again.
 */
export interface Part {
  readonly events: readonly number[];
  /** It shows an event that the verdict names. */
  readonly isEvidence: boolean;
}

/** Something that lasted. */
export interface Span extends Part {
  readonly kind: SpanKind;
  readonly fromMs: number;
  readonly toMs: number;
  /** How many such spans were merged into this one: 1 where it stands for itself. */
  readonly count: number;
}

export type SpanKind =
  // An instance: from its start until it listens, until it is ready, until it is to stop, until its exit, until its tree is gone.
  | 'starting'
  | 'listening'
  | 'serving'
  | 'stopping'
  | 'remaining'
  | 'frozen'
  // Other processes of its tree.
  | 'alive'
  | 'zombie'
  // Connections, and in them requests: with their reply, or without.
  | 'connected'
  | 'exchange'
  | 'unanswered'
  // An event loop was late; the target was ready to run and waited for a processor.
  | 'late'
  | 'waiting';

/** Something that happened: at `atMs`, or since `sinceMs` at the earliest. */
export interface Mark extends Part {
  readonly kind: MarkKind;
  readonly sinceMs: number;
  readonly atMs: number;
  /** One to three words; of merged marks those of the first. */
  readonly label: string;
  readonly count: number;
}

export type MarkKind =
  /** A stop that goes as it should: told, FIN, an exit. */
  | 'told'
  | 'end'
  /** What breaks: RST, a reply cut short, no reply, ended by the harness, … */
  | 'bad'
  | 'output'
  | 'note';

/** A line across all lanes. */
export interface Line extends Part {
  readonly kind: 'signal' | 'deadline';
  readonly atMs: number;
  /** The act had ended here. */
  readonly toMs: number;
  readonly label: string;
}

export interface Lane {
  readonly kind: 'harness' | 'instance' | 'process' | 'client';
  readonly name: string;
  /** How many lanes were folded into this one: 1 where it stands for itself. */
  readonly count: number;
  readonly spans: readonly Span[];
  readonly marks: readonly Mark[];
}

/** From and to, on the recording's clock. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** One run as a picture, independent of how it is drawn. */
export interface Picture {
  readonly lanes: readonly Lane[];
  readonly lines: readonly Line[];
  /** Times are counted from here, as in the evidence: from the first stop signal, or from the beginning. */
  readonly zeroMs: number;
  readonly whole: Stretch;
  /** The seconds that matter. */
  readonly window: Stretch;
  /** Indexes of the events that have no place in the picture. */
  readonly elsewhere: readonly number[];
}

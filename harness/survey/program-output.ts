import { nowMs } from '../clock.js';
import type { SignalName } from '../contract/signal-name.js';
import type { PromiseSettings } from '../options/settings.js';
import type { OutputStream } from '../recording/events.js';
import { alike } from '../target/alike.js';
import type { Instance } from '../target/instance.js';
import { watchLines } from '../target/output-lines.js';

/** What a surveyed program prints, and how often. */
export class ProgramOutput {
  readonly #pieces = new Times();
  readonly #items = new Times();
  #lines: { readonly alike: string; readonly atMs: number }[] = [];
  readonly #answers = new Map<SignalName, number>();
  stdoutBytes = 0;
  itemLines = 0;

  constructor(instance: Instance, { item, handles = [] }: Pick<PromiseSettings, 'item' | 'handles'>) {
    instance.output.watch((text, stream) => {
      if (stream !== 'stdout') return;
      this.#pieces.add(nowMs());
      this.stdoutBytes += Buffer.byteLength(text);
    });
    const patterns = handles.flatMap(({ signal, line }) =>
      line === undefined ? [] : [{ signal, pattern: new RegExp(line) }],
    );
    watchLines(instance.output, (line) => {
      this.#lines.push({ alike: alike(line), atMs: nowMs() });
      if (this.#lines.length > mostLines) this.#lines.shift();
      if (item?.test(line)) this.#sawItem(nowMs());
      for (const { signal, pattern } of patterns)
        if (pattern.test(line)) this.#answers.set(signal, (this.#answers.get(signal) ?? 0) + 1);
    });
  }

  /** Lines that ended an item, at times of their own: what is read at once tells nothing of how long an item takes. */
  get items(): number {
    return this.#items.count;
  }

  #sawItem(atMs: number): void {
    this.itemLines += 1;
    if (atMs - this.#items.lastMs >= apartMs) this.#items.add(atMs);
  }

  printedSince(atMs: number): boolean {
    return this.#pieces.lastMs > atMs;
  }

  /** The kinds of lines that came before `untilMs`. */
  usualLines(untilMs: number): string[] {
    return [...new Set(this.#lines.filter(({ atMs }) => atMs < untilMs).map((line) => line.alike))];
  }

  /** When the first line came, from `sinceMs` on, that is none of its usual ones. */
  newLineMs(sinceMs: number, usual: readonly string[]): number | undefined {
    return this.#lines.find((line) => line.atMs >= sinceMs && !usual.includes(line.alike))?.atMs;
  }

  firstStream({ output: { firstMs } }: Instance): OutputStream | undefined {
    const { stdout, stderr } = firstMs;
    if (stdout !== undefined && stdout <= (stderr ?? Number.POSITIVE_INFINITY)) return 'stdout';
    return stderr === undefined ? undefined : 'stderr';
  }

  /** What came until the program was quiet belongs to its start: printing on is what comes after it. */
  facts(newsMs: number) {
    const isOn = this.#pieces.lastMs > newsMs + startBurstMs;
    return {
      prints: this.#pieces.count > 0,
      unasked: [...this.#answers].flatMap(([signal, count]) => (count > 1 ? [signal] : [])),
      printsEveryMs: isOn ? this.#pieces.longestGapMs : undefined,
      itemEveryMs: this.#items.count > 1 ? this.#items.longestGapMs : undefined,
    };
  }
}

/** Two items of a program whose output is read late on a busy machine may come together. */
const apartMs = 2;

/** A program that writes without end is not remembered for ever. */
const mostLines = 1000;

/** What is printed so soon after the last new fact of a start is its last words. */
const startBurstMs = 300;

/** Points of time, of which there may be millions: how many, the last one, and the longest time between two. */
class Times {
  count = 0;
  lastMs = Number.NEGATIVE_INFINITY;
  longestGapMs = 0;

  add(atMs: number): void {
    if (this.count > 0) this.longestGapMs = Math.max(this.longestGapMs, atMs - this.lastMs);
    this.count += 1;
    this.lastMs = atMs;
  }
}

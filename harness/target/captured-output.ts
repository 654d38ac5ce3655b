import { nowMs } from '../clock.js';
import { BoundedOutput } from '../process/bounded-output.js';
import type { Launched, StdoutMode } from '../process/launch.js';
import type { RecordingEvent } from '../recording/events.js';
import { outputEnds } from './output-end.js';

/** What one start of the target writes to its standard output and error. */
export class CapturedOutput {
  readonly #stdout = new BoundedOutput('stdout');
  readonly #stderr = new BoundedOutput('stderr');
  readonly #launched: Launched;
  readonly #watchers = new Set<(text: string) => void>();
  #openStreams = 2;
  #receivedBytes = 0;

  constructor(launched: Launched, mode: StdoutMode = 'read') {
    this.#launched = launched;
    if (mode === 'read') this.#capture(this.#stdout, launched.stdout);
    else this.#openStreams -= 1;
    this.#capture(this.#stderr, launched.stderr);
  }

  /** What is written from now on is another piece: it came after what the harness does now. */
  cut(): void {
    this.#stdout.cut();
    this.#stderr.cut();
  }

  /** Calls back with each piece of output from now on; the returned function ends that. */
  watch(callback: (text: string) => void): () => void {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
  }

  lastLines(count: number): string[] {
    return [...this.#stdout.lastLines(count), ...this.#stderr.lastLines(count)].filter((line) => line !== '');
  }

  /** Waits for the streams to close; then everything that was written, and whether somebody still holds them. */
  async finish(instance: number): Promise<RecordingEvent[]> {
    const closed = await outputEnds(
      () => this.#openStreams,
      () => this.#receivedBytes,
    );
    const events: RecordingEvent[] = closed ? [] : [{ type: 'output-held', instance, atMs: nowMs() }];
    this.#launched.stdout.destroy();
    this.#launched.stderr.destroy();
    for (const output of [this.#stdout, this.#stderr]) {
      const { stream } = output;
      const { head, tail, missing } = output.pieces();
      for (const { atMs, text } of [...head, ...tail]) {
        events.push({ type: 'output', instance, stream, text, atMs });
      }
      if (missing) events.push({ type: 'output-missing', instance, stream, ...missing });
    }
    return events;
  }

  #capture(output: BoundedOutput, stream: Launched['stdout']): void {
    stream.on('data', (chunk: Buffer) => {
      this.#receivedBytes += chunk.length;
      output.add(chunk, nowMs());
      for (const watch of this.#watchers) watch(chunk.toString('utf8'));
    });
    stream.on('error', () => {});
    stream.once('close', () => {
      this.#openStreams -= 1;
    });
  }
}

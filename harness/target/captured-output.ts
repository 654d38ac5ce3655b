import { nowMs } from '../clock.js';
import { BoundedOutput } from '../process/bounded-output.js';
import type { Launched, StdoutMode } from '../process/launch.js';
import type { OutputStream, RecordingEvent } from '../recording/events.js';
import { outputEnds } from './output-end.js';

/** What a paced output may say without a pause; a program that says more writes without end, or much. */
const unpacedBytes = 512 * 1024;
/** A pause after each read (64 KiB): several programs that write without end would leave the harness no time. */
const paceMs = 4;

/** What one start of the target writes to its standard output and error. */
export class CapturedOutput {
  readonly #stdout = new BoundedOutput('stdout');
  readonly #stderr = new BoundedOutput('stderr');
  readonly #launched: Launched;
  readonly #watchers = new Set<(text: string, stream: OutputStream) => void>();
  /** When each stream was first heard, on CLOCK_MONOTONIC. */
  readonly firstMs: { stdout?: number; stderr?: number } = {};
  #openStreams = 1;
  #receivedBytes = 0;
  #foreignBytes: number;

  readonly #isPaced: boolean;

  constructor(launched: Launched, mode: StdoutMode = 'read', isPaced = false) {
    this.#launched = launched;
    this.#isPaced = isPaced;
    this.#foreignBytes = launched.filledBytes;
    if (mode === 'read') this.readStdout();
    this.#capture(this.#stderr, launched.stderr);
  }

  /** Begins to read a standard output that was full: the target can go on. */
  readStdout(): void {
    this.#openStreams += 1;
    this.#capture(this.#stdout, this.#launched.stdout);
  }

  /** Closes the reading end of standard output, at once; what had not been read is lost. */
  closeStdout(): void {
    this.#launched.closeStdout();
  }

  /** What is written from now on is another piece: it came after what the harness does now. */
  cut(): void {
    this.#stdout.cut();
    this.#stderr.cut();
  }

  /** Calls back with each piece of output from now on; the returned function ends that. */
  watch(callback: (text: string, stream: OutputStream) => void): () => void {
    this.#watchers.add(callback);
    return () => this.#watchers.delete(callback);
  }

  lastLines(count: number): string[] {
    return [...this.#stdout.lastLines(count), ...this.#stderr.lastLines(count)].filter((line) => line !== '');
  }

  /**
   * Waits until everything that a target which has ended has written is read; false where somebody still holds its
   * streams. Its exit may be heard first: a pipe keeps what is in it.
   */
  drained(): Promise<boolean> {
    return outputEnds(
      () => this.#openStreams,
      () => this.#receivedBytes,
    );
  }

  /** Waits for the streams to close; then everything that was written, and whether somebody still holds them. */
  async finish(instance: number): Promise<RecordingEvent[]> {
    const closed = await this.drained();
    const events: RecordingEvent[] = closed ? [] : [{ type: 'output-held', instance, atMs: nowMs() }];
    this.#launched.closeStdout();
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
    stream.on('data', (received: Buffer) => {
      const chunk = output === this.#stdout ? this.#own(received) : received;
      this.#receivedBytes += received.length;
      if (this.#isPaced && this.#receivedBytes > unpacedBytes) pause(stream);
      if (chunk.length === 0) return;
      const atMs = nowMs();
      this.firstMs[output.stream] ??= atMs;
      output.add(chunk, atMs);
      for (const watch of this.#watchers) watch(chunk.toString('utf8'), output.stream);
    });
    stream.on('error', () => {});
    stream.once('close', () => {
      this.#openStreams -= 1;
    });
  }

  /** Without what was in the pipe before the target began. */
  #own(chunk: Buffer): Buffer {
    const foreign = Math.min(this.#foreignBytes, chunk.length);
    this.#foreignBytes -= foreign;
    return chunk.subarray(foreign);
  }
}

function pause(stream: Launched['stdout']): void {
  stream.pause();
  setTimeout(() => stream.resume(), paceMs);
}

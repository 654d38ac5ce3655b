import type { Engine } from './engine.js';
import type { Interruption } from './interruption.js';

/** A stream that a command writes to; a terminal has columns. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command has of the world around it. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly interruption: Interruption;
  readonly engine: Engine;
  /** Where a GitHub workflow reads what is printed: tells it what is meant as a command, as nothing else is. */
  readonly workflowCommands?: ((text: string) => void) | undefined;
}

/** How this process is to end: with a status, or by a signal where it was interrupted by it. */
export type Ending = Status | { readonly signal: NodeJS.Signals };
export interface Status {
  readonly status: 0 | 1 | 2 | 3 | 4;
}

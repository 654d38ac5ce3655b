/** From the harness to the process that holds a terminal. */
export type TerminalRequest =
  | {
      readonly do: 'start';
      readonly file: string;
      readonly args: readonly string[];
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
    }
  | { readonly do: 'type'; readonly text: string }
  | { readonly do: 'hang-up' };

/** And back. Times are milliseconds on CLOCK_MONOTONIC. */
export type TerminalMessage =
  | { readonly type: 'started'; readonly pid: number; readonly beforeMs: number; readonly atMs: number }
  | { readonly type: 'failed'; readonly error: string }
  /** It was typed, or the terminal was closed. */
  | { readonly type: 'done'; readonly atMs: number }
  /** In base64: a terminal passes any byte on. */
  | { readonly type: 'output'; readonly bytes: string }
  | { readonly type: 'exit'; readonly code: number; readonly signal: number };

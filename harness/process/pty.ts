/** What is used of @lydell/node-pty. It is optional: nothing else may need it, not even the compiler. */
export interface Pty {
  readonly pid: number;
  /** Bytes, with `encoding: null`. */
  onData(listener: (bytes: Uint8Array) => void): unknown;
  onExit(listener: (exit: { readonly exitCode: number; readonly signal?: number }) => void): unknown;
  write(text: string): void;
  kill(signal?: string): void;
  destroy(): void;
}

interface PtyModule {
  spawn(
    file: string,
    args: string[],
    options: {
      readonly cols: number;
      readonly rows: number;
      readonly name: string;
      readonly cwd: string;
      readonly env: Readonly<Record<string, string>>;
      readonly encoding: null;
    },
  ): Pty;
}

const name: string = '@lydell/node-pty';

/** @throws Error where the package is not installed, or has no binary for this platform */
export async function loadPty(): Promise<PtyModule> {
  return (await import(name)) as PtyModule;
}

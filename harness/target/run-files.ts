import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeFolderPrefix } from '../process/pipes.js';
import type { Reaper } from '../process/reaper.js';
import { longestSocketPath } from './socket-path.js';

/** Longer than the name of any file here. */
const longestName = '/12345678.sock'.length;

/** Paths for one instance after the other of one run: a new instance is told those of the one before it. */
export interface OwnFiles {
  readonly socket: string;
  readonly pidFile: string;
}

/** Hands out paths for the targets' unix sockets and pid files, in a folder of its own, each once. */
export class RunFiles {
  readonly #reaper: Pick<Reaper, 'addFolder'>;
  #folder: string | undefined;
  #count = 0;

  constructor(reaper: Pick<Reaper, 'addFolder'>) {
    this.#reaper = reaper;
  }

  /** @throws Error where no folder can be made */
  next(): OwnFiles {
    this.#folder ??= this.#create();
    this.#count += 1;
    const name = join(this.#folder, String(this.#count));
    return { socket: `${name}.sock`, pidFile: `${name}.pid` };
  }

  /** Removes the folder with everything that the targets have left in it. */
  release(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }

  /** A temporary folder with a long name leaves too little room for the name of a socket: then /tmp has to do. */
  #create(): string {
    const prefix = pipeFolderPrefix();
    const isShort = Buffer.byteLength(`${prefix}XXXXXX`) + longestName <= longestSocketPath;
    const folder = mkdtempSync(isShort ? prefix : join('/tmp', basename(prefix)));
    // The reaper knows only the prefix, and looks for it in the temporary folder.
    if (!folder.startsWith(tmpdir())) this.#reaper.addFolder(folder);
    return folder;
  }
}

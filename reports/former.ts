import * as fs from 'node:fs';

/** A report of an earlier run that was taken away, and can be put back. */
export interface Former {
  /** Puts it back as it was, with its times; says whether it could. What came there meanwhile stays. */
  putBack(): boolean;
}

/**
 * Removes a file, and remembers it. It is kept in memory and not beside its place: whoever kills this process finds
 * neither the report of an earlier run nor a copy that nobody removes.
 *
 * @throws the error of the system where it cannot be removed
 */
export function takeAway(file: string): Former {
  const former = readIfPossible(file);
  fs.rmSync(file);
  return {
    putBack() {
      if (former === undefined) return false;
      const { bytes, mode, atime, mtime } = former;
      try {
        fs.writeFileSync(file, bytes, { flag: 'wx', mode });
        fs.utimesSync(file, atime, mtime);
        return true;
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EEXIST';
      }
    },
  };
}

/** A file may be removed by one who may not read it. */
function readIfPossible(file: string) {
  try {
    const { mode, atime, mtime } = fs.statSync(file);
    return { bytes: fs.readFileSync(file), mode, atime, mtime };
  } catch {
    return undefined;
  }
}

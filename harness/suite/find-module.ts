import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createJiti } from 'jiti';
import { shown, UsageError } from '../errors.js';

const expected = 'a module that exports requirements or scenarios: a file, or an installed package';

/**
 * The file of a module that a user names: a path from the working directory (`suites/mine.mjs` as well as `./…`), or
 * a package that is installed there.
 *
 * @throws UsageError where there is neither
 */
export function findModule(option: string, given: string, cwd: string = process.cwd()): string {
  if (given.trim() === '')
    throw new UsageError({ option, expected, given: shown(given), fix: 'name one, such as ./my-suite.mjs' });
  const path = given.startsWith('file:') ? fileURLToPath(given) : resolve(cwd, given);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return path;
  const isPath = /^(\.{0,2}\/|file:)/.test(given);
  const ofPackage = isPath || found?.isDirectory() ? undefined : packageFile(given, cwd);
  if (ofPackage !== undefined) return ofPackage;
  throw new UsageError({
    option,
    expected,
    given:
      found === undefined ? `${shown(given)}: there is no ${path}` : `${shown(given)}, which is a folder`,
    fix:
      found === undefined
        ? `write its path from ${cwd}${isPath ? '' : ', or install the package'}`
        : 'name the file in it that exports them',
  });
}

/** By the `exports` of the package, as an `import` in a file of the working directory would find it. */
function packageFile(name: string, cwd: string): string | undefined {
  const from = pathToFileURL(resolve(cwd, 'any.js')).href;
  const url = createJiti(from).esmResolve(name, { try: true });
  return url?.startsWith('file:') ? fileURLToPath(url) : undefined;
}

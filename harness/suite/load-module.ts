import { spawnSync } from 'node:child_process';
import { extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { watchExit } from '../early-exit.js';
import { shown, UsageError } from '../errors.js';
import { placeOf } from './fault.js';

const native = new Set(['.js', '.mjs', '.cjs']);
const typed = new Set(['.ts', '.mts', '.cts']);

/**
 * What a module exports. TypeScript is translated by jiti, which checks no types.
 *
 * @param given - as the user named it, for messages
 * @throws UsageError where it does not load, with its own message and place
 */
export async function loadModule(
  option: string,
  given: string,
  file: string,
): Promise<Readonly<Record<string, unknown>>> {
  const kind = extname(file);
  if (!native.has(kind) && !typed.has(kind))
    throw new UsageError({
      option,
      expected: 'a module: .js, .mjs, .cjs, .ts, .mts or .cts',
      given: shown(given),
      fix: 'name a file with one of these endings',
    });
  const stopWatching = watchExit(
    2,
    `the suite ${shown(given)} ended the process while it was loaded, or waits for what never comes; take process.exit() out of it, or the await`,
  );
  try {
    return native.has(kind) ? await import(pathToFileURL(file).href) : await loadTyped(file);
  } catch (error) {
    throw new UsageError({
      option,
      expected: 'a module that loads',
      given: `${shown(given)}: ${whyNot(error, file)}`,
      fix: 'correct it; it is loaded as any program would import it',
    });
  } finally {
    stopWatching();
  }
}

async function loadTyped(file: string): Promise<Readonly<Record<string, unknown>>> {
  const { createJiti } = await import('jiti');
  // Nothing is left behind in the user's folders. This package is compiled, and need not be translated again.
  const jiti = createJiti(file, {
    fsCache: false,
    interopDefault: false,
    nativeModules: ['signal-conformance'],
  });
  return jiti.import(file);
}

/** V8 tells where a module cannot be parsed, but not in the error: Node prints it, as `<file>:<line>`. */
function placeBySyntax(file: string): string | undefined {
  const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8', timeout: 5000 });
  const [, place] = /^(?:file:\/\/)?(\/.*:\d+)$/m.exec(stderr ?? '') ?? [];
  return place;
}

function whyNot(error: unknown, file: string): string {
  if (!(error instanceof Error)) return String(error);
  const [message = ''] = error.message.split('\n', 1);
  const place =
    placeOf(error.stack ?? '') ?? (error instanceof SyntaxError ? placeBySyntax(file) : undefined);
  // A missing import has no place in its stack, but names the file in its message.
  const where = place === undefined || message.includes(file) ? '' : ` (${place})`;
  return `${error.name}: ${message}${where}`;
}

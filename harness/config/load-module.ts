import { basename } from 'node:path';
import { createJiti } from 'jiti';
import { watchExit } from '../early-exit.js';
import { shown } from '../errors.js';
import { ConfigError } from './config-error.js';
import type { ConfigFile } from './find.js';

/** A configuration that waits longer for something is not to hold up a gate in silence. */
const withinMs = 30_000;

/**
 * The default export of a JavaScript or TypeScript file. A promise is awaited, a function called.
 *
 * TypeScript needs jiti: Node 20 has no type stripping. The others go the same way, so that `signal-conformance` can be
 * imported where it is run by npx and not installed, and errors look the same.
 */
export async function loadModule(file: ConfigFile): Promise<unknown> {
  const jiti = createJiti(import.meta.url, {
    // It would write into the user's node_modules.
    fsCache: false,
    interopDefault: false,
    virtualModules: { 'signal-conformance': await import('../index.js') },
  });
  // Wrong usage, as any other mistake in the file.
  const stopWatching = watchExit(
    2,
    `${file.shown} ended the process while it was loaded; take process.exit() out of it`,
  );
  try {
    return await within(file, async () => {
      const exported = defaultOf(await jiti.import(file.path), file.shown);
      return typeof exported === 'function' ? exported() : exported;
    });
  } catch (error) {
    throw error instanceof ConfigError ? error : thrown(error, file);
  } finally {
    stopWatching();
  }
}

/** A module of CommonJS is its export; one of ECMAScript has a default export, or none. */
function defaultOf(module: unknown, file: string): unknown {
  if (typeof module === 'object' && module !== null) {
    if ('default' in module && module.default !== undefined) return module.default;
    const isCommon = !('__esModule' in module) && !(Symbol.toStringTag in module);
    if (isCommon && Object.keys(module).length > 0) return module;
  } else if (module !== undefined) return module;
  throw new ConfigError(file, undefined, {
    expected: 'a default export',
    given: 'none',
    fix: 'write export default defineConfig({ … })',
  });
}

async function within(file: ConfigFile, load: () => Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  // The timer also keeps the process alive: with nothing to do Node would exit in the middle of this.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new ConfigError(file.shown, undefined, {
          expected: `a configuration within ${withinMs / 1000} s`,
          given: 'a promise that was not settled',
          fix: 'wait for less in it, or for nothing',
        }),
      );
    }, withinMs);
  });
  try {
    return await Promise.race([load(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function thrown(error: unknown, { path, shown: file }: ConfigFile): ConfigError {
  const { message, stack = '', name } = error instanceof Error ? error : new Error(shown(error));
  const [said = ''] = message.split('\nRequire stack:');
  const isSyntax = said.startsWith('ParseError: ');
  const text = said
    .replace(/^ParseError: /, '')
    .replace(/\s*\n\s*.*$/s, '')
    .trim();
  // A file that has run was translated before: its lines are the user's, its columns are not.
  const at = isSyntax ? placeIn(said, path) : placeIn(stack, path)?.replace(/:.*$/, '');
  const where = at === undefined ? '' : ` (${basename(path)}:${at})`;
  return new ConfigError(file, undefined, {
    expected: isSyntax ? 'JavaScript or TypeScript' : 'a file that can be loaded',
    given: isSyntax ? `a syntax error${where}: ${text}` : `${name}${where}: ${text}`,
    fix: isMissing(error) ? 'install what it imports, or correct the name' : 'correct it there',
  });
}

/** `12:5`, the first place in the file itself. */
function placeIn(stack: string, path: string): string | undefined {
  const start = stack.indexOf(`${path}:`);
  return start < 0 ? undefined : /^\d+(:\d+)?/.exec(stack.slice(start + path.length + 1))?.[0];
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /MODULE_NOT_FOUND$/.test(String(error.code));
}

import { readFileSync } from 'node:fs';
import { ConfigError } from './config-error.js';
import type { ConfigFile } from './find.js';
import { loadModule } from './load-module.js';
import { parseJson } from './parse-json.js';

/**
 * What a configuration file holds. Modules are executed: they are programs of the user.
 *
 * @throws ConfigError where it cannot be read, is no JSON, throws, or exports nothing
 */
export async function loadConfig(file: ConfigFile): Promise<unknown> {
  const text = read(file);
  if (file.extension === '.json') return parseJson(text, file.shown);
  return loadModule(file);
}

function read({ path, shown }: ConfigFile): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(shown, undefined, {
      expected: 'a file that can be read',
      given: (error as Error).message,
      fix: 'change its permissions, or name another file by --config',
    });
  }
}

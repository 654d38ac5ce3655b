import { readFileSync } from 'node:fs';

/** The version of this package, read from its package.json. */
export function version(): string {
  // Compiled files lie one folder deeper (dist/) than their sources.
  for (const place of ['../../package.json', '../package.json']) {
    const found = readManifest(new URL(place, import.meta.url));
    if (found?.name === 'signal-conformance') return found.version;
  }
  throw new Error('package.json of signal-conformance is missing from its package');
}

function readManifest(url: URL): { name: string; version: string } | undefined {
  try {
    return JSON.parse(readFileSync(url, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

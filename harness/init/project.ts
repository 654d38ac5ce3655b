import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export type ConfigFormat = 'ts' | 'mjs' | 'json';
export type CiSystem = 'github' | 'gitlab' | 'none';

/** What a folder tells of the project in it. */
export interface Project {
  /** For its only target: of letters, digits, `.`, `_` and `-`. */
  readonly name: string;
  readonly format: ConfigFormat;
  readonly ci: CiSystem;
  /** Commands after which a fresh checkout can be tested. */
  readonly setUp: readonly string[];
  /** Types and the schema are there for editors. */
  readonly isInstalled: boolean;
}

interface Package {
  readonly name?: unknown;
  readonly scripts?: { readonly build?: unknown };
}

export function projectIn(folder: string): Project {
  const has = (file: string) => existsSync(join(folder, file));
  const found = packageOf(join(folder, 'package.json'));
  return {
    name: nameOf(found, folder),
    format: has('tsconfig.json') ? 'ts' : found === undefined ? 'json' : 'mjs',
    ci: has('.gitlab-ci.yml') ? 'gitlab' : 'github',
    setUp:
      found === undefined
        ? []
        : [...installWith(has), ...(typeof found.scripts?.build === 'string' ? ['npm run build'] : [])],
    isInstalled: has('node_modules/signal-conformance'),
  };
}

function installWith(has: (file: string) => boolean): string[] {
  if (has('pnpm-lock.yaml')) return ['corepack enable', 'pnpm install --frozen-lockfile'];
  if (has('yarn.lock')) return ['corepack enable', 'yarn install'];
  return [has('package-lock.json') ? 'npm ci' : 'npm install'];
}

/** What is no package.json is nobody's mistake here. */
function packageOf(path: string): Package | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined; // missing, not readable, or no JSON
  }
}

function nameOf(found: Package | undefined, folder: string): string {
  const given = typeof found?.name === 'string' ? found.name.replace(/^@[^/]*\//, '') : basename(folder);
  const name = given.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[^\p{L}\p{N}]+/u, '');
  return name === '' ? 'server' : name;
}

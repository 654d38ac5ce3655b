import { join } from 'node:path';

/** Variables by which package runners neither look for news, nor fetch anything, nor write into the user's folders. */
export function quietly(folder: string): Record<string, string> {
  return {
    // yarn 1 makes a folder there at each start, and leaves it.
    TMPDIR: join(folder, 'tmp'),
    npm_config_cache: join(folder, 'npm'),
    npm_config_logs_max: '0',
    npm_config_update_notifier: 'false',
    // pnpm fetches the version of itself that a project asks for.
    npm_config_manage_package_manager_versions: 'false',
    YARN_CACHE_FOLDER: join(folder, 'yarn-cache'),
    YARN_GLOBAL_FOLDER: join(folder, 'yarn'),
    YARN_ENABLE_TELEMETRY: '0',
    // Nothing is linked, and its lock file is made where that is forbidden by default (CI) too.
    YARN_NODE_LINKER: 'node-modules',
    YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
    YARN_ENABLE_HARDENED_MODE: '0',
    // What corepack stands in for is used where it is here already.
    COREPACK_ENABLE_NETWORK: '0',
    COREPACK_ENABLE_AUTO_PIN: '0',
    COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  };
}

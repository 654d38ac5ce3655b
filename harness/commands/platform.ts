import { UsageError } from '../errors.js';

/** Windows has no signals that a program could be sent and handle (process.kill there ends it at once). */
export function refusePlatform(platform: NodeJS.Platform): void {
  if (platform !== 'win32') return;
  throw new UsageError({
    option: 'the platform',
    expected: 'Linux or macOS: Windows has no POSIX signals',
    given: platform,
    fix: 'run it in WSL, in a Linux container, or on a CI machine with Linux',
  });
}

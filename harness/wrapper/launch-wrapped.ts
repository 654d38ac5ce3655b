import type { Wrapper } from '../contract/delivery.js';
import { type Launched, type LaunchOptions, launch } from '../process/launch.js';
import { type FoundWrapper, findWrapper, hasOwnShell } from './find-wrapper.js';
import { makeScriptFolder } from './script-folder.js';

/**
 * Starts the target through another program: by `sh -c`, or as the script `start` of a package. Its pid is the wrapper's,
 * which is found with the variables that the user has `given`.
 *
 * @throws Error when the wrapper is not to be had, or the system cannot start it
 */
export async function launchWrapped(
  wrapper: Wrapper,
  target: LaunchOptions,
  given: Readonly<Record<string, string>>,
): Promise<Launched> {
  const found = await findWrapper(wrapper, given);
  if (typeof found === 'string') throw new Error(found);
  const { file, version, shell, lockFile } = found;
  const folder = makeScriptFolder(target, lockFile);
  const isShell = wrapper === 'dash' || wrapper === 'bash';
  try {
    const launched = await launch({
      ...target,
      file,
      command: isShell ? [wrapper, '-c', folder.line] : [file, ...runStart(wrapper, found)],
      cwd: isShell ? target.cwd : folder.path,
      env: { ...target.env, ...folder.env },
    });
    return Object.assign(launched, {
      wrapped: {
        wrapper,
        ...(version === undefined ? {} : { version }),
        ...(shell === undefined ? {} : { shell }),
        serverPid: folder.serverPid,
        forget: folder.remove,
      },
    });
  } catch (error) {
    folder.remove();
    throw error;
  }
}

/** Without what a runner says of itself: that is no output of the target. */
function runStart(wrapper: Wrapper, { version }: FoundWrapper): string[] {
  return hasOwnShell(wrapper, version) ? ['run', 'start'] : ['run', '--silent', 'start'];
}

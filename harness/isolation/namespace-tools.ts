import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NamespaceTools } from './namespace.js';
import { enterWords, type NamespaceKind, namespaceWords } from './namespace-words.js';

const tryWithinMs = 10_000;

/**
 * How a network namespace is made and entered here, or why none can be. An ordinary user needs a user namespace; root
 * does not, and its targets would not be root in one of another kind.
 */
export function namespaceTools(platform: NodeJS.Platform = process.platform): NamespaceTools | string {
  if (platform !== 'linux') return 'only Linux has them';
  if (programFile('unshare') === undefined)
    return 'unshare is not installed (Debian: apt-get install util-linux)';
  const nsenter = programFile('nsenter');
  if (nsenter === undefined) return 'nsenter is not installed (Debian: apt-get install util-linux)';
  return { nsenter, inUserNamespace: process.geteuid?.() !== 0 };
}

/** Makes a namespace, and enters it; why that fails, or undefined. For those who make no other trial. */
export async function whyNoNamespace(
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const tools = namespaceTools(platform);
  if (typeof tools === 'string') return tools;
  try {
    await tryTools(tools);
    return undefined;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    return withAdvice(tools, stderr.trim().split('\n').at(-1) || message);
  }
}

/** What is said where it is not permitted, with what to do about it. */
export function withAdvice({ inUserNamespace }: NamespaceKind, problem: string): string {
  if (!/not permitted|denied|Operation/i.test(problem)) return problem;
  const advice = inUserNamespace
    ? 'as root, or with user namespaces for ordinary users (user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns), it can'
    : 'a container may with --cap-add SYS_ADMIN';
  return `${problem} (${advice})`;
}

async function tryTools(tools: NamespaceTools): Promise<void> {
  // The shell that was started in it enters it again: that takes all that a target needs.
  const enter = enterWords(tools.nsenter, tools, 0).map((word) => word.replace('/proc/0/', '/proc/self/'));
  // A user namespace cannot be entered by who is in it.
  const words = tools.inUserNamespace ? enter.filter((word) => !/^--(?:user=|preserve)/.test(word)) : enter;
  const [file = '', ...rest] = namespaceWords(tools, [...words, 'true']);
  await promisify(execFile)(file, rest, { timeout: tryWithinMs });
}

/** What `kind` means for what a target sees, in words for a report. */
export function kindInWords({ inUserNamespace }: NamespaceKind): string {
  return inUserNamespace ? ', and a user namespace with nobody but its own user' : '';
}

/** System programs may stand where an ordinary user's PATH does not look. */
function programFile(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  return folders
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

import { execFile } from 'node:child_process';

/** The program that makes a PID namespace, and how it is told to. */
export interface Pid1Way {
  /** Options of unshare(1), up to the command. */
  readonly unshare: readonly string[];
  /** Options of nsenter(1) for the same namespaces, without the process. */
  readonly nsenter: readonly string[];
}

/**
 * `--kill-child`: who kills the holder ends the target as well. `--mount-proc`: it sees the processes of its own
 * namespace, as in a container.
 */
const namespace = ['--pid', '--fork', '--kill-child', '--mount-proc'];
const inUserNamespace = ['--preserve-credentials', '--user', '--pid'];

/** The simplest first: root may do it, anybody else needs a user namespace (user_namespaces(7)). */
const ways: readonly Pid1Way[] = [
  { unshare: namespace, nsenter: ['--pid'] },
  { unshare: ['--user', '--map-current-user', ...namespace], nsenter: inUserNamespace },
  // Before util-linux 2.34 it does not know --map-current-user.
  { unshare: ['--user', '--map-root-user', ...namespace], nsenter: inUserNamespace },
];

const probeMs = 5000;
let found: Promise<Pid1Way | string> | undefined;

/** How something can be started as PID 1 here, or why it cannot. It is tried once. */
export function pid1Way(platform: NodeJS.Platform = process.platform): Promise<Pid1Way | string> {
  if (platform !== 'linux') return Promise.resolve('only Linux has PID namespaces');
  found ??= firstOf(ways, tried);
  return found;
}

/** Why nothing can be started as PID 1 here; undefined where it can. */
export async function whyNoPid1(platform?: NodeJS.Platform): Promise<string | undefined> {
  const way = await pid1Way(platform);
  return typeof way === 'string' ? way : undefined;
}

/** The first of these ways that works; or why the last does not, with what can be done about it. */
export async function firstOf(
  given: readonly Pid1Way[],
  attempt: (way: Pid1Way) => Promise<string | undefined>,
): Promise<Pid1Way | string> {
  let reason = 'there is no way to try';
  for (const way of given) {
    const problem = await attempt(way);
    if (problem === undefined) return way;
    reason = problem;
  }
  return reason;
}

/** Makes a namespace and enters nothing: what becomes PID 1 looks at its own number. */
function tried({ unshare }: Pid1Way): Promise<string | undefined> {
  const words = [...unshare, '--', 'setsid', '--', 'sh', '-c', 'test "$$" = 1'];
  return new Promise((resolve) => {
    execFile('unshare', words, { timeout: probeMs }, (error, _stdout, stderr) => {
      if (!error) return resolve(undefined);
      if (error.code === 'ENOENT') return resolve('unshare is not here (Debian: apt-get install util-linux)');
      const said = stderr.trim().split('\n').at(-1) || error.message;
      resolve(
        `${said} (it needs root with CAP_SYS_ADMIN, or user namespaces: sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0; a container: --privileged)`,
      );
    });
  });
}

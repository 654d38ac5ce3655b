import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Wrapper, wrapperDeliveries, wrapperOf } from '../contract/delivery.js';
import { whyNoNamespace } from '../isolation/namespace-tools.js';
import { whyNoTerminal } from '../process/launch-in-terminal.js';
import { whyNoPid1 } from '../process/pid1-way.js';
import { countingTracer } from '../sweep/strace.js';
import { type FoundWrapper, findWrapper } from '../wrapper/find-wrapper.js';

/** What `doctor` found out about this machine; undefined where it could not be read. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly nodeVersion: string;
  readonly cores: number;
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly openFiles: number | undefined;
  readonly ephemeralPorts: readonly [number, number] | undefined;
  /** Linux: files of /proc that the harness reads, and whether it can. */
  readonly procFiles: readonly { readonly path: string; readonly readable: boolean }[];
  /** Linux: signal masks are shown. */
  readonly showsSignalMasks: boolean;
  /** Why a signal sweep cannot be made; undefined where it can. */
  readonly straceProblem: string | undefined;
  /** Why nothing can be started in a terminal; undefined where it can. */
  readonly terminalProblem: string | undefined;
  /** Programs through which targets can be started, or why not. */
  readonly wrappers: readonly WrapperHere[];
  /** Why nothing can be started as PID 1 of a namespace; undefined where it can. */
  readonly pid1Problem: string | undefined;
  /** Why no network namespace can be made and entered; undefined where one can. */
  readonly namespaceProblem: string | undefined;
  /** Programs on PATH. */
  readonly programs: ReadonlySet<string>;
}

export interface WrapperHere {
  readonly wrapper: Wrapper;
  readonly found: FoundWrapper | string;
}

const procFiles = ['/proc/self/stat', '/proc/self/status', '/proc/self/environ', '/proc/net/tcp'] as const;
const programs = ['ps', 'lsof', 'ss'] as const;

/** Reads everything that `doctor` judges. Changes nothing. */
export async function inspectMachine(platform: NodeJS.Platform): Promise<Machine> {
  return {
    platform,
    nodeVersion: process.versions.node,
    cores: availableParallelism(),
    freeBytes: freemem(),
    totalBytes: totalmem(),
    openFiles: platform === 'win32' ? undefined : openFiles(),
    ephemeralPorts: ephemeralPorts(),
    procFiles: procFiles.map((path) => ({ path, readable: read(path) !== undefined })),
    showsSignalMasks: /^SigCgt:\s*[0-9a-f]+$/m.test(read('/proc/self/status') ?? ''),
    straceProblem: straceProblem(platform),
    terminalProblem: await whyNoTerminal(),
    wrappers: platform === 'win32' ? [] : await wrappersHere(),
    pid1Problem: await whyNoPid1(platform),
    namespaceProblem: await whyNoNamespace(platform),
    programs: new Set(programs.filter(isOnPath)),
  };
}

async function wrappersHere(): Promise<WrapperHere[]> {
  const names = wrapperDeliveries.flatMap((delivery) => wrapperOf(delivery) ?? []);
  return Promise.all(names.map(async (wrapper) => ({ wrapper, found: await findWrapper(wrapper) })));
}

/** The limit that a target inherits. Node raises its own soft limit at its start, so a child is asked. */
function openFiles(): number | undefined {
  try {
    const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8', timeout: 5000 }).trim();
    return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number.parseInt(limit, 10);
  } catch {
    return undefined; // no shell: the finding says that the limit is not known
  }
}

/** Being there is not enough: a container may forbid ptrace(2). */
function straceProblem(platform: NodeJS.Platform): string | undefined {
  if (platform !== 'linux') return 'only Linux has it';
  const [program = '', ...words] = countingTracer(['getpid'], '/dev/null').words;
  const { error, status, stderr } = spawnSync(program, [...words, 'true'], {
    encoding: 'utf8',
    timeout: 5000,
  });
  if (error) return 'it is not here (Debian: apt-get install strace)';
  return status === 0 ? undefined : stderr.trim().split('\n').at(-1) || `it ended with status ${status}`;
}

function ephemeralPorts(): readonly [number, number] | undefined {
  const [, low, high] = /^(\d+)\s+(\d+)/.exec(read('/proc/sys/net/ipv4/ip_local_port_range') ?? '') ?? [];
  return low === undefined ? undefined : [Number(low), Number(high)];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined; // that it cannot be read is the fact that is asked for
  }
}

function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

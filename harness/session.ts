import { randomBytes, randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import pLimit, { type LimitFunction } from 'p-limit';
import { type Fleet, startFleet } from './clients/fleet.js';
import { type Lag, watchLag } from './lag.js';
import type { Settings, TargetSettings } from './options/settings.js';
import { cookieName } from './process/cookie.js';
import { currentSystem } from './process/current-system.js';
import { preparePipes } from './process/pipes.js';
import { ProcessTable } from './process/process-table.js';
import { type Reaper, startReaper } from './process/reaper.js';
import type { System } from './process/system.js';
import { Ports } from './target/ports.js';
import { RunFiles } from './target/run-files.js';

/** How often the trees of all live targets are looked at between moments, in milliseconds. */
const sampleEveryMs = 200;

/** A started target: it is looked at now and then, and ended when the session is. */
export interface Living {
  sample(): void;
  end(): Promise<void>;
}

/** Where the targets of a session are started. */
export interface Surroundings {
  /** Resolves with what stands before a target's command. @throws Error where they cannot be made */
  enter(): Promise<readonly string[]>;
}

/** What all runs of one call share. */
export interface Session {
  readonly id: string;
  readonly system: System;
  readonly table: ProcessTable;
  readonly reaper: Reaper;
  readonly fleet: Fleet;
  readonly ports: Ports;
  readonly files: RunFiles;
  readonly target: TargetSettings;
  readonly settings: Settings;
  /** Starting is the busy part: no more targets start at once than there are cores. */
  readonly starting: LimitFunction;
  readonly cores: number;
  /** Of what is tried at random. */
  readonly seed: number;
  readonly lags: { readonly harness: readonly Lag[]; readonly fleet: readonly Lag[] };
  readonly live: Set<Living>;
  readonly abort: AbortSignal;
  /** Default: targets are started where the harness is. */
  readonly surroundings?: Surroundings;
}

/** Opens a session, and ends all that it started when `use` is over or `abort` fires, however it goes. */
export async function withSession<Result>(
  settings: Settings,
  abort: AbortSignal,
  use: (session: Session) => Promise<Result>,
): Promise<Result> {
  const { target } = settings;
  const id = `${process.pid}-${randomBytes(6).toString('hex')}`;
  const system = currentSystem();
  const reaper = startReaper(id);
  const lags = { harness: [] as Lag[], fleet: [] as Lag[] };
  const fleet = startFleet({
    onLag: ({ atMs, lagMs }) => lags.fleet.push({ atMs, lagMs }),
    env: { [cookieName]: `${id}/fleet` },
  });
  const live = new Set<Living>();
  const cores = availableParallelism();
  const table = new ProcessTable(system);
  const starting = pLimit(cores);
  const ports = new Ports(system);
  const files = new RunFiles(reaper);
  // What the first target needs is made while the rest of the harness is loaded.
  preparePipes();
  ports.prepare();
  const session: Session = {
    id,
    system,
    table,
    reaper,
    fleet,
    ports,
    files,
    target,
    settings,
    starting,
    cores,
    seed: settings.plan.seed ?? randomInt(1, 1_000_000),
    lags,
    live,
    abort,
  };
  const stopWatching = watchLag((lag) => lags.harness.push(lag));
  const sampler = setInterval(() => {
    for (const one of live) one.sample();
  }, sampleEveryMs);
  // Whoever waits for a target or for a client is answered at once when these are gone.
  const onAbort = (): void => {
    void fleet.stop();
    for (const one of live) one.end().catch(() => {});
  };
  abort.addEventListener('abort', onAbort);
  try {
    return await use(session);
  } finally {
    abort.removeEventListener('abort', onAbort);
    clearInterval(sampler);
    stopWatching();
    await Promise.all([...live].map((one) => one.end()));
    // What comes too late for this is the reaper's, where it is not released.
    files.release();
    await Promise.all([fleet.stop(), reaper.release()]);
    ports.release();
  }
}

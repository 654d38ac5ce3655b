import { lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { nowMs } from '../clock.js';
import type { Listener, System } from '../process/system.js';
import { familyOf } from '../survey/address.js';
import type { Address } from '../survey/surveyed.js';
import type { Instance } from './instance.js';
import { ListeningWatch } from './listening-watch.js';
import { socketAddress } from './place.js';

/** The whole tree is asked with each look of this number, and otherwise its root alone. */
export const treeEveryLooks = 5;
/** With what somebody has seen of it so long ago, in milliseconds. */
const treeAgeMs = 50;

/** A socket that the target listens on, by TCP or in the Unix domain. */
export type Listening = Listener & { readonly socket?: string };

/** Looks whether a starting target listens at its address, often and at little cost. */
export class AddressWatch {
  readonly #look: () => Listening | undefined;

  /** `isRandom`: any socket of its kind is its address. */
  constructor(instance: Instance, system: System, address: Address, isRandom: boolean, cwd: string) {
    const { host, port, socket } = address;
    if (socket === undefined) {
      const watch = new ListeningWatch(instance, system, familyOf(host));
      this.#look = () => watch.look().find((listener) => isRandom || listener.port === port);
      return;
    }
    let looks = 0;
    this.#look = () => {
      looks += 1;
      const pids =
        looks % treeEveryLooks === 0
          ? instance.members(nowMs() - treeAgeMs).map(({ pid }) => pid)
          : [instance.launched.pid];
      const all = system.unixListeners(pids);
      const ours =
        all.find(({ path }) => (isRandom && !path.startsWith('@')) || isSamePath(path, socket, cwd)) ??
        // Some bind another name, and give the socket its own when it can be used: the kernel goes on showing the first.
        (isSocket(socket) ? all.find(({ path }) => !path.startsWith('@') && !isSocket(path)) : undefined);
      if (ours === undefined) return undefined;
      return { ...socketAddress(isRandom ? absolute(ours.path, cwd) : socket), pid: ours.pid } as Listening;
    };
  }

  /** What it listens on there, as far as it is seen by now. */
  look(): Listening | undefined {
    return this.#look();
  }
}

/** As the target named it when it bound it: from its working directory. An abstract name (`@…`) is none of a file. */
export function absolute(path: string, cwd: string): string {
  return path.startsWith('@') ? path : resolve(cwd, path);
}

function isSamePath(path: string, other: string, cwd: string): boolean {
  return path === other || real(absolute(path, cwd)) === real(other);
}

/** The socket itself may be gone, and its folder may have several names (/var/run). */
function real(path: string): string {
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

function isSocket(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSocket() ?? false;
}

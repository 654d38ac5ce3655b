import { lstatSync, rmSync, type Stats } from 'node:fs';
import type { Session } from '../session.js';
import type { Address } from '../survey/surveyed.js';
import type { Place } from './place.js';

/** The files that a target is known to make, and whether they are there. */
export function ownFiles(
  { socket }: Address,
  { pidFile }: Pick<Place, 'pidFile'>,
): { what: 'socket' | 'pid file'; path: string; there: boolean }[] {
  const ofSocket = socket === undefined ? [] : [['socket', socket] as const];
  const ofPid = pidFile === undefined ? [] : [['pid file', pidFile] as const];
  return [...ofSocket, ...ofPid].map(([what, path]) => ({ what, path, there: statOf(path) !== undefined }));
}

/**
 * Removes a socket and a pid file of a fixed path that an instance has left behind, once all of them have gone: the run
 * that left them says so, and no other run is to begin with them. What is no socket at the place of one is left alone.
 */
export function removeLeft({ target }: Pick<Session, 'target'>, { socket }: Address): void {
  if (socket !== undefined && !target.tells?.socket && statOf(socket)?.isSocket())
    rmSync(socket, { force: true });
  if (target.pidFile !== undefined && statOf(target.pidFile)?.isFile())
    rmSync(target.pidFile, { force: true });
}

function statOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a folder of the path is gone, or is none any more
  }
}

import type { EventOf } from '../../harness/recording/events.js';
import type { Recording } from '../../harness/recording/recording.js';
import { ofFirstInstance, type Placed, rootExit } from './stop.js';

/** One file of the target: whether it was there once it served, and once it had gone. */
export interface OwnFile {
  readonly what: EventOf<'file'>['what'];
  readonly path: string;
  readonly serving: Placed<EventOf<'file'>> | undefined;
  readonly afterwards: Placed<EventOf<'file'>> | undefined;
}

/** The unix socket and the pid file of the target, as far as it has them. */
export function ownFiles(recording: Recording): OwnFile[] {
  const looks = ofFirstInstance(recording, 'file');
  const ended = rootExit(recording)?.index ?? Number.POSITIVE_INFINITY;
  return (['socket', 'pid file'] as const).flatMap((what) => {
    const own = looks.filter(({ event }) => event.what === what);
    const [first] = own;
    if (first === undefined) return [];
    return [
      {
        what,
        path: first.event.path,
        serving: own.find(({ index }) => index < ended),
        afterwards: own.find(({ index }) => index > ended),
      },
    ];
  });
}

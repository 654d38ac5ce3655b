import type { Recording } from '../../../harness/recording/recording.js';
import { isCrash, ownExit } from '../../facts/exits.js';
import { listed, noStop, notApplicable, pass, places, untested } from '../../facts/judgements.js';
import { type OwnFile, ownFiles } from '../../facts/own-files.js';
import { isHarnessDoing, releasedBy } from '../../facts/since-stop.js';
import { firstStop, ofFirstInstance } from '../../facts/stop.js';
import { type Judgement, requirement } from '../../requirement.js';
import { judgeSecondInstance } from './second-instance.js';

/** `release.files`: a graceful stop leaves neither the unix socket nor the pid file behind. */
export const releaseFiles = requirement({
  id: 'release.files',
  level: 'SHOULD',
  since: 2026,
  statement: 'After a graceful stop the unix socket and the pid file of the target are gone.',
  because:
    'A socket file at which nobody answers makes clients fail where they could see that nobody is there, and keeps the next start from bind(); a pid file that is left names a process that is somebody else by tomorrow.',
  remedy: {
    general:
      'Whoever creates a file removes it: unlink() the path of the socket when the listener is closed, and the pid file as the last thing before the exit, also on the way out that a deadline or a signal takes. Closing the descriptor removes nothing (unix(7)). Let only the process that wrote them remove them, and not its workers.',
    node: 'server.close() removes the socket; process.exit() without it leaves it. Remove the pid file in the same place: rmSync(path, { force: true }).',
    python:
      'os.unlink(path) after the server has closed: socket and socketserver never do it, and asyncio.start_unix_server does since 3.13 only (cleanup_socket). Use try/finally or contextlib.ExitStack, so that every way out passes there.',
    go: 'UnixListener.Close unlinks the path unless SetUnlinkOnClose(false) was called; os.Exit and log.Fatal do not run what was deferred.',
    jvm: 'Files.deleteIfExists(path) in the shutdown hook: ServerSocketChannel.close() leaves the file.',
    shell: 'trap \'rm -f "$socket" "$pidfile"\' EXIT',
  },
  sources: ['nginx/unit#643', 'elogind/elogind#94', 'unix(7)', 'daemon(7)'],
  needsOwnEnd: true,
  comparesRuns: true,
  notApplicable(recording) {
    if (ownFiles(recording).length > 0) return undefined;
    return 'the target listens on no unix socket, and no pid file is declared (--pid-file)';
  },
  judge(recording, siblings): Judgement {
    const stop = firstStop(recording);
    if (!stop) return noStop;
    const exit = ownExit(recording);
    if (!exit) return untested('the exit of the target was not seen', places(stop));
    if (isCrash(recording, exit.event)) return notApplicable('it crashed: exit.no-crash says so');
    if (releasedBy(recording) !== undefined)
      return notApplicable('it was sent more than one stop signal: its end need not be graceful');
    if (ofFirstInstance(recording, 'survivor').some((survivor) => !isHarnessDoing(recording, survivor)))
      return notApplicable(
        'processes of it lived on for a while: tree.no-orphans and tree.root-last judge that',
      );
    const files = ownFiles(recording);
    const never = files.find(({ serving }) => serving?.event.there === false);
    if (never)
      return untested(`there was no ${never.what} at ${never.path} when it served`, places(never.serving));
    const unseen = files.find(({ afterwards }) => afterwards === undefined);
    if (unseen) return untested(`whether the ${unseen.what} is left was not seen`, places(stop, exit));
    const left = files.filter(({ afterwards }) => afterwards?.event.there);
    const evidence = places(stop, exit, ...left.map(({ afterwards }) => afterwards));
    if (left.length === 0) return pass(`${capital(named(files))} gone after its end.`, evidence);
    if (restartFails(siblings))
      return notApplicable('what it leaves keeps a new instance from serving: release.port says so');
    const death =
      exit.event.signal === stop.event.signal
        ? `; it died by ${stop.event.signal}, as a process does that has no handler`
        : '';
    return {
      outcome: 'fail',
      message: `After ${stop.event.signal} the target ended and left its ${listed(left.map(inWords))} behind${death}.`,
      expected: `${named(files)} gone after its end`,
      observed: `still there: ${listed(left.map(({ path }) => path))}`,
      evidence,
    };
  },
});

function inWords({ what, path }: OwnFile): string {
  return `${what === 'socket' ? 'unix socket' : what} (${path})`;
}

function named(files: readonly OwnFile[]): string {
  const names = files.map(({ what }) => (what === 'socket' ? 'the unix socket' : 'the pid file'));
  return `${listed(names)} ${names.length > 1 ? 'are' : 'is'}`;
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** One cause, one failure: who cannot start beside what is left fails a MUST. */
function restartFails(siblings: readonly Recording[]): boolean {
  return siblings.some(
    (sibling) =>
      sibling.run.scenario === 'restart' &&
      judgeSecondInstance(sibling, 'a graceful stop', '').outcome === 'fail',
  );
}

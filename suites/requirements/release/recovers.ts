import { type Judgement, requirement } from '../../requirement.js';
import { judgeSecondInstance, staleSocketHint } from './second-instance.js';

/** `release.recovers`: after SIGKILL a new instance serves at the same address. */
export const releaseRecovers = requirement({
  id: 'release.recovers',
  level: 'MUST',
  since: 2026,
  statement:
    'After SIGKILL in the middle of its service a new instance can listen on the same address, and serves.',
  because:
    'SIGKILL, the out-of-memory killer and a power cut leave no time to clean up: a server that then refuses to start needs somebody with a shell in the middle of the night.',
  remedy: {
    general:
      'Do not take the mere existence of a pid file, lock file or unix socket as proof of a running server: hold a lock on it (flock is released by the kernel at death), and unlink a stale socket before bind(). Set SO_REUSEADDR. Let workers end when their parent dies (prctl PR_SET_PDEATHSIG, or EOF on a pipe from it): they hold the listening socket.',
    node: 'For a unix socket: on EADDRINUSE try to connect to it; on ECONNREFUSED unlink it and listen again. Cluster workers end by themselves when the channel to the primary closes.',
    python:
      'os.unlink the stale socket before bind (asyncio.start_unix_server does); use fcntl.flock on the pid file instead of os.path.exists. Workers: watch os.getppid() or read from a pipe of the parent.',
    go: 'os.Remove the stale socket before net.Listen("unix", …); use unix.Flock on the pid file. SysProcAttr{Pdeathsig: syscall.SIGTERM} ends children with the parent.',
    jvm: 'Use FileChannel.tryLock() on the lock file instead of testing that it exists; serverSocket.setReuseAddress(true).',
    shell:
      'Use flock(1) on the pid file; kill -0 "$(cat pidfile)" also succeeds for an unrelated process with that number.',
  },
  sources: [
    'element-hq/matrix-authentication-service#2424',
    'docker-mailserver/docker-mailserver#649',
    'flock(2)',
    'unix(7)',
  ],
  needsStop: false,
  notApplicable: ({ run }) => (run.scenario === 'killed' ? undefined : 'the run does not kill the target'),
  judge(recording): Judgement {
    const left = recording.events.find((event) => event.type === 'survivor' && event.instance === 0);
    const holder =
      left?.type === 'survivor'
        ? `pid ${left.pid} of the killed instance lived on and may hold the address.`
        : '';
    const hint =
      staleSocketHint(recording) ??
      'Set SO_REUSEADDR before bind(), and let workers end when their parent dies.';
    return judgeSecondInstance(recording, 'SIGKILL', holder === '' ? hint : `${holder} ${hint}`);
  },
});

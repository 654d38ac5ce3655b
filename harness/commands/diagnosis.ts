import { targetPorts } from '../target/target-ports.js';
import type { Machine, WrapperHere } from './machine.js';

/** One line of `doctor`. `cannot`: nothing can be tested here; `limited`: something cannot, or results are worse. */
export interface Finding {
  readonly state: 'fine' | 'limited' | 'cannot' | 'unused';
  readonly about: string;
  readonly text: string;
}

/** What a machine can and cannot test, and why. A pure function: every machine can be judged on every other. */
export function diagnose(machine: Machine): Finding[] {
  const { platform } = machine;
  if (platform === 'win32') {
    const text = 'Windows has no POSIX signals. Use WSL, a Linux container, or Linux in CI.';
    return [{ state: 'cannot', about: 'platform', text }];
  }
  return [
    platformFinding(platform),
    nodeFinding(machine.nodeVersion),
    ...(platform === 'linux' ? procFindings(machine) : toolFindings(machine)),
    ...sizeFindings(machine),
    sweepFinding(machine),
    ...deliveryFindings(machine),
    ...machine.wrappers.map(wrapperFinding),
    namespaceFinding(machine),
  ];
}

function platformFinding(platform: string): Finding {
  if (platform === 'linux') return { state: 'fine', about: 'platform', text: 'Linux' };
  if (platform === 'darwin') {
    const text =
      'macOS: no kernel view of sockets and signal masks, so what needs the exact moment of a request or of a handler is untested';
    return { state: 'limited', about: 'platform', text };
  }
  return { state: 'cannot', about: 'platform', text: `${platform} is not supported: use Linux or macOS` };
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  return enough
    ? { state: 'fine', about: 'Node.js', text: version }
    : { state: 'cannot', about: 'Node.js', text: `${version} is too old: 20.19 is needed` };
}

function procFindings({ procFiles, showsSignalMasks, programs }: Machine): Finding[] {
  const unreadable = procFiles.filter(({ readable }) => !readable).map(({ path }) => path);
  if (unreadable.length > 0) {
    const text = `cannot read ${unreadable.join(', ')}: neither the processes of a target nor its ports can be found. Mount /proc, without hidepid.`;
    return [{ state: 'cannot', about: '/proc', text }];
  }
  const masks: Finding = showsSignalMasks
    ? {
        state: 'fine',
        about: 'signal masks',
        text: 'are shown: it can be seen which signals a target handles',
      }
    : {
        state: 'limited',
        about: 'signal masks',
        text: 'are not shown in /proc/PID/status: early-handler and stop.handled are untested',
      };
  const shown = {
    state: 'fine',
    about: '/proc',
    text: 'shows processes, their environment and sockets',
  } as const;
  return [shown, masks, unixFinding(programs)];
}

/** /proc has no queues of unix sockets. */
function unixFinding(programs: Machine['programs']): Finding {
  const about = 'ss';
  return programs.has('ss')
    ? { state: 'fine', about, text: 'shows the queues of unix sockets' }
    : {
        state: 'limited',
        about,
        text: 'is not on PATH: of servers on unix sockets, what needs the exact moment of a request is untested (Debian: apt-get install iproute2)',
      };
}

function toolFindings({ programs }: Machine): Finding[] {
  const uses = { ps: 'the processes of a target', lsof: 'the port that it listens on' };
  return Object.entries(uses).map(([name, use]) =>
    programs.has(name)
      ? { state: 'fine', about: name, text: `shows ${use}` }
      : { state: 'cannot', about: name, text: `is not on PATH: ${use} cannot be found` },
  );
}

const gibibyte = 1024 ** 3;

function sizeFindings({ cores, freeBytes, totalBytes, openFiles, ephemeralPorts }: Machine): Finding[] {
  const free = `${(freeBytes / gibibyte).toFixed(1)} of ${(totalBytes / gibibyte).toFixed(1)} GiB free`;
  return [
    {
      state: cores > 1 ? 'fine' : 'limited',
      about: 'cores',
      text: `${cores}: so many targets start at once${cores > 1 ? '' : '; times are blurred, since the harness shares its core with the target'}`,
    },
    freeBytes >= gibibyte
      ? { state: 'fine', about: 'memory', text: free }
      : {
          state: 'limited',
          about: 'memory',
          text: `${free}: all targets wait at the same time; limit them with --jobs`,
        },
    filesFinding(openFiles),
    portsFinding(ephemeralPorts),
  ];
}

function filesFinding(openFiles: number | undefined): Finding {
  const about = 'open files';
  if (openFiles === undefined || Number.isNaN(openFiles))
    return { state: 'limited', about, text: 'the limit could not be read (ulimit -n)' };
  if (openFiles >= 1024) return { state: 'fine', about, text: `at most ${openFiles} in each process` };
  const text = `at most ${openFiles} in each process: raise it (ulimit -n 4096), or use fewer --clients and --jobs`;
  return { state: 'limited', about, text };
}

/** Each client connection has a local port of its own. */
function portsFinding(range: readonly [number, number] | undefined): Finding {
  const about = 'local ports';
  if (range === undefined) return { state: 'fine', about, text: 'the range is not shown by this system' };
  const [low, high] = range;
  const count = high - low + 1;
  if (low <= targetPorts.highest)
    return {
      state: 'limited',
      about,
      text: `${low} to ${high}: a client may be given the port that a target is about to use; set net.ipv4.ip_local_port_range to begin above ${targetPorts.highest}`,
    };
  return count >= 5000
    ? { state: 'fine', about, text: `${low} to ${high}; a fixed --port is safest below ${low}` }
    : {
        state: 'limited',
        about,
        text: `only ${count} (${low} to ${high}), and each keeps for a minute after its connection (TIME_WAIT): widen net.ipv4.ip_local_port_range, or use --jobs`,
      };
}

function sweepFinding({ straceProblem }: Machine): Finding {
  const about = 'strace';
  return straceProblem === undefined
    ? { state: 'fine', about, text: 'can be used: signals at chosen system calls (--sweep)' }
    : { state: 'limited', about, text: `no signal sweep (--sweep): ${straceProblem}` };
}

/** In which ways signals can arrive (`--delivery`). */
function deliveryFindings({ terminalProblem, pid1Problem }: Machine): Finding[] {
  const group = 'can be used: signals to the whole process group';
  const background = 'can be used: targets that begin with SIGINT and SIGQUIT ignored';
  return [
    { state: 'fine', about: 'group', text: group },
    { state: 'fine', about: 'background', text: background },
    terminalProblem === undefined
      ? { state: 'fine', about: 'terminal', text: 'can be used: Ctrl+C and Ctrl+\\ are typed' }
      : { state: 'limited', about: 'terminal', text: `no Ctrl+C: ${terminalProblem}` },
    terminalProblem === undefined
      ? { state: 'fine', about: 'hangup', text: 'can be used: terminals are closed' }
      : { state: 'limited', about: 'hangup', text: `no terminal to close: ${terminalProblem}` },
    pid1Problem === undefined
      ? { state: 'fine', about: 'pid1', text: 'can be used: targets as PID 1 of a namespace (unshare)' }
      : { state: 'limited', about: 'pid1', text: `no targets as PID 1: ${pid1Problem}` },
  ];
}

function wrapperFinding({ wrapper, found }: WrapperHere): Finding {
  const about = `wrapper-${wrapper}`;
  if (typeof found === 'string') return { state: 'limited', about, text: `not played: ${found}` };
  const { version, shell } = found;
  const name = version === undefined ? wrapper : `${wrapper} ${version}`;
  const by = shell === undefined ? '' : `, whose scripts are run by ${shell}`;
  return { state: 'fine', about, text: `can be used: signals to ${name}${by}, which has started the target` };
}

function namespaceFinding({ namespaceProblem }: Machine): Finding {
  const about = 'namespaces';
  return namespaceProblem === undefined
    ? { state: 'fine', about, text: 'can be used: servers with a fixed port are played side by side' }
    : {
        state: 'limited',
        about,
        text: `a server with a fixed port is played one run after the other: ${namespaceProblem}`,
      };
}

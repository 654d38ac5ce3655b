import { inUnit } from '../contract/deadline-setting.js';
import { type Delivery, ignoredInBackground, needsTerminal, wrapperOf } from '../contract/delivery.js';
import type { SignalName } from '../contract/signal-name.js';
import type { TargetSettings } from '../options/settings.js';
import { cookieName } from '../process/cookie.js';
import { entering } from '../process/entering.js';
import { type Launched, launch, type StdoutMode } from '../process/launch.js';
import { launchAsPid1 } from '../process/launch-as-pid1.js';
import { launchInTerminal } from '../process/launch-in-terminal.js';
import type { Recorder } from '../recording/recorder.js';
import type { Session } from '../session.js';
import type { Tracer } from '../sweep/strace.js';
import { launchWrapped } from '../wrapper/launch-wrapped.js';
import { commandFor, filledIn, ignoring, traced } from './command-for.js';

export interface InstanceOptions {
  readonly session: Session;
  readonly recorder: Recorder;
  readonly runId: string;
  /** 0 for the first start in a run, 1 for the new one in `restart` and `killed`; a pair's clients count from `firstClient`. */
  readonly number: number;
  /** What is started. Default: the session's target. */
  readonly target?: TargetSettings;
  /** What it is told as PORT and `{port}`; nothing where it is undefined. */
  readonly port?: number | undefined;
  /** What it is told as HOST and `{host}`; nothing where it is undefined. */
  readonly host?: string | undefined;
  /** What it is told as its deadline, in milliseconds, where it can be told one. Default: the promised one. */
  readonly deadlineMs?: number | undefined;
  /** What it is told as `{socket}`, in its environment too; nothing where it is undefined. */
  readonly socket?: string | undefined;
  /** What it is told as `{pidfile}`, in its environment too; nothing where it is undefined. */
  readonly pidFile?: string | undefined;
  /** How it is sent signals. Default: `process`. */
  readonly delivery?: Delivery;
  /** Signals that are ignored when its program begins, as a shell starts its background jobs. Default: none. */
  readonly ignored?: readonly SignalName[];
  /** What watches its system calls. Default: nothing. */
  readonly tracer?: Tracer;
  /** What becomes of its standard output. Default: it is read. */
  readonly stdout?: StdoutMode;
  /** A flood of output is read with pauses, as a terminal would. Default: false. */
  readonly paced?: boolean;
}

/** The variables by which it is told where, and until when. */
function told(
  { port, host }: Pick<InstanceOptions, 'port' | 'host'>,
  deadlineEnv: Record<string, string>,
): Record<string, string> {
  return {
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...(host === undefined ? {} : { HOST: host }),
    ...deadlineEnv,
  };
}

/** Its deadline, in its unit: for its arguments, and for the variable that it reads. */
function deadlineFor({ session, deadlineMs }: InstanceOptions) {
  const { promise } = session.settings;
  const { deadlineSetting: setting } = promise;
  if (setting === undefined) return { deadline: undefined, env: {} };
  const deadline = inUnit(deadlineMs ?? promise.deadlineMs, setting.unit);
  return { deadline, env: setting.env === undefined ? {} : { [setting.env]: deadline } };
}

/**
 * Starts the target as its options say: told its address, with a cookie in its environment, and as its delivery needs it.
 *
 * @throws Error where the system cannot start it
 */
export async function startTarget(options: InstanceOptions, cookie: string): Promise<Launched> {
  const { session, port, host, socket, pidFile, delivery, tracer, stdout = 'read' } = options;
  const { target = session.target } = options;
  const ignored = delivery === 'background' ? ignoredInBackground : (options.ignored ?? []);
  const { deadline, env: deadlineEnv } = deadlineFor(options);
  const command = commandFor(target.command, { port, host, socket, pidFile, deadline });
  const own = Object.entries(target.env).map(([name, value]) => [name, filledIn(value, { socket, pidFile })]);
  const program = traced(tracer, cookie, ignoring(ignored, target.file, command));
  const surroundings = (await session.surroundings?.enter()) ?? [];
  const how = {
    // PID 1 sees nothing of what leads to them: there they are entered first.
    ...(delivery === 'pid1' ? program : entering(surroundings, program)),
    cwd: target.cwd,
    env: {
      ...told({ port, host }, deadlineEnv),
      ...Object.fromEntries(own),
      ...(tracer ? {} : { [cookieName]: cookie }),
    },
    stdout,
  };
  const wrapper = delivery && wrapperOf(delivery);
  if (wrapper) return launchWrapped(wrapper, how, target.env);
  if (delivery === 'pid1') return launchAsPid1(how, session.system, surroundings);
  return needsTerminal(delivery) ? launchInTerminal(how, session.system) : launch(how);
}

import type { TargetKind } from '../contract/contract.js';
import { UsageError } from '../errors.js';
import type { ConformOptions } from './options.js';

/** What every kind of target may be told. */
interface CommonOptions
  extends Pick<
    ConformOptions,
    | 'deadline'
    | 'tolerance'
    | 'exitStatus'
    | 'ready'
    | 'startupTimeout'
    | 'env'
    | 'cwd'
    | 'only'
    | 'skip'
    | 'full'
    | 'jobs'
    | 'repeat'
    | 'suite'
    | 'shard'
    | 'shardDurations'
  > {
  /** Signals that mean "stop": as for servers. Default: TERM and INT. */
  readonly stopSignals?: ConformOptions['stopSignals'];
}

/** What `conformProgram()` may be told; all are optional. What is not described here is as in `ConformOptions`. */
export interface ProgramOptions extends CommonOptions, Pick<ConformOptions, 'sweep'> {
  /** Signals that must change nothing. Default: none. */
  readonly ignoreSignals?: ConformOptions['ignoreSignals'];
  /**
   * Signals that the program handles and that do not mean "stop": for each a regular expression for the line that it
   * prints then (`{ USR1: 'configuration reloaded' }`), or the status with which it exits (`{ ALRM: 'exit:0' }`).
   * A broken expression, an unknown signal, or one that another option names too is an error. Default: none.
   */
  readonly handles?: Readonly<Record<string, string>> | undefined;
  /**
   * A regular expression for a line of output that ends a work item: the item in progress is to be finished. A text
   * that is no regular expression is an error. Default: none, and finishing items is not tested.
   */
  readonly item?: string | RegExp | undefined;
}

/** What `conformClient()` may be told; all are optional. What is not described here is as in `ConformOptions`. */
export interface ClientOptions extends CommonOptions {
  /** How the client speaks: `echo` (it sends lines, and each comes back). Default: `'echo'`. */
  readonly protocol?: 'echo' | undefined;
  /**
   * The text that it is sent at shutdown. It is ended as the client ends its own messages: with a newline, with CR LF,
   * or with nothing where the client sends bare bytes. An empty one is an error. Default: `'SHUTDOWN'`.
   */
  readonly notice?: string | undefined;
  /** What it does when it was told: `exit`, or `reconnect` (it closes, and connects again). Default: `'exit'`. */
  readonly afterNotice?: 'exit' | 'reconnect' | undefined;
  /** The port to which it always connects, 1 to 65535; its runs are played one after the other then. Default: it is told one. */
  readonly port?: number | undefined;
}

/** What `conformPair()` may be told; all are optional. What is not described here is as in `ConformOptions`. */
export interface PairOptions
  extends Omit<
    ConformOptions,
    | 'protocol'
    | 'notice'
    | 'path'
    | 'slowPath'
    | 'reloadSignals'
    | 'clients'
    | 'sweep'
    | 'delivery'
    | 'deadlineEnv'
    | 'deadlineUnit'
    | 'seed'
    | 'socket'
    | 'pidFile'
    | 'isolation'
  > {
  /** How they speak: `echo`, or `tcp` (their bytes are passed on, and not understood). Default: `'echo'`. */
  readonly protocol?: 'echo' | 'tcp' | undefined;
  /** As for servers; `false` where the server sends none. Default: `'SHUTDOWN'` for `echo`. */
  readonly notice?: string | false | undefined;
  /** What a client does that was told: `exit`, or `reconnect`. Default: `'exit'`. */
  readonly afterNotice?: 'exit' | 'reconnect' | undefined;
  /** Processes of the client per run, 1 to 100. Default: 3. */
  readonly clients?: number | undefined;
  /** Who is signalled. Default: `'server'`. */
  readonly signalTo?: 'server' | 'client' | undefined;
}

/** The options of all kinds, before they are checked. */
export type AnyOptions = Omit<ConformOptions, 'protocol'> &
  Omit<ProgramOptions, 'protocol'> &
  Pick<PairOptions, 'signalTo' | 'afterNotice'> & { readonly protocol?: ConformOptions['protocol'] };

/** How a server is started, signalled and kept apart in ways that no other kind of target knows. */
const ofServersAlone = [
  'delivery',
  'deadlineEnv',
  'deadlineUnit',
  'seed',
  'socket',
  'pidFile',
  'isolation',
] as const satisfies readonly (keyof AnyOptions)[];

const notOf: Readonly<Record<TargetKind, readonly (keyof AnyOptions)[]>> = {
  server: ['handles', 'item', 'afterNotice', 'signalTo'],
  program: [
    'protocol',
    'notice',
    'reloadSignals',
    'port',
    'path',
    'slowPath',
    'clients',
    'afterNotice',
    'signalTo',
    ...ofServersAlone,
  ],
  client: [
    'reloadSignals',
    'ignoreSignals',
    'path',
    'slowPath',
    'clients',
    'handles',
    'item',
    'signalTo',
    'sweep',
    ...ofServersAlone,
  ],
  pair: ['reloadSignals', 'path', 'slowPath', 'handles', 'item', 'sweep', ...ofServersAlone],
};

/** True where targets of this kind have this option. */
export function isOptionOf(kind: TargetKind, option: string): boolean {
  return !(notOf[kind] as readonly string[]).includes(option);
}

/** An option of another kind of target would have no effect: that is a misunderstanding. */
export function checkOptionsOf(kind: TargetKind, options: object): void {
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || isOptionOf(kind, option)) continue;
    throw new UsageError({
      option,
      expected: `an option for a ${kind}`,
      given: 'one for another kind of target',
      fix: `leave it out: it has no meaning for a ${kind}`,
    });
  }
}

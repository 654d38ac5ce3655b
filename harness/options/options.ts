import type { SuiteOption } from './suite.js';

/**
 * What `conform()` may be told of a target. All are optional; wrong ones throw a `UsageError` before anything starts.
 * They are the options of the command line in camel case. In lists, duplicates collapse.
 */
export interface ConformOptions {
  /**
   * The promise that is tested: the whole process tree is gone this long after the first stop signal. A text with a
   * unit (`'5s'`, `'800ms'`, `'1.5m'`), or milliseconds as a number; from 100 ms to 24 h. Runs wait for it, so a short
   * one makes the suite fast; it should be the target's own. Default: `'10s'`.
   */
  readonly deadline?: string | number | undefined;
  /**
   * How much later than promised is still on time (and, for a cut-off, how much earlier is still too early). From 0 to
   * the deadline, written like it. Default: 250 ms or a quarter of the deadline, whichever is shorter.
   */
  readonly tolerance?: string | number | undefined;
  /**
   * A variable of the target's environment by which it is told its deadline at each start (`'SHUTDOWN_TIMEOUT'`); in its
   * arguments `{deadline}` is replaced by it as well. Then it is also played with a second deadline, and whether its end
   * follows is judged (`deadline.tracks`). An error where it is no name, or where `env` sets it. Default: none.
   */
  readonly deadlineEnv?: string | undefined;
  /** What the target is told its deadline in: `'s'` (a fraction where it is no whole number) or `'ms'`. Default: `'s'`. */
  readonly deadlineUnit?: 's' | 'ms' | undefined;
  /**
   * How the target is spoken to: `echo` (each line comes back), `http` (HTTP/1.1), `tcp` (connections only), `none`
   * (no client at all), or `auto`, by which the survey finds out. Default: `'auto'`.
   */
  readonly protocol?: 'auto' | 'echo' | 'http' | 'tcp' | 'none' | undefined;
  /**
   * The text that an `echo` or `tcp` target sends its clients at shutdown; `false` where it sends none, which makes
   * the requirements on notices not applicable. Default: `'SHUTDOWN'` for `echo`, none for the others. An empty text
   * is an error, and so is a text for a protocol that has no such notice.
   */
  readonly notice?: string | false | undefined;
  /**
   * Signals that mean "stop gracefully": names (`'TERM'`, `'SIGTERM'`) or numbers in a text with commas, or in a list.
   * At least one; SIGKILL and SIGSTOP are errors, since no target can handle them; so is a signal that another list
   * names too. Default: TERM, INT, HUP and QUIT for `echo`, otherwise TERM and INT.
   */
  readonly stopSignals?: string | readonly string[] | undefined;
  /** Signals that mean "reload", written like `stopSignals`. Default: none, and reloading is not tested. */
  readonly reloadSignals?: string | readonly string[] | undefined;
  /** Signals that must change nothing, written like `stopSignals`. Default: none. */
  readonly ignoreSignals?: string | readonly string[] | undefined;
  /**
   * Accepted ends after a graceful stop: statuses from 0 to 255, and `'signal'` for death by the very signal that asked
   * for the stop; in a text with commas, or in a list. Default: `'0,signal'`.
   */
  readonly exitStatus?: string | number | readonly (string | number)[] | undefined;
  /**
   * The TCP port that the target always uses, 1 to 65535. Only one instance can live at a time then: see `isolation`.
   * Default: each instance is told a port of its own (`PORT` in its environment, `{port}` in its
   * arguments), and the port that it really listens on is searched.
   */
  readonly port?: number | undefined;
  /**
   * The unix socket that the target always uses: a path, absolute or from `cwd`, of at most 107 bytes (103 on macOS), in a
   * folder that exists; an abstract one (`@name`) is an error. Only one instance can live at a time then. Clients
   * connect to it instead of a port, which it contradicts. Default: none, unless an argument or a variable of `env` holds
   * `{socket}`: then each instance is told a path of its own there, in a temporary folder. A target that is told neither and
   * listens on no port is searched for unix sockets.
   */
  readonly socket?: string | undefined;
  /**
   * The pid file that the target always writes: a path, absolute or from `cwd`, in a folder that exists. After a graceful
   * stop it is to be gone. `{pidfile}` in an argument or in a variable of `env` stands for a path of its own for each
   * instance. Default: none, and pid files are not tested.
   */
  readonly pidFile?: string | undefined;
  /**
   * A regular expression for a line of output that the target is also waited for before it counts as ready. A text
   * that is no regular expression is an error. Default: it is ready once it listens and answers.
   */
  readonly ready?: string | RegExp | undefined;
  /** How long a start may take, written like `deadline`, from 100 ms to 24 h. Default: `'30s'`. */
  readonly startupTimeout?: string | number | undefined;
  /** HTTP: the path that clients request; starts with `/`. An error with another protocol. Default: `'/'`. */
  readonly path?: string | undefined;
  /**
   * HTTP: a path whose handler takes a while, so that a signal can come in its middle. Starts with `/`. An error with
   * another protocol. Default: none, and what needs one is not played.
   */
  readonly slowPath?: string | undefined;
  /** Connected clients per run, 1 to 10,000. Default: 3. */
  readonly clients?: number | undefined;
  /**
   * Variables that are added to the target's environment, which is otherwise that of the calling process. `PORT` is an
   * error unless it is the value of `port`. Default: none.
   */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The target's working directory; its command is searched from there. Default: that of the calling process. */
  readonly cwd?: string | undefined;
  /**
   * Plays and judges only what fits one of these globs: ids of runs (`idle-clients/SIGTERM`), of scenarios, of families
   * of scenarios (`early`) or of requirements (`notice.*`). `*` also matches `/`, `?` is one letter, `{a,b}` is either.
   * A pattern that matches nothing is an error. Default: everything.
   */
  readonly only?: string | readonly string[] | undefined;
  /** Leaves out what fits one of these globs, written like `only`, and wins over it. Default: nothing. */
  readonly skip?: string | readonly string[] | undefined;
  /**
   * `true`: every scenario with every stop signal. Default: `false`, the first stop signal plays all scenarios and each
   * further one a core set, because a target usually has one handler for all.
   */
  readonly full?: boolean | undefined;
  /** Runs at the same time, 1 to 1000. Default: no limit, but only so many targets *start* at once as there are cores. */
  readonly jobs?: number | undefined;
  /**
   * How signals reach the target: `'process'`, `'group'` (its whole process group, as Ctrl+C in a terminal does),
   * `'background'` (started with SIGINT and SIGQUIT ignored, as a shell starts `&` jobs), `'terminal'` (Ctrl+C and Ctrl+\\
   * are typed at its terminal; needs the optional package `@lydell/node-pty`), `'pid1'` (it is PID 1 of a PID namespace,
   * as in a container; Linux, with root or user namespaces, by unshare(1)), `'hangup'` (its terminal is closed),
   * `'wrapper-dash'`, `'wrapper-bash'`, `'wrapper-npm'`, `'wrapper-yarn'`, `'wrapper-pnpm'` (to the program on PATH that has
   * started it, and to it alone; `'wrapper'` is all five); in a text with commas, or in a list. What is named is played with
   * the core scenarios and all stop signals that can come in this way; wrappers with one scenario that shows them (with
   * `full`: all), beside the same without a wrapper. Default: to the process everything, and in each other way one run that
   * shows it; but no `'hangup'`, by which Node 20 itself crashes at its exit, and no wrapper.
   */
  readonly delivery?: string | readonly string[] | undefined;
  /**
   * What keeps the runs of a target apart that always uses the same port. `'auto'`: each has a network namespace of its
   * own, and they are played side by side, where this machine can make one (Linux, as root or with user namespaces) and
   * where three unscored starts show that the target does the same in it; otherwise they are played one after the other,
   * and a remark in the report says why. `'namespace'`: a namespace without these starts, and the outcome is `untested`
   * where none can be made. `'none'`: one after the other. No effect where the target listens on the port that it is
   * told. Default: `'auto'`.
   */
  readonly isolation?: 'auto' | 'namespace' | 'none' | undefined;
  /**
   * Which places of the start the runs `early-grid/…` try, 1 to 999,999: the same seed gives the same places. The report
   * has it. Default: another one each time.
   */
  readonly seed?: number | undefined;
  /** How often each run is played, 1 to 1000. Default: 1. */
  readonly repeat?: number | undefined;
  /**
   * System calls (`'recvfrom,accept4'`, or a list): instead of the scenarios, the first stop signal (with `full` each of
   * them) is placed on entering every one of these calls, one run each, by strace(1) (`-e inject`). Linux only; where
   * strace cannot be used the outcome is `untested`. An unknown system call is an error. Default: none.
   */
  readonly sweep?: string | readonly string[] | undefined;
  /**
   * Requirements and scenarios of one's own, beside the built-in ones: modules that export `requirements` or `scenarios`,
   * by their path from the calling process's working directory or the name of a package, or such objects themselves. They
   * can only add: none of ours is replaced. A module that is not found, does not load or is not right, and an id that is
   * taken, is an error. Default: none. See docs/writing-a-suite.md.
   */
  readonly suite?: SuiteOption | undefined;
  /**
   * Which part of the runs is played here, for a suite that several machines share: `'2/3'` is the second of three parts,
   * `'auto'` takes both numbers from the variables of a CI service or of a job array, `'auto/3'` only the first. The same
   * options give the same parts on every machine. What compares runs is left open in each report, and judged when
   * `signal-conformance merge` has put the reports together. An error where it is no such text, the number is not from 1 to
   * the number of parts (at most 1000), or `'auto'` finds no variable, or several that contradict each other. Default:
   * everything is played.
   */
  readonly shard?: string | undefined;
  /**
   * How long each run took in a former test, in milliseconds by run id: parts of the same length are made by this instead
   * of by estimates. All parts need the same. An error without `shard`, or where it names none of the runs. Default: none.
   */
  readonly shardDurations?: Readonly<Record<string, number>> | undefined;
}

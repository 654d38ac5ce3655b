import { orderlyStop } from '../../facts/program-end.js';
import { requirement } from '../../requirement.js';

/** `program.stops`: each declared stop signal ends it in time and in good order. */
export const programStops = requirement({
  id: 'program.stops',
  level: 'MUST',
  since: 2026,
  of: ['program'],
  statement:
    'Each declared stop signal ends the program within its deadline, with an accepted exit status and without a traceback.',
  because:
    'Whoever stops a program waits for it and then kills it; a traceback or a bad status at each stop hides the one that tells of a real fault.',
  remedy: {
    general:
      'Install a handler that only sets a flag, look at the flag in the loop, and make every wait end early when it is set. Exit with 0, or put the default action back and send yourself the signal again. A signal that needs no clean-up may keep its default action.',
    node: "process.on('SIGTERM', stop) and the same for SIGINT: clear timers, close what keeps the event loop alive, and set process.exitCode. A loop that never returns to the event loop never runs the handler.",
    python:
      'signal.signal(signal.SIGTERM, lambda *_: stop.set()), and wait with stop.wait(timeout) in place of time.sleep, which is resumed after a handler (PEP 475). Without a handler SIGINT raises KeyboardInterrupt: catch it around main.',
    go: 'ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM); select on ctx.Done() wherever the program waits, and let main return.',
    jvm: 'Runtime.addShutdownHook for the clean-up; the JVM exits with 143 or 130 then: declare them with --exit-status. Interrupt the threads that work.',
    shell:
      'A trap runs only when the foreground command has ended: start it with & and wait for it, and kill it in the trap. While bash waits for a foreground child, a SIGINT that reaches only bash does nothing unless a trap is set.',
  },
  sources: ['cylc/cylc-flow#4914', 'systemd.kill(5)', 'signal(7)', 'bash(1), SIGNALS'],
  notApplicable: ({ run }) =>
    run.scenario === 'working' || run.scenario.startsWith('sweep-')
      ? undefined
      : 'the run is about more than one plain stop signal',
  judge: orderlyStop,
});

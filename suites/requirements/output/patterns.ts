/** How one runtime reports a fault that its program did not handle. */
export interface TracebackPattern {
  readonly runtime: string;
  /** Matches from the first line of the report to its last, on text without colours and carriage returns. */
  readonly pattern: RegExp;
  /** Real output of that runtime; the tests run every pattern on its example. */
  readonly example: string;
}

/**
 * The table. Of two that match at the same place the first one names the runtime, so the narrow ones come first. A
 * pattern needs more than the word "error": a line that only speaks of one is innocent.
 */
export const tracebackPatterns: readonly TracebackPattern[] = [
  {
    runtime: 'Ruby',
    pattern: /^.*Traceback \(most recent call last\):.*(?:\n\s*\d+: from .*)+(?:\n\S.*)?/m,
    example:
      "Traceback (most recent call last):\n\t1: from srv.rb:9:in `<main>'\nsrv.rb:4:in `stop': boom (RuntimeError)",
  },
  {
    runtime: 'Python',
    pattern: /^.*Traceback \(most recent call last\):.*(?:\n[ \t]+.*)*(?:\n\S.*)?/m,
    example:
      'Traceback (most recent call last):\n  File "srv.py", line 9, in <module>\n    asyncio.run(main())\nKeyboardInterrupt',
  },
  {
    runtime: 'Python',
    pattern: /^Fatal Python error: .*(?:\n.+)*/m,
    example: 'Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f (most recent call first):',
  },
  {
    runtime: 'JVM',
    pattern:
      /^(?![ \t]*at ).*\b(?:[\w$]+\.)+[\w$]*(?:Exception|Error|Throwable)\b.*\n[ \t]+at [^\n]*\((?:[\w$]+\.(?:java|kt|scala|groovy|clj)(?::\d+)?|Native Method|Unknown Source)\)(?:\n(?:[ \t]+at |Caused by: |[ \t]*\.\.\. \d+ ).*)*/m,
    example:
      'Exception in thread "main" java.lang.IllegalStateException: boom\n\tat srv.Main.stop(Main.java:12)\n\tat srv.Main.main(Main.java:5)\nCaused by: java.io.IOException: closed\n\t... 2 more',
  },
  {
    runtime: 'JVM',
    pattern: /^Exception in thread "[^"\n]*" .*(?:\n[ \t]+at .*)*/m,
    example: 'Exception in thread "pool-1" java.lang.OutOfMemoryError: Java heap space',
  },
  {
    runtime: 'JVM',
    pattern: /^# A fatal error has been detected by the Java Runtime Environment:(?:\n#.*)*/m,
    example:
      '# A fatal error has been detected by the Java Runtime Environment:\n#\n#  SIGSEGV (0xb) at pc=0x00007f',
  },
  {
    runtime: 'Node',
    // An uncaught exception: the place, the line of source with a caret, the stack, the version.
    pattern:
      /^(?:node:\S+|\[eval\]|\S*[\w\])]\.[cm]?[jt]s):\d+\n(?:.*\n){1,3}?[ \t]*\^+(?:\n.*){0,80}?\nNode\.js v\d.*/m,
    example:
      '/srv/app.js:3\n  throw new Error("boom");\n  ^\n\nError: boom\n    at stop (/srv/app.js:3:9)\n\nNode.js v20.20.0',
  },
  {
    runtime: 'Node',
    // Any stack of an error; a warning with a stack (--trace-warnings) is none.
    pattern:
      /^(?![ \t]*at |.*Warning: ).*\b(?:\w*Error|\w*Exception|Uncaught|UnhandledPromiseRejectionWarning)\b.*(?:\n[ \t]+at (?:.*:\d+:\d+\)?.*|.*<anonymous>.*|.*\(native\)))+/m,
    example:
      'TypeError: socket.destory is not a function\n    at stop (file:///srv/app.mjs:7:10)\n    at process.emit (node:events:519:28)',
  },
  {
    runtime: 'Node',
    pattern:
      /^.*(?:UnhandledPromiseRejection\b|UnhandledPromiseRejectionWarning: |triggerUncaughtException\(|throw er; \/\/ Unhandled 'error' event|\berror: Uncaught ).*(?:\n[ \t]+at .*)*/m,
    example:
      '(node:7) UnhandledPromiseRejectionWarning: boom\n(node:7) UnhandledPromiseRejectionWarning: Unhandled promise rejection.',
  },
  {
    runtime: 'Node',
    pattern: /^FATAL ERROR: .*(?:\n[ \t]*\d+: 0x.*)*/m,
    example: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  },
  {
    runtime: 'Go',
    pattern:
      /^(?:(?:panic|fatal error|SIG[A-Z]+): .*|.*\bpanic serving .*)\n(?:.*\n){0,8}?goroutine \d+ (?:[^\n[]* )?\[[^\]\n]+\]:(?:\n(?:\S.*\)|[ \t]+\S.*|created by .*))*/m,
    example:
      'panic: close of closed channel\n\ngoroutine 1 [running]:\nmain.main()\n\t/srv/main.go:12 +0x1d\nexit status 2',
  },
  {
    runtime: 'Go',
    pattern: /^goroutine \d+ (?:[^\n[]* )?\[[^\]\n]+\]:(?:\n(?:\S.*\)|[ \t]+\S.*|created by .*))*/m,
    example:
      'goroutine 18 gp=0xc000007 m=0 mp=0x57 [running]:\nruntime/debug.Stack()\n\t/go/stack.go:26 +0x5e',
  },
  {
    runtime: 'Go',
    // With GOTRACEBACK=none no goroutine follows.
    pattern:
      /^(?:panic: (?:runtime error: |main\.|interface conversion: |assignment to ).*|fatal error: (?:all goroutines are asleep|concurrent map |stack overflow|unexpected signal).*)/m,
    example: 'panic: runtime error: index out of range [3] with length 2',
  },
  {
    runtime: 'Go',
    pattern: /^WARNING: DATA RACE(?:\n.+)*/m,
    example: 'WARNING: DATA RACE\nWrite at 0x00c00001 by goroutine 7:\n  main.stop()',
  },
  {
    runtime: 'Rust',
    pattern:
      /^thread '[^'\n]*' (?:\(\d+\) )?(?:panicked at|has overflowed its stack).*(?:\n(?!note: )\S.*)?/m,
    example:
      "thread 'main' panicked at src/main.rs:4:5:\ncalled `Result::unwrap()` on an `Err` value\nnote: run with `RUST_BACKTRACE=1`",
  },
  {
    runtime: 'Ruby',
    pattern:
      /^\S+:\d+:in [`'].*': (?:.*\([A-Z][\w:]*\)|Interrupt|unhandled exception)(?:\n[ \t]+(?:\d+: )?from .*)*/m,
    example: "srv.rb:4:in `sleep': Interrupt\n\tfrom srv.rb:4:in `<main>'",
  },
  {
    runtime: 'Ruby',
    pattern: /^#<Thread:.*terminated with exception.*|^.*\[BUG\] .*/m,
    example: '#<Thread:0x0001 srv.rb:3 run> terminated with exception (report_on_exception is true):',
  },
  {
    runtime: 'PHP',
    pattern:
      /^.*\b(?:PHP )?(?:Fatal|Parse|Recoverable fatal) error:\s+(?:Uncaught .*|.* in \S+ on line \d+)(?:\nStack trace:(?:\n#\d+ .*)*)?(?:\n\s+thrown in .*)?/m,
    example:
      'PHP Fatal error:  Uncaught RuntimeException: boom in /srv/index.php:3\nStack trace:\n#0 {main}\n  thrown in /srv/index.php on line 3',
  },
  {
    runtime: '.NET',
    pattern: /^Unhandled [Ee]xception[.:].*(?:\n[ \t]+at .*|\n.*Exception.*)*/m,
    example:
      'Unhandled exception. System.InvalidOperationException: boom\n   at Srv.Program.Main() in /srv/Program.cs:line 3',
  },
  {
    runtime: '.NET',
    pattern:
      /^(?![ \t]*at ).*\b(?:[\w`]+\.)+\w*Exception\b.*(?:\n[ \t]+at [\w.<>`+$[\],|]+\(.*\)(?: in .*:line \d+)?)+/m,
    example:
      'System.ObjectDisposedException: Cannot access a disposed object.\n   at Srv.Worker.Stop(CancellationToken token) in /srv/Worker.cs:line 8',
  },
  {
    runtime: 'Perl',
    pattern: /^.+ at \S+ line \d+\.?(?:\n[ \t]+\S.* called at \S+ line \d+)+/m,
    example: 'boom at srv.pl line 3.\n\tmain::stop("TERM") called at srv.pl line 9',
  },
  {
    runtime: 'Perl',
    pattern:
      /^(?:Died|Can't (?:locate|call|use|open) .*|Undefined subroutine .*|Not an? \w+ reference|Illegal division by zero|Modification of a read-only value .*) at \S+ line \d+(?:, <.*)?\./m,
    example: `Can't call method "close" on an undefined value at srv.pl line 12.`,
  },
  {
    runtime: 'Erlang',
    pattern: /^=CRASH REPORT====.*(?:\n[ \t]+.*)*/m,
    example: '=CRASH REPORT==== 1-Jan-2025::10:00:00.123 ===\n  crasher:\n    initial call: srv:init/1',
  },
  {
    runtime: 'Erlang',
    pattern:
      /^(?:\{"init terminating in do_\w+".*|Kernel pid terminated .*|Crash dump is being written to: .*|Error in process <[\d.]+>.* with exit value:(?:\n.+)*)/m,
    example: 'Error in process <0.85.0> with exit value:\n{badarith,[{srv,stop,0,[]}]}',
  },
  {
    runtime: 'Elixir',
    pattern:
      /^.*\b(?:GenServer|Task|Process|State machine) .* (?:terminating|raised an exception)\b.*(?:\n(?:\*\* | {2,}).*)*|^.*\*\* \([\w.]+(?:Error|Exception)\) .*(?:\n {2,}.*)*/m,
    example:
      '[error] GenServer Srv terminating\n** (RuntimeError) boom\n    (srv 0.1.0) lib/srv.ex:3: Srv.stop/1',
  },
  {
    runtime: 'C/C++ sanitizer',
    pattern: /^.*\b(?:Address|Leak|Thread|Memory|HWAddress)Sanitizer: .*(?:\n[ \t]+.*)*/m,
    example:
      '==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x602\n    #0 0x4f in stop srv.c:3',
  },
  {
    runtime: 'C/C++ sanitizer',
    pattern: /^\S+\.\w+:\d+:\d+: runtime error: .*/m,
    example: 'srv.c:3:5: runtime error: signed integer overflow: 2147483647 + 1',
  },
  {
    runtime: 'C/C++',
    pattern:
      /^(?:terminate called (?:after throwing|without an active).*(?:\n[ \t]+what\(\): .*)?|\*\*\* stack smashing detected \*\*\*.*|(?:free|malloc|realloc|munmap_chunk)\(\): .*|double free or corruption.*|corrupted (?:size|double-linked).*|.*: Assertion [`'].*' failed\.)/m,
    example:
      "terminate called after throwing an instance of 'std::system_error'\n  what():  Bad file descriptor",
  },
];

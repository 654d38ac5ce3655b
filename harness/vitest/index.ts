/** `import { conformance } from 'signal-conformance/vitest'`: runs and verdicts as tests of one's own suite. */
import type { ClientOptions, PairOptions, ProgramOptions } from '../options/kind-options.js';
import type { ConformOptions } from '../options/options.js';
import { callSite } from './call-site.js';
import type { ConformanceSettings } from './settings.js';
import { withoutVitest } from './without-vitest.js';

export type { ConformanceSettings } from './settings.js';

// Not a plain import: where Vitest is not installed, nothing of this file could say so.
const { register } = await import('./register.js').catch((error: unknown) => {
  throw withoutVitest(error);
});

/**
 * Registers a `describe` for a server, in it one for each run, and a `test` for each verdict. Call it at the top
 * level of a test file or in a `describe`; Vitest waits for it, with or without `await`. It starts the server once, to learn which runs there are; what is selected
 * (`-t`, `test.only`, …) is then played at once, before the first of its tests, and nothing else is.
 *
 * A failed MUST fails its test, and one that could not be judged too; a failed SHOULD passes, with an annotation and a
 * warning on the console; what does not apply is skipped, with the reason. A server that cannot be tested fails one test.
 * All that was started is ended when Vitest goes, however it goes.
 *
 * @param command - the server's program and arguments; never a shell's string. `{port}` is replaced by its port.
 * @param options - as those of `conform`
 * @param settings - how it is shown and when it fails
 * @throws UsageError when a setting is wrong, or where no tests can be registered: in a test, in a hook, without Vitest. A
 * wrong option or command is reported by Vitest as a file that could not be collected.
 * @example
 * await conformance(['node', 'server.js'], { deadline: '5s' });
 */
export function conformance(
  command: readonly string[],
  options: ConformOptions = {},
  settings: ConformanceSettings = {},
): Promise<void> {
  register({ kind: 'server', command, options, settings, callSite: callSite() });
  return Promise.resolve();
}

/** The same for a client: as `conformClient`. */
export function clientConformance(
  command: readonly string[],
  options: ClientOptions = {},
  settings: ConformanceSettings = {},
): Promise<void> {
  register({ kind: 'client', command, options, settings, callSite: callSite() });
  return Promise.resolve();
}

/** The same for a program that serves nobody: as `conformProgram`. */
export function programConformance(
  command: readonly string[],
  options: ProgramOptions = {},
  settings: ConformanceSettings = {},
): Promise<void> {
  register({ kind: 'program', command, options, settings, callSite: callSite() });
  return Promise.resolve();
}

/** The same for a server and its own client: as `conformPair`. */
export function pairConformance(
  server: readonly string[],
  client: readonly string[],
  options: PairOptions = {},
  settings: ConformanceSettings = {},
): Promise<void> {
  register({ kind: 'pair', command: server, client, options, settings, callSite: callSite() });
  return Promise.resolve();
}

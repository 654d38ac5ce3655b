/** The variable by which every descendant of a target is known, wherever it has moved to (double fork, setsid). */
export const cookieName = 'SIGNAL_CONFORMANCE_RUN';

/** The cookie of one instance of a run. `session` is unique to this process of the harness. */
export function cookieOf(session: string, runId: string, instance: number): string {
  return `${session}/${runId}#${instance}`;
}

/** The cookie in an environment block (`A=1\0B=2\0`), or undefined. */
export function cookieIn(environment: string): string | undefined {
  const key = `${cookieName}=`;
  const start = environment.startsWith(key) ? 0 : environment.indexOf(`\0${key}`) + 1;
  if (start === 0 && !environment.startsWith(key)) return undefined;
  const end = environment.indexOf('\0', start);
  return environment.slice(start + key.length, end < 0 ? undefined : end);
}

/**
 * Now, in milliseconds on CLOCK_MONOTONIC (clock_gettime(2)). It is one clock for all processes of a machine, so
 * events of the harness and of the client fleet sort together.
 */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

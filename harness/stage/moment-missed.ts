/** A fact that a scenario waited for did not come: nothing after it can be played as written. */
export class MomentMissed extends Error {
  override readonly name = 'MomentMissed';
  readonly moment: string;
  readonly reason: string;

  /** By how much the harness itself came late, where that is why. */
  readonly lateMs: number | undefined;

  /** The suite whose script is at fault, where that is why. */
  readonly suite: string | undefined;

  constructor(
    moment: string,
    reason: string,
    { lateMs, suite }: { readonly lateMs?: number; readonly suite?: string } = {},
  ) {
    super(`${moment}: ${reason}`);
    this.moment = moment;
    this.reason = reason;
    this.lateMs = lateMs;
    this.suite = suite;
  }
}

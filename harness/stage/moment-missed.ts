/** A fact that a scenario waited for did not come: nothing after it can be played as written. */
export class MomentMissed extends Error {
  override readonly name = 'MomentMissed';
  readonly moment: string;
  readonly reason: string;

  constructor(moment: string, reason: string) {
    super(`${moment}: ${reason}`);
    this.moment = moment;
    this.reason = reason;
  }
}

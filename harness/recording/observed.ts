/** When a fact was seen; it happened then or, by the measured lag, a little earlier. */
export interface Observed {
  readonly atMs: number;
}
/** An act has both edges: it happened between `beforeMs` and `atMs`. */
export interface Acted extends Observed {
  readonly beforeMs: number;
}

/** What a gate lets through: the same report can pass one and fail another. */
export interface Gate {
  /** A failed SHOULD fails the gate too. */
  readonly strict: boolean;
}

/** What a harness that has ended everything itself says last. Without it, it was killed. */
export const releasedWord = 'released';

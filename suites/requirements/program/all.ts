import type { Requirement } from '../../requirement.js';

/** What is demanded of programs. */
export const programRequirements: readonly Requirement[] = [];

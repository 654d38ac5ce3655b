import type { Requirement } from '../../requirement.js';

/** What is demanded of clients. */
export const clientRequirements: readonly Requirement[] = [];

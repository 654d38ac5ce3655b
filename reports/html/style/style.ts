import { timelineStyle } from '../timeline/style.js';
import { base } from './base.js';
import { cases } from './cases.js';
import { colors } from './colors.js';
import { matrix } from './matrix.js';
import { outcome } from './outcome.js';

/** All CSS of the page: system fonts, and nothing that is loaded. */
export const style = [colors, base, outcome, matrix, cases, timelineStyle]
  .map((part) => part.trim())
  .join('\n');

import type { TrialFacts } from './trial.js';

const shownCharacters = 120;

/** Three starts: one as the survey's, and two at the same time, each in a namespace of its own; `first` is stopped first. */
export interface Trials {
  readonly plain: TrialFacts;
  readonly first: TrialFacts;
  readonly second: TrialFacts;
}

/**
 * What a namespace would change for this target, in words that follow "since"; undefined where the trials showed the
 * same. What the second one writes is not compared: it ends after another that used the same files.
 */
export function whatDiffers({ plain, first, second }: Trials): string | undefined {
  const [place] = plain.reached;
  if (place !== undefined) return `it keeps a connection to ${place}, which a namespace would cut off`;
  if (plain.problem !== undefined) return `a second start of it did not serve: ${plain.problem}`;
  const written = newLine(plain, first);
  const said = written === undefined ? '' : ` (it wrote "${written}")`;
  const alone = behaviour(plain, first);
  if (alone !== undefined) return `in a namespace of its own ${alone}${said}`;
  if (written !== undefined) return `in a namespace of its own it wrote "${written}"`;
  const beside = behaviour(plain, second);
  return beside === undefined ? undefined : `beside another of itself ${beside}`;
}

function behaviour(plain: TrialFacts, other: TrialFacts): string | undefined {
  if (other.problem !== undefined) return `it did not serve: ${other.problem}`;
  const at = Math.max(plain.replies.length, other.replies.length);
  for (let index = 0; index < at; index += 1) {
    const [wanted = 'nothing', got = 'nothing'] = [plain.replies[index], other.replies[index]];
    if (wanted !== got) return `a request came to ${got}, and outside to ${wanted}`;
  }
  return plain.end === other.end
    ? undefined
    : `it ended otherwise (${other.end}) than outside (${plain.end})`;
}

/** The first line that has none like it in the other start. */
function newLine(plain: TrialFacts, other: TrialFacts): string | undefined {
  const known = new Set(plain.lines.map(likeness));
  return other.lines.find((line) => !known.has(likeness(line)))?.slice(0, shownCharacters);
}

/** A line without what differs between any two starts: numbers with their units, and names made of hexadecimal digits. */
function likeness(line: string): string {
  return line
    .replaceAll(/\b(?=[0-9a-f-]*\d)[0-9a-f]{4,}(?:-[0-9a-f]{2,})*\b/gi, '#')
    .replaceAll(/\d+(?:[.,:]\d+)*\s?(?:[nuµm]?s\b)?/g, '#')
    .trim();
}

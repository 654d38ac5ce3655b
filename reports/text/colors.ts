/** Styles a text that has been made printable and fitted before: an escape code has no width. */
export type Paint = (text: string) => string;

export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What decides about colours and redrawing: the environment and the stream that is written to. */
export interface Surroundings {
  readonly env: Environment;
  readonly isTTY: boolean;
  /** `--no-color` was given. */
  readonly noColor?: boolean;
}

/**
 * Whether to use colours. `--no-color` and a non-empty NO_COLOR (https://no-color.org) say no, and win over
 * FORCE_COLOR, because a missing colour harms nobody; FORCE_COLOR says yes (`0` and `false`: no); otherwise a
 * terminal that is not dumb has colours.
 */
export function wantsColor({ env, isTTY, noColor = false }: Surroundings): boolean {
  if (noColor || env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced) return forced !== '0' && forced !== 'false';
  return isTTY && env.TERM !== 'dumb';
}

/** Whether a line may be redrawn in place: on a terminal that can do it and that a person looks at (not in CI). */
export function mayRedraw({ env, isTTY }: Surroundings): boolean {
  const ci = env.CI;
  const inCi = ci !== undefined && ci !== '' && ci !== '0' && ci !== 'false';
  return isTTY && env.TERM !== 'dumb' && !inCi;
}

// Not util.styleText: from Node 22.13 on it asks process.stdout, and Node 20 does not; here the caller has decided.
const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** Functions that colour a text, or leave it as it is. */
export function palette(enabled: boolean): Palette {
  const paint =
    ([open, close]: readonly [number, number]): Paint =>
    (text) =>
      enabled && text !== '' ? `\x1b[${open}m${text}\x1b[${close}m` : text;
  return {
    bold: paint(codes.bold),
    dim: paint(codes.dim),
    red: paint(codes.red),
    green: paint(codes.green),
    yellow: paint(codes.yellow),
    cyan: paint(codes.cyan),
  };
}

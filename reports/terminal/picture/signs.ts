import type { Mark, Span } from '../../timeline/parts.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the locale is UTF-8: the first of these variables that is set decides (POSIX, 8.2). */
export function hasUnicode(env: Environment): boolean {
  return /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
}

/** The characters of a picture. */
export interface Signs {
  readonly spans: Readonly<Record<Span['kind'], string>>;
  readonly marks: Readonly<Record<Mark['kind'], string>>;
  readonly lines: Readonly<Record<'signal' | 'deadline', string>>;
}

export const ascii: Signs = {
  spans: {
    starting: '.',
    listening: '.',
    serving: '-',
    stopping: '=',
    remaining: '~',
    frozen: '%',
    alive: '-',
    zombie: '~',
    connected: '-',
    exchange: '#',
    unanswered: '~',
    late: ' ',
    waiting: ' ',
  },
  marks: { told: 'o', end: ']', bad: 'X', output: ',', note: '+' },
  lines: { signal: '|', deadline: ':' },
};

export const unicode: Signs = {
  spans: {
    starting: '┄',
    listening: '┄',
    serving: '─',
    stopping: '━',
    remaining: '╍',
    frozen: '▒',
    alive: '─',
    zombie: '╍',
    connected: '─',
    exchange: '═',
    unanswered: '╌',
    late: ' ',
    waiting: ' ',
  },
  marks: { told: '●', end: '┤', bad: '✗', output: '╷', note: '·' },
  lines: { signal: '│', deadline: '┊' },
};

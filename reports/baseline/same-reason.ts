/**
 * Whether two messages of one requirement in one run give the same reason. What differs from run to run of the same
 * build is masked: times, pids, ports, counts, which of several clients of a role it was, what processes
 * are called. What makes it another
 * reason stays: exit statuses, signals, words, what the kind of client is, what a traceback says.
 */
export function isSameReason(message: string, other: string): boolean {
  const [one, two] = [masked(message), masked(other)];
  return one === two || isSameBeforeTheCut(one, two) || isSameButForTheEnd(one, two);
}

/** A message without what differs from run to run. */
export function masked(message: string): string {
  return steps.reduce((text, [pattern, by]) => text.replace(pattern, by as string), message).trim();
}

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
/** A client or process, of which several may be named in a list. */
const name = '(?:[a-z]+-#|pid #|# more)';

type Step = readonly [RegExp, string | ((...groups: string[]) => string)];

// In this order. Digits that are the reason themselves stand aside first, as letters outside of any message.
const steps: readonly Step[] = [
  [/ ?\(the machine was busy: [^)]*\)/g, ''],
  [/ ?\(± [^)]*\)/g, ''],
  // Whether a thread got to write it before or after the signal is a matter of moments.
  [/(traceback) [\d.,]+ (?:µs|ms|s|min) after SIG[A-Z]+[+-]?\d*(?=:)/g, '$1'],
  // Who was left when the deadline was over is a matter of moments.
  [/ Still connected: [^.]*\./g, ''],
  // What shows that a client has read is not there each time.
  [/\bhad (?:read|been sent) the notice\b/g, 'had the notice'],
  [/: [^:.]* cut its stop short/g, ''],
  [/ ?\(and likewise [^)]*\)/g, ''],
  [/\b(?:status|statuses|exit with) \d+(?: or \d+)*|\bexit\(\d+|\bSIG[A-Z]+[+-]?\d*/g, aside],
  // A folder of the run's own, and what a target makes up for itself.
  [/\/(?:tmp|var\/folders|private\/tmp|dev\/shm)\/[^\s,;:)\]'"”]+/g, '/tmp/#'],
  [/\b0x[\da-f]+\b/gi, '#'],
  [/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi, '#'],
  [/\b(?=[a-f]*\d)[\da-f]{8,}\b/g, '#'],
  [/\d+(?:[.,:]\d+)*/g, '#'],
  [/# ?(?:ns|µs|us|ms|s|min|h)\b/g, '<time>'],
  [
    new RegExp(`(?:\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?(?:\\b${month} #|# ${month}\\b)`, 'g'),
    '<date>',
  ],
  [/\bpids\b/g, 'pid'],
  // Between fork and exec it is still called as its parent, and a long one is cut.
  [/(pid #) \((?:[^()]|\([^()]*\))*\)/g, '$1'],
  [/ ?\(and # more\)| and # more(?= were)/g, ''],
  [/\bwere\b/g, 'was'],
  [/\b(?:a|#) further requests?\b/g, 'further requests'],
  [new RegExp(`${name}(?:(?:, | and )${name})+`, 'g'), distinct],
  // How many processes beside the root were left.
  [/(the root \(pid #\))(?:, | and )pid #/g, '$1 and others'],
];

/** Digits that count: moved to where no digit of a message is looked for. */
function aside(text: string): string {
  return text.replace(/\d/g, (digit) => String.fromCodePoint(0xe000 + Number(digit)));
}

/** Each kind of client, and each command, once. */
function distinct(list: string): string {
  const names = list.match(new RegExp(name, 'g')) ?? [];
  return [...new Set(names.filter((one) => one !== '# more'))].sort().join(', ');
}

/** Long words of a target are cut with an ellipsis, wherever the digits before it have moved that. */
function isSameBeforeTheCut(one: string, two: string): boolean {
  const [parts, others] = [one.split('…'), two.split('…')];
  if (parts.length !== others.length || parts.length === 1) return false;
  return parts.every((part, index) => {
    const other = others[index] ?? '';
    if (index === parts.length - 1) return part === other;
    const shorter = Math.min(part.length, other.length);
    const isMoved = shorter >= shortestCut && Math.abs(part.length - other.length) <= mostMoved;
    return part === other || (isMoved && part.slice(0, shorter) === other.slice(0, shorter));
  });
}

const traceback = /(traceback: "[^"]*") … ".*"/;

/** Whether it quotes a traceback with the line that says what was raised. */
export function hasEnd(message: string): boolean {
  return traceback.test(message);
}

/** The last line of a traceback is missing where the process ended while it was written. */
function isSameButForTheEnd(one: string, two: string): boolean {
  if (hasEnd(one) === hasEnd(two)) return false;
  return one.replace(traceback, '$1') === two.replace(traceback, '$1');
}

/** So many letters more or fewer may be left before a cut. */
const mostMoved = 16;
/** What is cut was longer than a line of a log: less than this says nothing. */
const shortestCut = 20;

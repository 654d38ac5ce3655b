import type { Report } from '../report.js';
import { shellWord } from './printable.js';

type Commands = Pick<Report['target'], 'command' | 'client'>;

/** What was started, as one would type it; of a pair the server, `--`, and the client. */
export function commandWords({ command, client = [] }: Commands): string {
  return [...command, ...(client.length > 0 ? ['--', ...client] : [])].map(shellWord).join(' ');
}

/** What tells targets apart: `server node server.js`, with its name before it where it has one. */
export function targetWords(target: Commands & Pick<Report['target'], 'kind' | 'name'>): string {
  const { kind, name } = target;
  return `${name === undefined ? '' : `${name}: `}${kind} ${commandWords(target)}`;
}

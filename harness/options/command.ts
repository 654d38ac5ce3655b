import { shown, UsageError } from '../errors.js';

/** The target's command: a list of words, the program first. It is never a line for a shell. */
export function checkCommand(command: unknown, option: 'command' | 'client' = 'command'): readonly string[] {
  const misuse = (given: string, fix: string) => wrong(option, given, fix);
  if (typeof command === 'string') {
    throw misuse(
      shown(command),
      `write it as a list: [${command
        .trim()
        .split(/\s+/)
        .map((word) => shown(word))
        .join(', ')}]`,
    );
  }
  if (!Array.isArray(command) || command.some((word) => typeof word !== 'string'))
    throw misuse(shown(command), "write a list of texts, such as ['node', 'server.js']");
  const words = command as readonly string[];
  if (words.length === 0) throw misuse('nothing', 'name the program and its arguments: node server.js');
  if (words[0] === '') throw misuse(shown(words), 'name the program first: the first word is empty');
  if (words.some((word) => word.includes('\0')))
    throw misuse(shown(words), 'take the NUL byte out: no system passes it on');
  return [...words];
}

function wrong(option: 'command' | 'client', given: string, fix: string): UsageError {
  return new UsageError({
    option,
    expected: `the command that starts the ${option === 'client' ? 'client' : 'target'}, one word each`,
    given,
    fix,
  });
}

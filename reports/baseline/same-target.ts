import type { TargetKind } from '../../harness/contract/contract.js';

/** What was started. A file of an older version may not say it. */
interface Commands {
  readonly command?: readonly string[];
  readonly client?: readonly string[];
}

interface Target extends Commands {
  readonly kind: TargetKind;
  /** Its name in the configuration file. */
  readonly name?: string;
}

/**
 * By what two targets are not the same one; undefined where they are. Two names decide, since a target of a configuration
 * stays the same when its command changes; otherwise the commands do.
 */
export function differenceOf(one: Target, other: Target): 'kind' | 'name' | 'command' | undefined {
  if (one.kind !== other.kind) return 'kind';
  if (one.name !== undefined && other.name !== undefined) return one.name === other.name ? undefined : 'name';
  if (one.command === undefined || other.command === undefined) return undefined;
  return sameCommand(one, other) ? undefined : 'command';
}

/**
 * Whether two commands are the same, on whatever machine: the program by its base name, arguments word by word, and files
 * among them wherever their project lies. Ports and paths that are filled in (`{port}`) are not there yet.
 */
export function sameCommand(one: Commands, two: Commands): boolean {
  return alike(one.command ?? [], two.command ?? []) && alike(one.client ?? [], two.client ?? []);
}

function alike(words: readonly string[], others: readonly string[]): boolean {
  return (
    words.length === others.length &&
    words.every((word, index) => {
      const other = others[index] ?? '';
      return index === 0 ? partsOf(word).at(-1) === partsOf(other).at(-1) : isSameWord(word, other);
    })
  );
}

function isSameWord(word: string, other: string): boolean {
  if (word === other) return true;
  const [, option, value] = /^(--?[\w-]+=)(.*)$/s.exec(word) ?? [];
  if (option !== undefined && value !== undefined)
    return other.startsWith(option) && isSameWord(value, other.slice(option.length));
  return isSamePath(word, other);
}

/** Of two absolute paths only the files can be compared; of others the shorter one is the end of the longer one. */
function isSamePath(word: string, other: string): boolean {
  if (!isPath(word) && !isPath(other)) return false;
  const [one, two] = [partsOf(word), partsOf(other)];
  const isAbsolute = [word, other].every((path) => /^(?:[A-Za-z]:|~)?[/\\]/.test(path));
  const count = isAbsolute ? 1 : Math.min(one.length, two.length);
  return one.slice(-count).join('/') === two.slice(-count).join('/');
}

function isPath(word: string): boolean {
  return /^(?:\.{0,2}|[A-Za-z]:|~)[/\\]/.test(word) || /^[\w.-]+\//.test(word);
}

function partsOf(path: string): string[] {
  return path.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..');
}

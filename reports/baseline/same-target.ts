/** What was started. */
interface Commands {
  readonly command: readonly string[];
  readonly client?: readonly string[];
}

/** Whether two commands are the same but for the folders in which their programs and files lie. */
export function sameCommand(one: Commands, two: Commands): boolean {
  const words = ({ command, client = [] }: Commands) => [...command, '--', ...client].map(withoutFolder);
  return JSON.stringify(words(one)) === JSON.stringify(words(two));
}

function withoutFolder(word: string): string {
  return /^(\.{0,2}|[A-Za-z]:|~)[/\\]/.test(word) || /^[\w.-]+\//.test(word)
    ? (word.split(/[/\\]/).at(-1) ?? word)
    : word;
}

/** The same after words that enter its surroundings first; they become the command, and leave it as they found it. */
export function entering(
  words: readonly string[],
  { file, command }: { file: string; command: readonly string[] },
): { file: string; command: readonly string[] } {
  const [program] = words;
  return program === undefined
    ? { file, command }
    : { file: program, command: [...words, file, ...command.slice(1)] };
}

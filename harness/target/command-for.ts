/** The target's command with `{port}` replaced in every argument. */
export function commandFor(command: readonly string[], port: number): string[] {
  return command.map((argument) => argument.replaceAll('{port}', String(port)));
}

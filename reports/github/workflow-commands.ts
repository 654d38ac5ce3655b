/**
 * What a GitHub workflow takes for a command in what a step prints (runner, src/Runner.Common/ActionCommand.cs): a line that
 * begins with `::`, also after blanks, and, as in former times, `##[` anywhere in a line.
 */

/** A workflow command on a line of its own. */
export function workflowCommand(
  name: 'error' | 'warning',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const given = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name} ${given.join(',')}::${escapeData(message)}\n`;
}

/** Text in which nothing is a command: a blank is put into what would begin one. The beginning is taken for that of a line. */
export function withoutCommands(text: string): string {
  return text.replaceAll('##[', '## [').replace(/(^|[\n\r])([^\S\n\r]*):(?=:)/g, '$1$2: ');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

import { withoutCommands } from '../../reports/github/workflow-commands.js';

/**
 * What a test fails with. Its stack has one frame: where the user has called us. Vitest shows the lines of code there, and
 * none of ours.
 */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';

  constructor(
    message: string,
    callSite: string,
    env: Readonly<Record<string, string | undefined>> = process.env,
  ) {
    // Vitest prints a message line by line: in a GitHub workflow no line of it may be a command.
    const shown = env.GITHUB_ACTIONS === 'true' ? withoutCommands(message) : message;
    super(shown);
    this.stack = `${this.name}: ${withoutFrames(shown)}\n${callSite}`;
  }
}

/** Vitest reads a stack line by line, and would take words of the message for frames: `at 127.0.0.1:80`. */
function withoutFrames(message: string): string {
  return message.replace(/^(\s*)at (?=.*(?::\d|\(native\)))/gm, '$1at\u00a0');
}

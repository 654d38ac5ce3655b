import { withoutCommands } from '../../reports/github/workflow-commands.js';
import type { Output } from './io.js';

/**
 * From now on nothing that is printed is a command to a GitHub workflow, whoever wrote it: a target could otherwise mask
 * words in the log, set outputs of the step, or stop all further commands. Every write here is one of whole lines.
 *
 * @returns how to print what is meant as a command, to standard error, where no report for a machine can be
 */
export function guardStreams(stdout: Output, stderr: Output): (text: string) => void {
  const plain = stderr.write.bind(stderr) as (text: string) => boolean;
  for (const stream of [stdout, stderr]) guard(stream);
  return (text) => void plain(text);
}

function guard(stream: Output): void {
  const guarded =
    <Result>(write: (text: unknown, ...rest: unknown[]) => Result) =>
    (chunk: unknown, ...rest: unknown[]): Result => {
      const text = chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : chunk;
      return write(typeof text === 'string' ? withoutCommands(text) : text, ...rest);
    };
  stream.write = guarded(stream.write.bind(stream) as (text: unknown) => boolean) as Output['write'];
  // It writes by itself, past `write`.
  stream.end = guarded(stream.end.bind(stream) as (text: unknown) => unknown) as Output['end'];
}

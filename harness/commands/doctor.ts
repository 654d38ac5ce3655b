import { Command } from 'commander';
import { columnsOf } from '../../reports/text/wrap.js';
import { parseArguments } from './arguments.js';
import { diagnose, type Finding } from './diagnosis.js';
import type { Ending, Io } from './io.js';
import { inspectMachine } from './machine.js';
import { row, widest } from './row.js';

/** `signal-conformance doctor`: status 0 where targets can be tested, 3 where they cannot. */
export async function doctor(args: readonly string[], io: Io): Promise<Ending> {
  const command = new Command('signal-conformance doctor')
    .description(
      'What this machine can and cannot test, and why. Exits 0 where it can test, 3 where it cannot.',
    )
    .helpOption('-h, --help', 'print this text')
    .allowExcessArguments(false);
  if (parseArguments(command, args, io) === undefined) return { status: 0 };
  const findings = diagnose(await inspectMachine(io.platform));
  io.stdout.write(render(findings, columnsOf(io.stdout)));
  return { status: canTest(findings) ? 0 : 3 };
}

function canTest(findings: readonly Finding[]): boolean {
  return findings.every(({ state }) => state !== 'cannot');
}

const words: Record<Finding['state'], string> = {
  fine: 'ok',
  limited: 'limited',
  cannot: 'CANNOT',
  unused: '-',
};

/** The findings in a table, and one sentence at the end. */
export function render(findings: readonly Finding[], columns: number): string {
  const aboutColumns = widest(findings.map(({ about }) => about));
  const limits = findings.filter(({ state }) => state === 'limited').length;
  const conclusion = canTest(findings)
    ? `This machine can test${limits > 0 ? ', within the limits above' : ''}.`
    : 'This machine cannot test.';
  const lines = findings.flatMap(({ state, about, text }) =>
    row(`${words[state].padEnd(9)}${about.padEnd(aboutColumns)}  `, text, columns),
  );
  return `${[...lines, '', conclusion].join('\n')}\n`;
}

import { Command } from 'commander';
import { diffReports } from '../../reports/diff/diff.js';
import { renderDiff } from '../../reports/diff/render.js';
import { palette, wantsColor } from '../../reports/text/colors.js';
import { columnsOf } from '../../reports/text/wrap.js';
import { prepareReplacement } from '../../reports/write.js';
import { UsageError } from '../errors.js';
import { parseArguments } from './arguments.js';
import { readGivenReport } from './given-report.js';
import type { Ending, Io } from './io.js';
import { refuseOverInputs } from './same-file.js';

/** `signal-conformance diff [options] <old.json> <new.json>` */
export async function diff(args: readonly string[], io: Io): Promise<Ending> {
  const command = new Command('signal-conformance diff')
    .description(
      'What changed between two JSON reports of one target, and whether anything got worse (exit status 1): a MUST that newly fails, for another reason, or could not be tested any more, a new test that was interrupted, or, with repeats, a stop that takes longer.',
    )
    .argument('<old.json>', 'a report that --json has written')
    .argument('<new.json>', 'a later one')
    .option('--json <file>', 'write the changes as JSON; - is standard output')
    .option('--strict', 'a SHOULD that newly fails is worse too, as it fails a gate with --strict')
    .option('--no-color', 'print without colours')
    .helpOption('-h, --help', 'print this text')
    .allowExcessArguments(false);
  const given = parseArguments(command, args, io);
  if (given === undefined) return { status: 0 };
  const [oldPath = '', nowPath = ''] = given.words;
  const old = readGivenReport(oldPath, '<old.json>');
  const now = readGivenReport(nowPath, '<new.json>');
  if (old.target.kind !== now.target.kind)
    throw new UsageError({
      option: '<new.json>',
      expected: `a report of a ${old.target.kind}, as ${oldPath} is`,
      given: `one of a ${now.target.kind}`,
      fix: 'name two reports of the same target',
    });
  const { json, color, strict = false } = given.options;
  if (json !== undefined)
    refuseOverInputs(
      { json },
      [oldPath, nowPath].map((path) => ({ name: path, path })),
    );
  const file = json === undefined || json === '-' ? undefined : prepareReplacement(json, '--json');
  const found = diffReports(old, now, strict);
  const text = `${JSON.stringify(found, null, 2)}\n`;
  if (json === '-') io.stdout.write(text);
  await file?.commit(text);
  // Where standard output carries JSON, people read standard error.
  const stream = json === '-' ? io.stderr : io.stdout;
  const isColored = wantsColor({ env: io.env, isTTY: stream.isTTY === true, noColor: color === false });
  stream.write(renderDiff(found, { columns: columnsOf(stream), paint: palette(isColored) }));
  return { status: found.worse === undefined ? 0 : 1 };
}

import type { VNode } from 'preact';
import type { Contract, TargetKind } from '../../harness/contract/contract.js';
import { duration } from '../../suites/facts/time.js';
import { exitStatus } from '../exit-status.js';
import { sentence } from '../terminal/conclusion.js';
import { kindInWords } from '../terminal/result.js';
import { counted } from '../terminal/view.js';
import { shellWord } from '../text/printable.js';
import { clipped } from './clipped.js';
import { Counts } from './counts.js';
import { Fact, Facts } from './parts.js';
import type { PageView } from './view.js';

/** On top: the outcome in the words of the terminal, what was tested, and the counts. */
export function Header({ view }: { view: PageView }): VNode {
  const { report, context } = view;
  const status = exitStatus(report, context);
  const ending = report.outcome === 'interrupted' ? '' : ` Exit status ${status}.`;
  return (
    <header class={`outcome ${outcomeStyle(view)}`}>
      <h1>{clipped(sentence(report, context) + ending, 1000)}</h1>
      <LastWords output={report.output} />
      <Tested view={view} />
      <Counts view={view} />
    </header>
  );
}

/** `good`, `bad`, or `open`: as the terminal paints the sentence. */
export function outcomeStyle({ report, context }: PageView): 'good' | 'bad' | 'open' {
  const status = exitStatus(report, context);
  return status === 0 ? 'good' : status === 1 ? 'bad' : 'open';
}

function Tested({ view: { report } }: { view: PageView }): VNode {
  const { kind, name, command, client = [], protocol, contract } = report.target;
  const { startMs, addresses, cores, handled } = report.survey;
  const wasSurveyed = startMs > 0;
  const words = (given: readonly string[]) => <code>{clipped(given.map(shellWord).join(' '), 2000)}</code>;
  const where = addresses.length > 0 ? ` on ${addresses.join(', ')}` : '';
  return (
    <Facts>
      {name !== undefined && <Fact name="target">{clipped(name, 200)}</Fact>}
      <Fact name={kind === 'pair' ? 'server' : kind}>{words(command)}</Fact>
      {client.length > 0 && <Fact name="client">{words(client)}</Fact>}
      <Fact name={kind === 'server' ? 'speaks' : 'is'}>
        {wasSurveyed && kind !== 'program' ? `${kindInWords(kind, protocol)}${where}` : ''}
      </Fact>
      <Fact name="promise">{promiseOf(contract, kind)}</Fact>
      <Fact name="survey">
        {wasSurveyed
          ? `started in ${duration(startMs)}; ${handled.length > 0 ? `handles ${handled.join(', ')}` : 'no signal handlers were seen'}`
          : ''}
      </Fact>
      <Fact name="played">
        {`${counted(report.runs.length, 'run')} in ${duration(report.durationMs)}, on ${counted(cores, 'core')}, from `}
        <time dateTime={report.startedAt}>{clipped(dateInWords(report.startedAt), 40)}</time>
      </Fact>
      <Fact name="by">{`signal-conformance ${report.version}`}</Fact>
    </Facts>
  );
}

function promiseOf(contract: Contract, kind: TargetKind): string {
  const { deadlineMs, stopSignals, reloadSignals, ignoreSignals, exitStatus, notice } = contract;
  return [
    `stops${stopSignals.length > 0 ? ` on ${stopSignals.join(', ')}` : ''} within ${duration(deadlineMs)}`,
    `exit status ${exitStatus.map((one) => (one === 'signal' ? 'death by that signal' : one)).join(' or ')}`,
    notice !== undefined &&
      (kind === 'client'
        ? `is told ${JSON.stringify(notice)}`
        : `tells its clients ${JSON.stringify(notice)}`),
    reloadSignals.length > 0 && `reloads on ${reloadSignals.join(', ')}`,
    ignoreSignals.length > 0 && `ignores ${ignoreSignals.join(', ')}`,
  ]
    .filter((part) => part !== false)
    .join('; ');
}

/** In UTC, as the report has it: the same page everywhere. */
function dateInWords(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}

/** What a target said that could not be tested: mostly it says there why. */
function LastWords({ output = [] }: { output: readonly string[] | undefined }): VNode | null {
  if (output.length === 0) return null;
  return (
    <figure class="last-words">
      <figcaption>The last lines of its output:</figcaption>
      <pre>{clipped(output.join('\n'), 8000)}</pre>
    </figure>
  );
}

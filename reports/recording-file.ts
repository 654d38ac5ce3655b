import type { Recording } from '../harness/recording/recording.js';
import { jsonText } from './json.js';
import { recordingsOf } from './recordings.js';
import type { Report } from './report.js';

/** A recording as `--record` keeps it: the facts of one run, and the test that it is from. */
export interface RecordingFile extends Recording {
  readonly test: RecordedTest;
}

/** What a report says beside its runs, as far as it is needed to judge a run again. */
export interface RecordedTest {
  /** Version of signal-conformance. */
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** The target's name in the configuration file, where it has one. */
  readonly name?: string;
  readonly command: readonly string[];
  readonly client?: readonly string[];
  readonly cores: number;
  readonly honoursPort: boolean;
  readonly addresses: readonly string[];
  /** Its place among the recordings of the test, from 1. */
  readonly number: number;
  /** How many there are. */
  readonly of: number;
  /** More were planned, and not played. */
  readonly interrupted?: true;
}

/** The recordings of a report's runs as files, by their names. Pure. */
export function recordingFiles(report: Report): { readonly name: string; readonly text: string }[] {
  const names = fileNames(report.runs.map(({ id }) => id));
  return recordingsOf(report).map((recording, index) => ({
    name: names[index] as string,
    text: jsonText({ ...recording, test: testOf(report, index + 1) } satisfies RecordingFile),
  }));
}

/** What the recording of one run is from. */
export function testOf(report: Report, number: number): RecordedTest {
  const { version, startedAt, durationMs, target, survey, runs, outcome } = report;
  const { cores, honoursPort, addresses } = survey;
  return {
    version,
    startedAt,
    durationMs,
    ...(target.name === undefined ? {} : { name: target.name }),
    command: target.command,
    ...(target.client === undefined ? {} : { client: target.client }),
    cores,
    honoursPort,
    addresses,
    number,
    of: runs.length,
    ...(outcome === 'interrupted' ? { interrupted: true } : {}),
  };
}

const longest = 100;
/** Names of devices on Windows, whatever follows the first dot. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** A file name for each run: fit for every file system, and different also where case does not count. */
export function fileNames(ids: readonly string[]): string[] {
  const taken = new Set<string>();
  return ids.map((id) => {
    const plain = id.replaceAll('/', '_').replace(/[^A-Za-z0-9_.+-]/g, '~');
    // Hidden files are nobody's recordings, and a file needs a name.
    const safe = plain
      .replace(/^\.|^$/, '~')
      .replace(reserved, '~$&')
      .slice(0, longest);
    let name = `${safe}.json`;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${safe}~${count}.json`;
    taken.add(name.toLowerCase());
    return name;
  });
}

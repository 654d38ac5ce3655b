import type { Recording } from '../../harness/recording/recording.js';

/** What a run with a played server is about. A pair's runs are about whatever happens in them. */
type Topic = 'notice' | 'lost' | 'stop';

/** The reason why a requirement has nothing to say in this run; undefined where the run may be about its topic. */
export function isAboutOther({ kind, run }: Recording, topic: Topic): string | undefined {
  if (kind !== 'client') return undefined;
  const [family = ''] = run.scenario.split('/');
  const about = run.signal !== null ? 'stop' : family === 'notice' || family === 'lost' ? family : undefined;
  if (about === undefined || about === topic) return undefined;
  return {
    notice: 'the run is about a client that is told',
    lost: 'the run is about a client that loses its server',
    stop: 'the run is about a stop signal to the client',
  }[about];
}

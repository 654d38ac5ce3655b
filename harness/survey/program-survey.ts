import type { Settings } from '../options/settings.js';
import type { Session } from '../session.js';
import type { Surveyed } from './surveyed.js';

export async function surveyProgram(
  _session: Session,
  _settings: Settings,
  _onStarted?: () => void,
): Promise<Surveyed> {
  throw new Error('not built yet');
}

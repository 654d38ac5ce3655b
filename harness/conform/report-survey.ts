import type { ReportSurvey } from '../../reports/report.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';

/** The survey as reports show it. */
export function reportSurvey(surveyed: Surveyed, { cores }: Pick<Session, 'cores'>): ReportSurvey {
  const { startMs, ports, address, alone, addresses, handled, persistent, facts } = surveyed;
  return {
    startMs: Math.round(startMs * 10) / 10,
    cores,
    // A unix socket of its own choice is no address that it was told.
    honoursPort: ports === 'told' && (address.socket === undefined || alone === undefined),
    addresses,
    handled,
    persistent,
    ...(facts === undefined ? {} : { facts }),
  };
}

import { expect, test, vi } from 'vitest';
import { requirements } from '../../suites/catalogue.js';
import type { Settings } from '../options/settings.js';
import type { Session } from '../session.js';
import type { Surveyed } from '../survey/surveyed.js';
import { sweepSuite } from './sweep-suite.js';

const asked = vi.hoisted(() => [] as unknown[]);
vi.mock('./count-places.js', () => ({
  countPlaces: async (_session: unknown, _surveyed: unknown, syscalls: readonly string[]) => {
    asked.push(syscalls);
    return {
      places: [
        { syscall: 'read', number: 1 },
        { syscall: 'read', number: 2 },
      ],
      remarks: ['of the places'],
    };
  },
}));

const suite = {
  openStage: async () => {
    throw new Error('of the usual scenarios');
  },
  scenarios: [],
  requirements,
  remarks: ['of the suite'],
};

test('a run for each place, on a stage of its own, with all remarks', async () => {
  const settings = { plan: { sweep: ['read'] } } as unknown as Settings;
  const swept = await sweepSuite(suite, {} as Session, settings, {} as Surveyed);
  expect(asked).toEqual([['read']]);
  expect(swept.scenarios.map(({ id }) => id)).toEqual(['sweep-read-1', 'sweep-read-2']);
  expect(swept.openStage).not.toBe(suite.openStage);
  expect(swept.remarks).toEqual(['of the suite', 'of the places']);
});

test('what speaks of a second signal is not judged: each thread that comes to the place gets one', async () => {
  const settings = { plan: { sweep: ['read'] } } as unknown as Settings;
  const swept = await sweepSuite(suite, {} as Session, settings, {} as Surveyed);
  const left = requirements.filter((one) => !swept.requirements.includes(one)).map(({ id }) => id);
  expect(left.sort()).toEqual(['deadline.not-extended', 'repeat.forces', 'repeat.no-crash']);
});

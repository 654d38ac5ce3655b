import { describe, expect, test } from 'vitest';
import type { Contract } from '../harness/contract/contract.js';
import type { SignalName } from '../harness/contract/signal-name.js';
import type { PlanSettings } from '../harness/options/settings.js';
import type { Possibilities } from './scenario.js';
import { contract, core, fake, ids, plan, scenarios } from './testing/plan-samples.js';

describe('the plan', () => {
  test('plays all with the first stop signal, the core with each further one, and others with their own', () => {
    expect(ids()).toEqual(core);
    const reloads = { ...contract, reloadSignals: ['SIGHUP', 'SIGUSR1'] as SignalName[] };
    expect(ids({}, scenarios, reloads)).toEqual([...core, 'reload/SIGHUP', 'reload/SIGUSR1'].sort());
  });

  test('in full plays the whole product', () => {
    const delivered = [
      'core/SIGINT+group',
      'core/SIGINT+pid1',
      'core/SIGINT+terminal',
      'core/SIGTERM+background',
      'core/SIGTERM+group',
      'core/SIGTERM+pid1',
    ];
    expect(ids({ full: true })).toEqual([...core, 'once/SIGINT', ...delivered].sort());
  });

  test('begins with what takes longest; what does not say takes the deadline', () => {
    const { runs } = plan();
    expect(runs.map(({ expectedMs }) => expectedMs)).toEqual([4000, 2000, 2000, 200, 100, 100]);
    expect(runs[0]?.id).toBe('once/SIGTERM');
  });

  test('says of each run what judges need to know', () => {
    const { runs } = plan({ only: ['early-a/SIGINT'] });
    expect(runs).toMatchObject([
      { id: 'early-a/SIGINT', scenario: 'early-a', signal: 'SIGINT', delivery: 'process', early: true },
    ]);
    expect(plan({ only: ['once'] }).runs[0]?.early).toBe(false);
  });

  test('plays what two signals are for once for each other signal, which its id ends with', () => {
    const two = fake('two', { thenSignals: ({ stopSignals }) => [...stopSignals, 'SIGHUP'] });
    expect(ids({}, [two])).toEqual(['two/SIGTERM-SIGHUP', 'two/SIGTERM-SIGINT']);
    expect(ids({ full: true }, [two])).toEqual([
      'two/SIGINT-SIGHUP',
      'two/SIGINT-SIGTERM',
      'two/SIGTERM-SIGHUP',
      'two/SIGTERM-SIGINT',
    ]);
    expect(ids({ only: ['two/SIGINT-*'] }, [two])).toEqual(['two/SIGINT-SIGHUP', 'two/SIGINT-SIGTERM']);
    expect(plan({ only: ['two/SIGTERM-SIGHUP'] }, [two]).runs[0]).toMatchObject({
      signal: 'SIGTERM',
      thenSignal: 'SIGHUP',
    });
  });

  test('plays in each other way the one run that shows most, and what is asked for with the whole core', () => {
    const impossible = () => 'not with this';
    const some = [
      fake('core', { core: true }),
      fake('plain', { core: true, showsDelivery: 1 }),
      fake('better', { core: true, showsDelivery: 2 }),
      fake('best', { core: true, showsDelivery: 3, impossible }),
      fake('early-a', { core: true, early: true }),
      fake('once'),
    ];
    const delivered = (given = {}) => ids(given, some).filter((id) => id.includes('+'));
    expect(delivered()).toEqual([
      'better/SIGINT+group',
      'better/SIGINT+terminal',
      'better/SIGTERM+background',
      'better/SIGTERM+pid1',
    ]);
    expect(ids({ deliveries: ['process'] }, some).filter((id) => id.includes('+'))).toEqual([]);
    expect(ids({ deliveries: ['background'] }, some)).toEqual([
      'better/SIGTERM+background',
      'core/SIGTERM+background',
      'plain/SIGTERM+background',
    ]);
    expect(delivered({ full: true })).toContain('core/SIGTERM+group');
    expect(delivered({ only: ['core/SIGTERM+group'] })).toEqual(['core/SIGTERM+group']);
    expect(plan({ only: ['core/SIGTERM+group'] }, some).runs[0]).toMatchObject({ delivery: 'group' });
  });

  describe('wrappers', () => {
    const some = [
      fake('core', { core: true }),
      fake('shows', { core: true, showsDelivery: 1 }),
      fake('early-a', { core: true, early: true }),
    ];
    const shown = ['shows/SIGINT+wrapper-npm', 'shows/SIGTERM+wrapper-npm'];

    test('are in no plan that does not ask for them', () => {
      for (const given of [{}, { full: true }, { only: ['shows'] }, { only: ['*/SIGTERM'] }])
        expect(ids(given, some).filter((id) => id.includes('wrapper'))).toEqual([]);
      expect(ids({ only: ['core/SIGINT+wrapper-npm'] }, some)).toEqual(['core/SIGINT+wrapper-npm']);
    });

    test('are played with the scenario that shows them, and each signal beside the same without a wrapper', () => {
      expect(ids({ deliveries: ['wrapper-npm'] }, some)).toEqual([
        'shows/SIGINT',
        shown[0],
        'shows/SIGTERM',
        shown[1],
      ]);
      const both = ids({ deliveries: ['process', 'wrapper-npm'] }, some);
      expect(both).toEqual([...new Set([...ids({ deliveries: ['process'] }, some), ...shown])].toSorted());
    });

    test('are played with the whole core by --full', () => {
      expect(ids({ deliveries: ['wrapper-npm'], full: true }, some)).toEqual([
        'core/SIGINT',
        'core/SIGINT+wrapper-npm',
        'core/SIGTERM',
        'core/SIGTERM+wrapper-npm',
        'shows/SIGINT',
        shown[0],
        'shows/SIGTERM',
        shown[1],
      ]);
    });

    test('that are not here are not played, and then there is nothing to compare', () => {
      const lacking = { 'wrapper-npm': 'npm is not on PATH' };
      const { runs, notPlayed } = plan({ deliveries: ['wrapper-npm'] }, some, contract, lacking);
      expect(runs).toEqual([]);
      expect(notPlayed.map(({ id }) => id).toSorted()).toEqual(shown);
      expect(notPlayed[0]?.reason).toBe('npm is not on PATH');
    });
  });

  test('plays what is about one way in that alone, once, and only where it is asked for', () => {
    const some = [fake('core', { core: true }), fake('own', { deliveries: ['pid1'] })];
    const own = (given = {}) => ids(given, some).filter((id) => id.startsWith('own'));
    expect(own()).toEqual([]);
    expect(own({ deliveries: ['process', 'group'] })).toEqual([]);
    expect(own({ deliveries: ['pid1'] })).toEqual(['own/SIGTERM+pid1']);
    expect(own({ full: true })).toEqual(['own/SIGTERM+pid1']);
    expect(own({ only: ['own/SIGTERM+pid1'] })).toEqual(['own/SIGTERM+pid1']);
  });

  test('closes a terminal only where that is asked for, and where nothing of the scenario may freeze the target', () => {
    const hangsUp: Contract = { ...contract, stopSignals: ['SIGTERM', 'SIGHUP'] as SignalName[] };
    const undeclared = ({ stopSignals }: Contract): readonly SignalName[] =>
      stopSignals.includes('SIGHUP') ? [] : ['SIGHUP'];
    const some = [
      fake('freezes', { core: true }),
      fake('shows', { core: true, showsDelivery: 1 }),
      fake('other', { signals: undeclared, showsDelivery: 2 }),
    ];
    const closed = (given: Partial<PlanSettings>, promised = hangsUp) =>
      ids(given, some, promised).filter((id) => id.endsWith('+hangup'));
    expect(closed({})).toEqual([]);
    expect(closed({ full: true })).toEqual([]);
    expect(closed({ deliveries: ['hangup'] })).toEqual(['shows/SIGHUP+hangup']);
    expect(closed({ only: ['shows/SIGHUP+hangup'] })).toEqual(['shows/SIGHUP+hangup']);
    expect(closed({ deliveries: ['hangup'] }, contract)).toEqual(['other/SIGHUP+hangup']);
  });

  test('plays as PID 1 first with what an engine of containers sends', () => {
    const interrupted: Contract = { ...contract, stopSignals: ['SIGINT', 'SIGTERM'] as SignalName[] };
    const shows = [fake('core', { core: true, showsDelivery: 1 })];
    expect(ids({}, shows, interrupted).filter((id) => id.endsWith('+pid1'))).toEqual(['core/SIGTERM+pid1']);
  });

  test('leaves out the ways in which no signal can come here, and says why', () => {
    const { runs, notPlayed } = plan({ deliveries: ['group', 'terminal'] }, scenarios, contract, {
      terminal: 'no terminals',
    });
    expect(runs.map(({ id }) => id).sort()).toEqual(['core/SIGINT+group', 'core/SIGTERM+group']);
    expect(notPlayed).toEqual([{ id: 'core/SIGINT+terminal', reason: 'no terminals' }]);
  });

  test('numbers repeated runs, and only these', () => {
    expect(ids({ only: ['second'], repeat: 3 })).toEqual([
      'second/SIGINT#1',
      'second/SIGINT#2',
      'second/SIGINT#3',
    ]);
  });

  test('leaves out what cannot be played, and says why', () => {
    const impossible = (_: Possibilities, signal: SignalName) =>
      signal === 'SIGINT' ? 'not with this' : undefined;
    const { runs, notPlayed } = plan({}, [fake('core', { core: true, impossible })]);
    expect(runs.map(({ id }) => id)).toEqual(['core/SIGTERM']);
    expect(notPlayed).toEqual([{ id: 'core/SIGINT', reason: 'not with this' }]);
  });
});

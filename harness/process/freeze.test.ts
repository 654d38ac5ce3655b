import { describe, expect, test } from 'vitest';
import { nowMs } from '../clock.js';
import { cookieName } from './cookie.js';
import { freeze, thaw } from './freeze.js';
import { launch } from './launch.js';
import { linux } from './linux.js';
import { ProcessTable } from './process-table.js';
import { ProcessTree } from './process-tree.js';
import type { ProcessInfo } from './system.js';

function process_(pid: number, state: string, parentPid = 0): ProcessInfo {
  return { pid, parentPid, groupId: 1, sessionId: 1, startTicks: '1', state, command: 'x' };
}

/** Shows one of these looks after the other, the last for ever, and notes who is sent what. */
function looks(...shown: (readonly ProcessInfo[])[]) {
  const sent: string[] = [];
  const look = (): ProcessInfo[] => [...((shown.length > 1 ? shown.shift() : shown[0]) ?? [])];
  const send = ({ pid }: ProcessInfo, signal: NodeJS.Signals) => sent.push(`${signal} ${pid}`) > 0;
  return { look, send, sent };
}

const pidsOf = (processes: readonly ProcessInfo[]) => processes.map(({ pid }) => pid);

describe('freeze', () => {
  test('a child that was forked while the parent was being stopped is stopped too', async () => {
    const [running, stopped, child] = [process_(1, 'R'), process_(1, 'T'), process_(2, 'R')];
    const { look, send, sent } = looks([running], [stopped], [stopped, child], [stopped, process_(2, 'T')]);
    expect(pidsOf(await freeze(look, send, 1000))).toEqual([1, 2]);
    expect(sent).toEqual(['SIGSTOP 1', 'SIGSTOP 2']);
  });

  test('a child that its parent waits for in vfork goes on, and is stopped when it has executed a program', async () => {
    const [parent, child] = [process_(1, 'T'), process_(2, 'T', 1)];
    const inFork = [process_(1, 'D'), child];
    const { look, send, sent } = looks(inFork, [parent, process_(2, 'R', 1)], [parent, child]);
    expect(pidsOf(await freeze(look, send, 1000))).toEqual([1, 2]);
    expect(sent).toEqual(['SIGSTOP 1', 'SIGCONT 2', 'SIGSTOP 2']);
  });

  test('zombies need not be stopped, and cannot be', async () => {
    const { look, send, sent } = looks([process_(1, 'T'), process_(2, 'Z'), process_(3, 'X')]);
    expect(pidsOf(await freeze(look, send, 1000))).toEqual([1]);
    expect(sent).toEqual([]);
  });

  test('a process that does not stop is said, and so is a tree that has gone', async () => {
    const stubborn = looks([process_(1, 'D')]);
    await expect(freeze(stubborn.look, stubborn.send, 30)).rejects.toThrow('not seen within 30 ms');
    const gone = looks([]);
    await expect(freeze(gone.look, gone.send, 30)).rejects.toThrow('not seen within 30 ms');
  });

  test('the root, for which the signal waits, goes on last', () => {
    const order: number[] = [];
    thaw([process_(1, 'T'), process_(2, 'T', 1), process_(3, 'T', 2)], ({ pid }) => order.push(pid));
    expect(order).toEqual([3, 2, 1]);
  });

  test.runIf(process.platform === 'linux')(
    'a script that forks all the time stands still as a whole',
    async () => {
      const cookie = `freeze-test-${process.pid}/x#0`;
      const script = 'while :; do (sleep 0.001; :) & (:) & wait; done';
      const command = ['sh', '-c', script];
      const env = { [cookieName]: cookie };
      const { pid, exited } = await launch({ file: '/bin/sh', command, cwd: '/', env });
      const table = new ProcessTable(linux);
      const tree = new ProcessTree(pid, cookie, linux);
      const look = (sinceMs: number) => tree.membersIn(table.since(sinceMs));
      const send = (info: ProcessInfo, signal: NodeJS.Signals) => {
        try {
          return process.kill(info.pid, signal);
        } catch {
          return false;
        }
      };
      const living = () => look(nowMs()).filter(({ state }) => state !== 'Z');
      try {
        for (let count = 0; count < 20; count += 1) {
          const frozen = pidsOf(await freeze(look, send, 5000)).sort();
          // Whoever runs would have forked, ended or changed by now: these looks are milliseconds apart.
          for (let again = 0; again < 3; again += 1) {
            const now = living();
            expect(now.map(({ state }) => state)).toEqual(now.map(() => 'T'));
            expect(pidsOf(now).sort()).toEqual(frozen);
          }
          for (const info of living()) send(info, 'SIGCONT');
          await expect.poll(() => living().some(({ state }) => state !== 'T')).toBe(true);
        }
      } finally {
        for (let left = living(); left.length > 0; left = living())
          for (const info of left) send(info, 'SIGKILL');
        await exited;
      }
      expect(living()).toEqual([]);
    },
  );
});

import { expect, test } from 'vitest';
import { Sender } from './sender.js';

/** No process has this number: kernels give them out up to 2^22. */
const nobody = 2 ** 22 + 1;

function atTerminal() {
  const typed: string[] = [];
  const type = async (text: string) => {
    typed.push(text);
    return 42;
  };
  const hangUp = async () => 43;
  const terminal = { type, hangUp };
  return {
    typed,
    sender: new Sender({ pid: nobody, terminal }, 'terminal'),
    closing: new Sender({ pid: nobody, terminal }, 'hangup'),
  };
}

test('at a terminal a key is pressed for what has one, and when it was is told', async () => {
  const { sender, typed } = atTerminal();
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    const sending = sender.send(signal);
    expect('left' in sending && (await sending.left)).toBe(42);
  }
  expect(typed).toEqual(['\x03', '\x1c']);
});

test('what no key stands for is sent to the process, also at a terminal', () => {
  const { sender, typed } = atTerminal();
  expect(sender.send('SIGTERM')).toEqual({ error: 'ESRCH' });
  expect(typed).toEqual([]);
});

test('a signal to nobody is told as that, and whether it was for the group', () => {
  expect(new Sender({ pid: nobody }, 'process').send('SIGINT')).toEqual({ error: 'ESRCH' });
  expect(new Sender({ pid: nobody }, 'group').send('SIGINT')).toEqual({ group: true, error: 'ESRCH' });
});

test('SIGHUP comes of closing the terminal, and what follows is no key any more', async () => {
  const { closing, typed } = atTerminal();
  const sending = closing.send('SIGHUP');
  expect(sending).toMatchObject({ how: { hangup: true } });
  expect('left' in sending && (await sending.left)).toBe(43);
  expect(closing.send('SIGINT')).toEqual({ error: 'ESRCH' });
  expect(typed).toEqual([]);
});

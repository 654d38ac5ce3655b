import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { namespaceTools, whyNoNamespace, withAdvice } from './namespace-tools.js';
import { enterWords, namespaceWords } from './namespace-words.js';

const reason = await whyNoNamespace();

/** What a command writes in a namespace of its own. */
function inNamespace(...command: readonly string[]): string {
  const tools = namespaceTools();
  if (typeof tools === 'string') throw new Error(tools);
  const [file = '', ...words] = namespaceWords(tools, command);
  return execFileSync(file, words, { encoding: 'utf8' });
}

describe.skipIf(reason !== undefined)(
  `a network namespace${reason === undefined ? '' : ` (${reason})`}`,
  () => {
    test('is another one, with a loopback interface that is on, and nothing else', () => {
      const [own, ...interfaces] = inNamespace(
        'sh',
        '-c',
        'readlink /proc/self/ns/net; cat /proc/net/dev',
      ).split('\n');
      expect(own).toMatch(/^net:\[\d+\]$/);
      expect(own).not.toBe(execFileSync('readlink', ['/proc/self/ns/net'], { encoding: 'utf8' }).trim());
      expect(
        interfaces.filter((line) => /^\s*[a-z]+\d*:/.test(line)).map((line) => line.trim().split(':')[0]),
      ).toContain('lo');
      const listens = `require('net').createServer().listen(0,'127.0.0.1',function(){require('net').connect(this.address().port).once('connect',()=>{console.log('reached');process.exit()})})`;
      expect(inNamespace(process.execPath, '-e', listens)).toBe('reached\n');
    });

    test('has the settings of this one, though its table of sockets is small', () => {
      const names = [
        'core/somaxconn',
        'ipv4/tcp_max_syn_backlog',
        'ipv4/tcp_max_tw_buckets',
        'ipv4/ip_local_port_range',
      ];
      const files = names.map((name) => `/proc/sys/net/${name}`);
      expect(inNamespace('cat', ...files)).toBe(files.map((file) => readFileSync(file, 'utf8')).join(''));
    });

    test('passes arguments on as they are, and its command’s status', () => {
      expect(inNamespace('printf', '%s|', 'a b', '$HOME', "it's")).toBe("a b|$HOME|it's|");
      expect(() => inNamespace('sh', '-c', 'exit 7')).toThrow(expect.objectContaining({ status: 7 }));
    });
  },
);

test('root enters the network namespace only; an ordinary user the user namespace first, as who it is', () => {
  expect(enterWords('/usr/bin/nsenter', { inUserNamespace: false }, 17)).toEqual([
    '/usr/bin/nsenter',
    '--net=/proc/17/ns/net',
    '--',
  ]);
  expect(enterWords('/usr/bin/nsenter', { inUserNamespace: true }, 17)).toEqual([
    '/usr/bin/nsenter',
    '--user=/proc/17/ns/user',
    '--preserve-credentials',
    '--net=/proc/17/ns/net',
    '--',
  ]);
});

test('other systems have none', () => {
  expect(namespaceTools('darwin')).toBe('only Linux has them');
});

test('what is not permitted comes with what would permit it', () => {
  const problem = 'unshare: unshare failed: Operation not permitted';
  expect(withAdvice({ inUserNamespace: true }, problem)).toContain('max_user_namespaces');
  expect(withAdvice({ inUserNamespace: false }, problem)).toContain('SYS_ADMIN');
  expect(withAdvice({ inUserNamespace: false }, 'no such file')).toBe('no such file');
});

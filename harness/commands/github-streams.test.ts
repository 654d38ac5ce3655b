import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { guardStreams } from './github-streams.js';

test('what is printed is no command, and what is meant as one is', async () => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const command = guardStreams(stdout, stderr);
  stdout.write('  ::set-output name=a::b\n');
  stderr.write(Buffer.from('::add-mask::é\n'));
  command('::error::it failed\n');
  await new Promise<void>((done) => stdout.end('##[group]x\n', done));
  expect(String(stdout.read())).toBe('  : :set-output name=a::b\n## [group]x\n');
  expect(String(stderr.read())).toBe(': :add-mask::é\n::error::it failed\n');
});

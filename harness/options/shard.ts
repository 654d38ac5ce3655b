import { shown, UsageError } from '../errors.js';
import type { Shard } from './settings.js';
import { detectShard } from './shard-environment.js';

const mostParts = 1000;

/** Which part of the runs is played: `2/3`, or `auto` and `auto/3` by the variables of the machine. */
export function parseShard(
  option: string,
  value: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Shard {
  const automatic = /^auto(?:\/(\d{1,9}))?$/.exec(value);
  if (automatic) {
    const of = automatic[1] === undefined ? undefined : Number(automatic[1]);
    return checked(option, value, detectShard(option, env, of));
  }
  const [, index, of] = /^(\d{1,9})\/(\d{1,9})$/.exec(value) ?? [];
  if (index !== undefined && of !== undefined)
    return checked(option, value, { index: Number(index), of: Number(of) });
  throw wrong(option, shown(value), 'write 1/3 for the first of three parts, or auto');
}

function checked(option: string, value: string, shard: Shard): Shard {
  const { index, of } = shard;
  const given = value.startsWith('auto') ? `${value}, which is ${index}/${of} here` : shown(value);
  if (of < 1 || of > mostParts)
    throw wrong(option, given, `write ${mostParts} parts at most, and at least 1`);
  if (index < 1) throw wrong(option, given, `write 1/${of} for the first part: they are counted from 1`);
  if (index > of) throw wrong(option, given, `write ${of}/${of} for the last part, or name more parts`);
  return shard;
}

function wrong(option: string, given: string, fix: string): UsageError {
  return new UsageError({ option, expected: 'a part and the number of parts, such as 2/3', given, fix });
}

/** Durations are for parts alone: elsewhere they would have no effect. */
export function shardDurationsOf({
  shard,
  shardDurations,
}: {
  readonly shard?: string | undefined;
  readonly shardDurations?: Readonly<Record<string, number>> | undefined;
}): Readonly<Record<string, number>> | undefined {
  if (shardDurations === undefined || shard !== undefined) return shardDurations;
  throw new UsageError({
    option: 'shardDurations',
    expected: 'the option shard beside it: durations say which runs a part gets',
    given: 'shardDurations without shard',
    fix: 'name the part, such as 1/3, or leave the durations out',
  });
}

import type { BuiltInRequirement } from '../../requirement.js';
import { clientCloses } from './closes.js';
import { clientExit } from './exit.js';
import { noticeSplit } from './notice-split.js';
import { noticeWithReply } from './notice-with-reply.js';
import { sendsNoMore } from './sends-no-more.js';
import { serverLost } from './server-lost.js';
import { serverSilent } from './server-silent.js';
import { clientStops } from './stops.js';

/** What is demanded of clients. */
export const clientRequirements: readonly BuiltInRequirement[] = [
  clientCloses,
  sendsNoMore,
  clientExit,
  noticeWithReply,
  noticeSplit,
  serverLost,
  serverSilent,
  clientStops,
];

import type { Contract } from '../../../harness/contract/contract.js';
import type { ClientStage } from '../../../harness/stage/client-stage.js';
import { MomentMissed } from '../../../harness/stage/moment-missed.js';
import { scenario } from '../../scenario.js';
import { neverBetween, repliesBefore, requestToPlay } from './moments.js';

/** These are about what a client is told, and it is sent no signal. */
const common = {
  family: 'notice',
  signals: () => [null] as const,
  expectedMs: ({ deadlineMs }: Contract) => deadlineMs + 4000,
} as const;

/** After it was told: it reads, closes, and ends or connects again. */
async function obeys({ client }: ClientStage): Promise<void> {
  if (!(await client.reads())) return;
  if (await client.closes()) await client.goesOn();
}

export const noticeAlone = scenario<ClientStage>({
  ...common,
  id: 'notice/alone',
  title: 'the notice between two exchanges, with nothing before or behind it',
  impossible: neverBetween,
  async play(stage) {
    const { client, server, habits } = stage;
    const replies = repliesBefore(habits);
    // A further request is not answered: its reply would stand beside the notice.
    await client.starts({ answers: replies });
    await client.hadReplies(replies);
    await server.tells();
    await obeys(stage);
  },
});

export const noticeInsteadOfReply = scenario<ClientStage>({
  ...common,
  id: 'notice/instead-of-reply',
  title: 'the notice to a client that waits for a reply, which never comes',
  async play(stage) {
    const { client, server, habits } = stage;
    const request = requestToPlay(habits);
    await client.starts({ answers: request - 1 });
    await client.asked(request);
    await client.waits();
    await server.tells();
    await obeys(stage);
  },
});

export const noticeBetweenReplies = scenario<ClientStage>({
  ...common,
  id: 'notice/between-replies',
  title: 'a reply, the notice, and the reply to a request that had been sent before the notice came',
  async play(stage) {
    const { client, server, habits } = stage;
    const request = requestToPlay(habits);
    await client.starts({ answers: request - 1 });
    await client.asked(request);
    await server.tells();
    // The notice has been read by itself, or the reply would stand in the same segment.
    if (!(await client.reads())) return;
    await server.answers();
    if (await client.closes()) await client.goesOn();
  },
});

export const noticeWithReply = scenario<ClientStage>({
  ...common,
  id: 'notice/with-reply',
  title: 'a reply and the notice in one segment',
  async play(stage) {
    const { client, server, habits } = stage;
    const request = requestToPlay(habits);
    await client.starts({ glueAt: request });
    await client.asked(request);
    await server.settles();
    await obeys(stage);
  },
});

export const noticeSplit = scenario<ClientStage>({
  ...common,
  id: 'notice/split',
  title: 'the notice byte by byte, each once the client has read the one before',
  async play(stage) {
    const { client, server, habits } = stage;
    const request = requestToPlay(habits);
    await client.starts({ answers: request - 1 });
    await client.asked(request);
    for (let index = 0; index < server.noticeBytes; index += 1) {
      // A client that closes in the middle of it has not waited for the rest.
      if (index > 0 && server.peers.toldOpen.length === 0) break;
      await server.tellsByte(index);
      const isRead = await client.reads();
      if (!isRead)
        throw new MomentMissed(`byte ${index + 1} of the notice is read`, 'the client did not read it');
    }
    if (await client.closes()) await client.goesOn();
  },
});

export const noticeTwice = scenario<ClientStage>({
  ...common,
  id: 'notice/twice',
  title: 'the notice, and once more when it has been read',
  async play(stage) {
    const { client, server, habits } = stage;
    const request = requestToPlay(habits);
    await client.starts({ answers: request - 1 });
    await client.asked(request);
    await server.tells();
    if (!(await client.reads())) return;
    if (server.peers.toldOpen.length > 0) await server.tellsAgain();
    else stage.moment('the client had closed before the second notice');
    if (await client.closes()) await client.goesOn();
  },
});

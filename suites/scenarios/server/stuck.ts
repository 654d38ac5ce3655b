import type { ClientGroup } from '../../../harness/stage/client-group.js';
import { MomentMissed } from '../../../harness/stage/moment-missed.js';
import type { Stage } from '../../../harness/stage/stage.js';

/** More than the kernel keeps for one connection in both directions (tcp(7): tcp_rmem, tcp_wmem). */
const mostBytes = 16 * 1024 * 1024;
/** Servers close a connection after some hundred requests, or a thousand; and each of them costs the server time. */
const mostPipelined = 500;
/** How long a server has to forget a client that did not hold it, in milliseconds. */
const forgottenWithinMs = 250;

/** How long the client beside it may wait for its reply meanwhile, in milliseconds. */
const besideWithinMs = 1000;

/**
 * How long a server may take to read half a request, in milliseconds. A client that gives up and closes in the middle of
 * one is another situation, which not every server takes well: so on a busy machine it is patient.
 */
const readWithinMs = 5000;

/** A way in which a client can hold a server: what the server waits for then, and how the client gets there. */
interface Hold {
  readonly moment: string;
  /** Ends with a client that does not read. Throws `MomentMissed` where the kernel does not show that the server waits for this client. */
  readonly take: (stuck: ClientGroup) => Promise<void>;
}

/**
 * Connects a client that the server has to wait for: there is something that it owes the client, or expects of it, and
 * cannot get done without it. From then on the client neither reads, nor writes, nor closes.
 *
 * Servers differ in what holds them: one answers before it has read the body, another closes after each reply. So the
 * ways are tried in turn, beginning with replies that nobody takes, and the first of which the kernel shows that it
 * holds the server is the one that is played. Beside the stuck client, where there is room, an idle one: it sees what
 * the server has to say in the meantime.
 */
export async function connectStuckClient(stage: Stage): Promise<void> {
  const { clients, survey } = stage;
  const beside =
    survey.persistent && survey.capacity > 1 ? await clients.connect('idle', { count: 1 }) : undefined;
  await beside?.exchange();
  const ways = holds(stage, beside);
  for (const { moment, take } of ways) {
    const stuck = await clients.connect('stuck', { count: 1 });
    try {
      await take(stuck);
      stage.moment(moment);
      return;
    } catch (error) {
      if (!(error instanceof MomentMissed) || moment === ways.at(-1)?.moment) throw error;
    }
    await stuck.leave('fin');
    await stuck.closedByServer(forgottenWithinMs);
  }
}

function holds({ clients, contract, survey }: Stage, beside: ClientGroup | undefined): Hold[] {
  const half = (part: 'half-body' | 'half-headers' | 'half-line', rest: string): Hold => ({
    moment: `the server waits for the rest of ${rest}`,
    take: async (stuck) => {
      await stuck.request(part);
      await stuck.awaitedByServer(readWithinMs);
      // On a busy machine a server may be slow to answer; when it has answered somebody else since, it will not. One
      // that this client keeps from serving others waits for it all the more.
      await beside?.tryExchange(besideWithinMs);
      stuck.stillAwaitedByServer();
      await stuck.pause();
    },
  });
  const silence: Hold = {
    moment: 'the server waits on a connection for the first byte',
    take: async (stuck) => {
      await stuck.accepted();
      await stuck.pause();
    },
  };
  const unread = 'the server waits for a client that does not read';
  switch (contract.protocol) {
    case 'echo': {
      const full: Hold = {
        moment: unread,
        take: async (stuck) => {
          await stuck.fill(mostBytes);
          await stuck.blocked();
        },
      };
      // A server may drop who does not read: then it is held by what it waits for, if by anything.
      const waiting = [half('half-line', 'a line'), silence];
      return survey.persistent ? [full, ...waiting] : waiting;
    }
    case 'http': {
      const times = Math.ceil(mostBytes / clients.replyBytes);
      const full: Hold = {
        moment: unread,
        take: async (stuck) => {
          await stuck.pipeline(times);
          await stuck.blocked(undefined, { readsAll: true });
        },
      };
      // Short replies would have to be thousands: the kernel takes them all, and the server has done its work.
      const isLong = times <= (survey.persistent ? mostPipelined : 1);
      return [
        ...(isLong ? [full] : []),
        half('half-body', 'a body'),
        half('half-headers', 'the headers'),
        silence,
      ];
    }
    default:
      return [silence];
  }
}

import type { Stage } from '../../harness/stage/stage.js';

/** More than the kernel keeps for one connection in both directions (tcp(7): tcp_rmem, tcp_wmem). */
const mostBytes = 16 * 1024 * 1024;

/**
 * Connects a client that has a request in flight and neither reads nor closes: it keeps a server from going early.
 * Beside it, where there is room, an idle one: it sees what the server has to say in the meantime.
 */
export async function connectStuckClient({ clients, contract, survey }: Stage): Promise<void> {
  if (survey.persistent && survey.capacity > 1)
    await (await clients.connect('idle', { count: 1 })).exchange();
  const stuck = await clients.connect('stuck', { count: 1 });
  if (contract.protocol === 'echo' && survey.persistent) {
    await stuck.fill(mostBytes);
    await stuck.blocked();
    return;
  }
  await stuck.pause();
  if (contract.protocol === 'tcp') await stuck.accepted();
  else await stuck.request();
}

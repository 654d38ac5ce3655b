import type { ClientStage } from '../../../harness/stage/client-stage.js';
import type { Scenario } from '../../scenario.js';
import {
  lostAgain,
  lostByFin,
  lostByKill,
  lostByKillUnread,
  lostByReset,
  lostInsteadOfReply,
} from './lost.js';
import {
  noticeAlone,
  noticeBetweenReplies,
  noticeInsteadOfReply,
  noticeSplit,
  noticeTwice,
  noticeWithReply,
} from './notice.js';
import { betweenExchanges, serverIsGone, silentFromFirst, silentServer, whileExchanging } from './stops.js';

/** All scenarios for clients, by what they are about. */
export const clientScenarioGroups: Readonly<Record<string, readonly Scenario<ClientStage>[]>> = {
  'a client that is told': [
    noticeAlone,
    noticeInsteadOfReply,
    noticeBetweenReplies,
    noticeWithReply,
    noticeSplit,
    noticeTwice,
  ],
  'a client that loses its server': [
    lostByFin,
    lostInsteadOfReply,
    lostByReset,
    lostByKill,
    lostByKillUnread,
    lostAgain,
  ],
  'a client that is stopped': [
    betweenExchanges,
    whileExchanging,
    silentServer,
    silentFromFirst,
    serverIsGone,
  ],
};

export const clientScenarios: readonly Scenario<ClientStage>[] = Object.values(clientScenarioGroups).flat();

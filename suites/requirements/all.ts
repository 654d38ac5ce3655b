import type { BuiltInRequirement } from '../requirement.js';
import { clientRequirements } from './client/all.js';
import { graceIsGiven } from './deadline/grace.js';
import { deadlineHolds } from './deadline/holds.js';
import { deadlineIsNotExtended } from './deadline/not-extended.js';
import { exitIsPrompt } from './deadline/prompt.js';
import { deadlineTracks } from './deadline/tracks.js';
import { acceptQueueIsDrained } from './drain/accept-queue.js';
import { idleConnectionsAreClosed } from './drain/idle-close.js';
import { requestsInFlightAreAnswered } from './drain/in-flight.js';
import { lateClientsGetAnAnswer } from './drain/late-client.js';
import { repliesAreNotTruncated } from './drain/no-truncation.js';
import { simultaneousRequestsAreAnswered } from './drain/simultaneous.js';
import { exitConsistent } from './exit/consistent.js';
import { exitNoCrash } from './exit/no-crash.js';
import { exitStatus } from './exit/status.js';
import { connectionsCloseCleanly } from './notice/clean-close.js';
import { repliesAnnounceTheClose } from './notice/connection-close.js';
import { everyClientIsTold } from './notice/every-client.js';
import { noticeIsFramed } from './notice/framed.js';
import { noticeComesOnce } from './notice/once.js';
import { noticeIsPrompt } from './notice/prompt.js';
import { outputNoTraceback } from './output/no-traceback.js';
import { pid1Reaps } from './pid1/reaps.js';
import { pid1Stops } from './pid1/stops.js';
import { programRequirements } from './program/all.js';
import { releaseFiles } from './release/files.js';
import { releasePort } from './release/port.js';
import { releaseRecovers } from './release/recovers.js';
import { reloadServes } from './reload/serves.js';
import { reloadStillStoppable } from './reload/still-stoppable.js';
import { repeatForces } from './repeat/forces.js';
import { repeatNoCrash } from './repeat/no-crash.js';
import { startClean } from './start/clean.js';
import { startStoppable } from './start/stoppable.js';
import { stopIsAcknowledged } from './stop/acknowledged.js';
import { stopSignalsAreHandled } from './stop/handled.js';
import { surviveClientReset } from './survive/client-reset.js';
import { surviveIgnored } from './survive/ignored.js';
import { surviveStopped } from './survive/stopped.js';
import { surviveUndeclaredHangup } from './survive/undeclared-hangup.js';
import { terminalHangup } from './terminal/hangup.js';
import { terminalInterrupt } from './terminal/interrupt.js';
import { treeNoOrphans } from './tree/no-orphans.js';
import { treeNoZombies } from './tree/no-zombies.js';
import { treeRootLast } from './tree/root-last.js';
import { wrapperForwards } from './wrapper/forwards.js';

/** Every requirement, area by area. */
export const allRequirements: readonly BuiltInRequirement[] = [
  stopIsAcknowledged,
  stopSignalsAreHandled,
  startClean,
  startStoppable,
  graceIsGiven,
  deadlineHolds,
  deadlineIsNotExtended,
  exitIsPrompt,
  deadlineTracks,
  connectionsCloseCleanly,
  repliesAnnounceTheClose,
  everyClientIsTold,
  noticeIsFramed,
  noticeComesOnce,
  noticeIsPrompt,
  idleConnectionsAreClosed,
  requestsInFlightAreAnswered,
  lateClientsGetAnAnswer,
  repliesAreNotTruncated,
  simultaneousRequestsAreAnswered,
  acceptQueueIsDrained,
  exitConsistent,
  exitNoCrash,
  exitStatus,
  outputNoTraceback,
  treeNoOrphans,
  treeNoZombies,
  treeRootLast,
  releaseFiles,
  releasePort,
  releaseRecovers,
  surviveClientReset,
  surviveIgnored,
  surviveStopped,
  surviveUndeclaredHangup,
  repeatForces,
  repeatNoCrash,
  reloadServes,
  reloadStillStoppable,
  terminalInterrupt,
  wrapperForwards,
  terminalHangup,
  pid1Stops,
  pid1Reaps,
  ...clientRequirements,
  ...programRequirements,
];

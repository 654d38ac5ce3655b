import type { Scenario } from '../../scenario.js';
import { acceptQueue } from './accept-queue.js';
import { busyClients } from './busy-clients.js';
import { earlyBound, earlyGrid, earlyHandler, earlySpawned } from './early.js';
import { hangup } from './hangup.js';
import { idle } from './idle.js';
import { idleClients } from './idle-clients.js';
import { ignoredSignal } from './ignored-signal.js';
import { inheritedOrphan } from './inherited-orphan.js';
import { killed } from './killed.js';
import { lateClient } from './late-client.js';
import { leavingClients } from './leaving-clients.js';
import { mixedSignals } from './mixed-signals.js';
import { otherDeadline } from './other-deadline.js';
import { partialRequest } from './partial-request.js';
import { patientClient } from './patient-client.js';
import { reloadThenStop } from './reload-then-stop.js';
import { reloadUnderLoad } from './reload-under-load.js';
import { repeatedSignal } from './repeated-signal.js';
import { restart } from './restart.js';
import { secondInterrupt } from './second-interrupt.js';
import { signalBurst } from './signal-burst.js';
import { silentConnection } from './silent-connection.js';
import { simultaneousRequest } from './simultaneous-request.js';
import { slowRequest } from './slow-request.js';
import { stopped } from './stopped.js';
import { stuckClient } from './stuck-client.js';
import { vanishedClient } from './vanished-client.js';
import { zombieWatch } from './zombie-watch.js';

/** All scenarios for servers, by what they are about. */
export const serverScenarioGroups: Readonly<Record<string, readonly Scenario[]>> = {
  'a stop with clients': [
    idle,
    idleClients,
    busyClients,
    leavingClients,
    patientClient,
    stuckClient,
    otherDeadline,
    silentConnection,
    partialRequest,
    slowRequest,
    simultaneousRequest,
    acceptQueue,
    lateClient,
    vanishedClient,
  ],
  'a stop and more signals': [repeatedSignal, secondInterrupt, mixedSignals, signalBurst, stopped],
  'a stop during the start': [earlySpawned, earlyHandler, earlyBound, earlyGrid],
  'what comes after': [restart, killed],
  'other signals': [hangup, ignoredSignal, reloadUnderLoad, reloadThenStop],
  'steady service': [zombieWatch, inheritedOrphan],
};

export const serverScenarios: readonly Scenario[] = Object.values(serverScenarioGroups).flat();

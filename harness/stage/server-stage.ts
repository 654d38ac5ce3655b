import { nowMs } from '../clock.js';
import type { Address } from '../survey/surveyed.js';
import { addressAt, nextPlace } from '../target/place.js';
import { Clients } from './clients.js';
import type { OpenedStage, StageContext } from './play.js';
import { Server } from './server.js';
import type { Stage } from './stage.js';

/** The stage for servers: a fresh instance of the target, and clients of the fleet. */
export async function openServerStage(
  context: StageContext,
): Promise<OpenedStage<Stage> & { readonly address: Address }> {
  const { session, recorder, survey, key, run } = context;
  const { contract } = survey;
  const place = await nextPlace(session, survey.ports === 'fixed' ? survey.address.port : undefined);
  const address = { ...addressAt(place, survey) };
  const clients = new Clients({
    session,
    recorder,
    run: key,
    contract,
    survey,
    address,
    count: context.clients,
  });
  const server = new Server({
    session,
    recorder,
    runId: key,
    delivery: run.delivery,
    contract,
    survey,
    place,
    address,
    canaries: () => clients,
  });
  const [stopSignal = 'SIGTERM'] = contract.stopSignals;
  const stage: Stage = {
    server,
    clients,
    contract,
    survey,
    signal: run.signal ?? stopSignal,
    ...(run.thenSignal === undefined ? {} : { thenSignal: run.thenSignal }),
    ...(run.place === undefined ? {} : { place: run.place }),
    ...(run.placeAt === undefined ? {} : { placeAt: run.placeAt }),
    stopSignal,
    slowPath: session.target.slowPath,
    moment: (words) => recorder.add({ type: 'moment', moment: words, atMs: nowMs() }),
  };
  return {
    stage,
    address,
    ready: () => server.ready(),
    settle: () => clients.settle(),
    async close() {
      await server.cleanUp();
      await clients.release();
    },
  };
}

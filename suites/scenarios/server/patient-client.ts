import { scenario } from '../../scenario.js';
import { needsExchange, needsIdleClients } from './possible.js';

/** A client that uses all the time that the deadline gives it. */
export const patientClient = scenario({
  id: 'patient-client',
  title: 'a client that keeps its connection and is still exchanging at 0.8 of the deadline',
  impossible: (possibilities) => needsExchange(possibilities) ?? needsIdleClients(possibilities),
  async play({ server, clients, signal, contract }) {
    const patient = await clients.connect('patient', { count: 1 });
    await patient.loop({ pauseMs: Math.min(100, contract.deadlineMs / 10) });
    await patient.replied(1);
    server.send(signal);
    await server.exit();
  },
});

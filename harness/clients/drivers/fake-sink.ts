import type { DriverSink } from './driver.js';

/** A sink that writes down in words what a driver says, in order. */
export function fakeSink(): { readonly sink: DriverSink; readonly said: string[] } {
  const said: string[] = [];
  const sink: DriverSink = {
    replyStarted: (exchange) => said.push(`started ${exchange}`),
    reply: (exchange, { bytes, status, connectionClose }) => {
      const http = status === undefined ? '' : ` status ${status}${connectionClose ? ' close' : ''}`;
      said.push(`reply ${exchange} of ${bytes}${http}`);
    },
    replyTruncated: (exchange, { receivedBytes, expectedBytes }) =>
      said.push(`truncated ${exchange} at ${receivedBytes} of ${expectedBytes}`),
    told: (framed) => said.push(framed ? 'told' : 'told inside a reply'),
    unexpected: (text) => said.push(`unexpected ${JSON.stringify(text)}`),
  };
  return { sink, said };
}

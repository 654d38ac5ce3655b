import type { ConnectOptions } from '../messages.js';
import type { Driver, DriverSink } from './driver.js';
import { EchoDriver } from './echo.js';
import { HttpDriver } from './http.js';
import { TcpDriver } from './tcp.js';

/** The driver for a connection's protocol. `label` marks its messages. */
export function createDriver(sink: DriverSink, label: string, options: ConnectOptions): Driver {
  const { protocol, notice, trimmed, host, port, socket, path } = options;
  switch (protocol) {
    case 'echo':
      return new EchoDriver(sink, { label, notice, trimmed });
    case 'http':
      return new HttpDriver(sink, { host: socket === undefined ? `${hostInUrl(host)}:${port}` : host, path });
    case 'tcp':
      return new TcpDriver(sink, notice);
  }
}

/** As a browser would send it: a mapped address is reached by IPv4, and named by it. */
function hostInUrl(host: string): string {
  if (host.startsWith('::ffff:')) return host.slice('::ffff:'.length);
  return host.includes(':') ? `[${host}]` : host;
}

import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

/** Where to listen. */
export interface Address {
  /** A name or an IP address; `127.0.0.1` is reached from this machine only. */
  readonly host: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
}

/** A server that listens. */
export interface RunningServer {
  /** Where the pages are, such as `http://127.0.0.1:8750/`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening, ends open connections, and resolves when that is done. */
  readonly close: () => Promise<void>;
}

/** A link may carry a long indicator value in its address. */
const LARGEST_HEADER = 128 * 1024;

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

/**
 * Serves an app and resolves when it listens. Rejects with Node's own error where it cannot
 * (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `ENOTFOUND`).
 *
 * On a loopback address only requests for a loopback name are answered, so that a web site that points its
 * own name at 127.0.0.1 (DNS rebinding) cannot read private rules through the visitor's browser.
 */
export function serve(app: Hono, address: Address): Promise<RunningServer> {
  const guarded = LOOPBACK.has(address.host);
  const server = createAdaptorServer({
    fetch: (request) => (guarded && !isForLoopback(request) ? wrongHost() : app.fetch(request)),
    overrideGlobalObjects: false,
    serverOptions: { maxHeaderSize: LARGEST_HEADER },
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      server.off('error', reject);
      const { port } = server.address() as AddressInfo;
      const host = address.host.includes(':') ? `[${address.host}]` : address.host;
      resolve({
        url: `http://${host}:${port}/`,
        port,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            if ('closeAllConnections' in server) server.closeAllConnections();
          }),
      });
    });
  });
}

function isForLoopback(request: Request): boolean {
  const name = new URL(request.url).hostname.replace(/^\[|\]$/g, '');
  return LOOPBACK.has(name);
}

function wrongHost(): Response {
  return new Response('This server answers requests for localhost only.\n', {
    status: 421,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
}

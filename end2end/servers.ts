// Servers that a test starts for itself and ends as it likes, and a door that stands between browsers and a server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';

/** A server that runs. */
export type Server = {
  address: string;
  port: number;
  /** Stops it where it stands: it answers nobody, and does nothing. */
  freeze(): void;
  /** Ends it, and waits until it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
};

/** Starts a server on this run's database, or with a folder on one of its own; resolves once it listens. */
export async function serve({ port = 0, data = '' } = {}): Promise<Server> {
  const { DATABASE_URL: _url, DATABASE_URL_FILE: _file, ...env } = process.env;
  const server = spawn(process.env.STEWARD!, ['serve', '--demo', '--host', 'localhost', '--port', `${port}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: data ? { ...env, STEWARD_DATA: data } : process.env,
  });
  const gone = once(server, 'exit');
  const freeze = () => void server.kill('SIGSTOP');
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    server.kill(signal);
    await gone;
  };
  let found: string | undefined;
  for await (const line of createInterface({ input: server.stdout! })) {
    found = /Residents\s+http:\/\/[^\s/]+:(\d+)\//.exec(line)?.[1];
    if (found) {
      break;
    }
  }
  if (!found) {
    throw new Error('the server did not start');
  }
  // What it says further on is nobody's business, but must be read.
  server.stdout!.resume();
  return { address: `http://localhost:${found}`, port: Number(found), freeze, end };
}

/** Lets everything through between browsers and a server, but for what a test wants otherwise. */
export type Door = {
  address: string;
  /** Whatever is asked for at these addresses does not come through. */
  refuses?: RegExp;
  /** The build that the service worker claims to be of. */
  build?: string;
  close(): Promise<void>;
};

/** Puts a door before a server. */
export async function doorTo(server: string): Promise<Door> {
  const { hostname, port } = new URL(server);
  const proxy = createServer(async (asked, answer) => {
    if (door.refuses?.test(asked.url!)) {
      answer.writeHead(503).end();
      return;
    }
    if (door.build && asked.url === '/worker.js') {
      const script = await (await fetch(`${server}/worker.js`)).text();
      answer.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' });
      answer.end(script.replace(/const BUILD = "[^"]*"/, `const BUILD = "${door.build}"`));
      return;
    }
    const passed = request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, (reply) => {
      answer.writeHead(reply.statusCode!, reply.headers);
      // Either side may hang up.
      pipeline(reply, answer, () => {});
    });
    passed.on('error', () => answer.destroy());
    pipeline(asked, passed, () => {});
  });
  await once(proxy.listen(0, 'localhost'), 'listening');
  const door: Door = {
    address: `http://localhost:${(proxy.address() as AddressInfo).port}`,
    async close() {
      const closed = once(proxy, 'close');
      proxy.close();
      proxy.closeAllConnections();
      await closed;
    },
  };
  return door;
}

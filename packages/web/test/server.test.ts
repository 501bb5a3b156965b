import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createApp, serve } from '../src/index.ts';
import { sampleCatalog, sampleRule } from './sample-catalog.ts';

const app = createApp(sampleCatalog({ rules: [sampleRule('sigma/1')] }));

async function start(port = 0) {
  const server = await serve(app, { host: '127.0.0.1', port });
  onTestFinished(server.close);
  return server;
}

/** A request with a Host header of its own, which fetch does not allow. */
function statusFor(port: number, host: string, path = '/'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.on('error', reject);
    call.end();
  });
}

test('serves on a free port and says where', async () => {
  const server = await start();
  expect(server.url).toBe(`http://127.0.0.1:${server.port}/`);
  const response = await fetch(server.url);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('Quiet install');
});

test('closes although a connection is kept alive', async () => {
  const server = await serve(app, { host: '127.0.0.1', port: 0 });
  await (await fetch(server.url)).text();
  await server.close();
  await expect(fetch(server.url)).rejects.toThrow();
});

test('a taken port is an error', async () => {
  const { port } = await start();
  await expect(serve(app, { host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('on loopback only loopback names are answered', async () => {
  const { port } = await start();
  expect(await statusFor(port, `localhost:${port}`)).toBe(200);
  expect(await statusFor(port, `127.0.0.1:${port}`)).toBe(200);
  expect(await statusFor(port, `evil.example:${port}`)).toBe(421);
});

test('an address may hold a long indicator value', async () => {
  const { port } = await start();
  const path = `/indicators?field=a&op=eq&value=${'x'.repeat(50_000)}`;
  expect(await statusFor(port, `127.0.0.1:${port}`, path)).toBe(200);
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FIRST, makeWorld, ruleText, SECOND } from './world.ts';

const FILES = {
  'rules/first.yml': ruleText('Quiet setup', FIRST),
  'rules/second.yml': ruleText('Second setup', SECOND),
};

describe('serve', () => {
  test('--build builds, prints the address, serves and ends cleanly', async () => {
    const world = makeWorld({ files: FILES });
    const pages: string[] = [];
    const { code, stdout, stderr } = await world.run(['serve', '--build', 'rules', '--port', '0'], {
      stopWhen: async (printed) => {
        const [url = ''] = /http:\S+/.exec(printed) ?? [];
        pages.push(await (await fetch(url)).text());
        return true;
      },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Rulescope is at http:\/\/127\.0\.0\.1:\d+\/\n$/);
    expect(stderr).toContain('2 rules from 2 files');
    expect(pages[0]).toContain('Quiet setup');
    const again = await world.run(['serve', '--port', '0', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({
      url: expect.stringMatching(/^http/),
      port: expect.any(Number),
    });
  });

  test('a taken port is told with what to do', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise<void>((resolve) => blocker.close(() => resolve())));
    const { port } = blocker.address() as AddressInfo;
    const world = makeWorld({ files: FILES });
    const { code, stderr } = await world.run([
      'serve',
      '--build',
      'rules',
      '--port',
      String(port),
      '--quiet',
    ]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `rulescope: Port ${port} of 127.0.0.1 is taken: choose another with --port, or 0 for any.\n`,
    );
  });

  test('refuses a host or port that makes no sense', async () => {
    const world = makeWorld({ files: FILES });
    expect((await world.run(['serve', '--port', '70000'])).code).toBe(2);
    const { code, stderr } = await world.run([
      'serve',
      '--build',
      'rules',
      '--quiet',
      '--host',
      '192.0.2.1',
      '--port',
      '0',
    ]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'rulescope: 192.0.2.1 is no address of this machine: choose another with --host.\n',
    });
  });
});

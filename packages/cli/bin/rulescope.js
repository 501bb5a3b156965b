#!/usr/bin/env node
// The launcher. Any Node that knows ES modules can parse it: keep to plain, old syntax. On a Node that is too
// old for Rulescope it runs itself again with the runtime that npm installed beside it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED = [22, 18];
const RESPAWNED = 'RULESCOPE_RESPAWNED';
// Node resolves links before it loads a module, so that this is the launcher's real place.
const folder = dirname(fileURLToPath(import.meta.url));

if (isNewEnough(process.versions.node)) start();
else respawn();

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

function start() {
  const main = join(folder, '..', 'dist', 'main.js');
  if (!existsSync(main)) fail('Rulescope is not built yet: run `npm run build` in its folder.');
  delete process.env[RESPAWNED];
  silenceSqliteWarning();
  import(pathToFileURL(main).href).then((module) => module.start(), fail);
}

// node:sqlite says on some versions of Node that it is experimental; nobody who runs a command can act on it.
function silenceSqliteWarning() {
  const emit = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    const isOfSqlite = rest[0] === 'ExperimentalWarning' && /sqlite/i.test(String(warning));
    if (!isOfSqlite) emit.call(process, warning, ...rest);
  };
}

function respawn() {
  // A runtime that is too old itself must not run itself again for ever.
  const runtime = process.env[RESPAWNED] ? null : findRuntime();
  if (runtime === null) {
    fail(
      `Rulescope needs Node ${NEEDED.join('.')} or newer, and this is Node ${process.versions.node}.\n` +
        'Install a newer one from https://nodejs.org/, or run `npm install` in the folder of Rulescope\n' +
        'without `--omit=optional`: it then brings a runtime of its own.',
    );
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'].filter((signal) => signal in constants.signals);
  const forward = (signal) => child.kill(signal);
  // Before the runtime starts: a signal that comes at once must not end the launcher alone.
  for (const signal of signals) process.on(signal, forward);
  const child = spawn(runtime, [join(folder, 'rulescope.js'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [RESPAWNED]: '1' },
  });
  child.on('error', (error) => fail(`Cannot run ${runtime}: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.removeListener(name, forward);
    if (signal === null) process.exit(code);
    else process.kill(process.pid, signal);
  });
}

// The runtime is a package of its own for each platform, in a node_modules folder above the launcher.
function findRuntime() {
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const path = join('node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  for (let place = folder; ; place = dirname(place)) {
    const runtime = join(place, path);
    if (existsSync(runtime)) return runtime;
    if (place === dirname(place)) return null;
  }
}

function fail(error) {
  process.stderr.write(`rulescope: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

import { type Browser, chromium } from 'playwright-core';

/** Debian's chromium, which `npm test` installs where it is missing. */
export const CHROMIUM = '/usr/bin/chromium';

const QUIET_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser that makes no connections of its own. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: QUIET_FLAGS });
}

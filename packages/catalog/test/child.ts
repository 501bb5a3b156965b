import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { BuildReport } from '@rulescope/catalog';

/** What a build in a process of its own is asked to do. */
export interface ChildBuild {
  readonly folder: string;
  readonly output: string;
  readonly cacheFolder: string | null;
}

/** Starts a build in another process, which runs the sources as they are. */
export function startBuild(work: ChildBuild): ChildProcess {
  const script = fileURLToPath(new URL('./child-build.ts', import.meta.url));
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, JSON.stringify(work)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What a build in another process came to: its report; null where it was killed or failed. */
export async function ended(child: ChildProcess): Promise<BuildReport | null> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  return code === 0 ? (JSON.parse(output) as BuildReport) : null;
}

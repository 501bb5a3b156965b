import type { BuildProgress } from '@rulescope/catalog';
import type { Io } from '../io.ts';
import { plainLine } from './plain.ts';
import { formatNumber } from './words.ts';

/** A line on the terminal that says how far a build is. */
export interface ProgressLine {
  readonly show: (progress: BuildProgress) => void;
  /** Removes the line. */
  readonly end: () => void;
}

/** Milliseconds before anything is shown: a quick build needs no progress. */
const PATIENCE = 1000;
/** Milliseconds between two changes of the line. */
const INTERVAL = 100;

/** The line for a build that starts now; it says nothing where stderr is no terminal. */
export function progressLine(io: Io, quiet: boolean): ProgressLine {
  const { stderr } = io;
  let next = io.now() + PATIENCE;
  let shown = false;
  const show = (progress: BuildProgress): void => {
    const now = io.now();
    if (quiet || stderr.isTTY !== true || now < next) return;
    next = now + INTERVAL;
    shown = true;
    const figures = `${formatNumber(progress.done)} of ${formatNumber(progress.total)} files  `;
    const room = Math.max(0, (stderr.columns || 80) - figures.length - 1);
    stderr.write(`\r\x1b[K${figures}${plainLine(progress.path).slice(0, room)}`);
  };
  const end = (): void => {
    if (shown) stderr.write('\r\x1b[K');
  };
  return { show, end };
}

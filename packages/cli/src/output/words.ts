import { missingNames } from '@rulescope/catalog';
import type { Diagnostic, Understood } from '@rulescope/logic';
import type { Paint } from './paint.ts';

const NUMBERS = new Intl.NumberFormat('en');

export function formatNumber(value: number): string {
  return NUMBERS.format(value);
}

/** `1 rule`, `3,780 rules`. */
export function plural(value: number, noun: string): string {
  return `${formatNumber(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** How well something is understood, in words; `diagnostics` are those that say which names nothing defines. */
export function understoodWords(
  understood: Understood,
  diagnostics: readonly Diagnostic[],
  paint: Paint,
): string {
  const missing = missingNames(diagnostics).length;
  switch (understood) {
    case 'full':
      return missing === 0
        ? paint.good('understood in full')
        : `${paint.good('understood in full')}, but for ${plural(missing, 'name')} of your environment`;
    case 'partial':
      return paint.warning('understood in part');
    case 'none':
      return paint.error('not understood');
  }
}

/** A time as people say it: `0.4 s`, `12 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 9950 ? 1 : 0)} s`;
}

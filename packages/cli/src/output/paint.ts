import { styleText } from 'node:util';
import type { Io, Output } from '../io.ts';

/** The roles that text can have. Nothing is said by colour alone. */
export interface Paint {
  readonly heading: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly error: (text: string) => string;
}

type Format = Parameters<typeof styleText>[0];

/** How to paint text for an output: as it is where that is no terminal, or where NO_COLOR is set. */
export function paintFor(output: Output, io: Pick<Io, 'env'>): Paint {
  const refused = (io.env.NO_COLOR ?? '') !== '' || io.env.TERM === 'dumb';
  const styled =
    (format: Format) =>
    (text: string): string =>
      refused ? text : styleText(format, text, { stream: output, validateStream: true });
  return {
    heading: styled('bold'),
    quiet: styled('dim'),
    good: styled('green'),
    warning: styled('yellow'),
    error: styled('red'),
  };
}

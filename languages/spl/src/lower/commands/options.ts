import { nearest } from '@rulescope/logic';
import { OPTIONS, type OptionsRow } from '../../data/options.ts';
import { CODES } from '../../diagnostic-codes.ts';
import type { Argument } from '../../syntax/ast.ts';
import { type Cursor, misread } from '../../syntax/context.ts';

type Option = Argument & { readonly kind: 'option' };

/** Says which options a command does not know, where all that it has are listed, and which flags have no truth. */
export function checkOptions(command: string, found: readonly Argument[], cursor: Cursor): void {
  const row = OPTIONS.get(command);
  if (row === undefined) return;
  let open = 0;
  for (const argument of found) {
    if (argument.kind === 'mark') open += argument.text === '(' ? 1 : argument.text === ')' ? -1 : 0;
    // Within parentheses stands a condition: `startswith=(a=b)`.
    if (argument.kind === 'option' && open <= 0) checkOption(command, row, argument, cursor);
  }
}

function checkOption(command: string, row: OptionsRow, { name, value, span }: Option, cursor: Cursor): void {
  // A token, or a field of `foreach`, may stand for any name.
  if (/[$<]/.test(name.text)) return;
  const written = name.text.toLowerCase();
  if (!row.flags.includes(written) && !row.values.includes(written)) {
    const meant = nearest(written, [...row.flags, ...row.values]);
    const hint = meant === null ? '' : ` Is it ${meant}?`;
    misread(cursor, CODES.unknownOption, `${command} has no option ${name.text}.${hint}`, span);
  } else if (row.flags.includes(written) && value.kind === 'word' && !isTruth(value.text)) {
    misread(cursor, CODES.badArguments, `${name.text} is true or false, not "${value.text}".`, span);
  }
}

/** What stands for true and false in an option; a token stands for either. */
function isTruth(text: string): boolean {
  return /^(?:t|true|1|y|yes|f|false|0|n|no)$/i.test(text) || text.includes('$');
}

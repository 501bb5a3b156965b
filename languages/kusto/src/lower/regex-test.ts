import { type Expression, regexFault, requiredLiterals, type Span, type Value } from '@rulescope/logic';
import { report } from '@rulescope/logic/parsing';
import type { Comparison } from '../data/comparisons.ts';
import { CODES } from '../diagnostic-codes.ts';
import { type Context, makeTest } from './context.ts';
import type { Field } from './operand.ts';
import { missingInEngine } from './regex-engine.ts';

/** Inline flags at the head of a pattern that hold for all of it. */
const IGNORES_CASE = /^\(\?[a-z]*i[a-z]*\)/;

type CommonParts = Pick<Field, 'field' | 'through' | 'derived'> & {
  readonly span: Span;
  readonly via: string | null;
};

/** A test of patterns, or of the start or end of a word, which the model has no operator for. */
export function testRegex(
  common: CommonParts,
  values: readonly Value[],
  comparison: Comparison,
  context: Context,
): Expression {
  const { partOfWord } = comparison;
  const place = context.expansion?.use ?? common.span;
  const patterns = values.map((value) =>
    partOfWord === undefined ? String(value) : wordPart(String(value), partOfWord),
  );
  if (partOfWord !== undefined) {
    report(
      context.to,
      CODES.wordPart,
      `The ${partOfWord} of a word is looked for: it is shown as a regex.`,
      place,
    );
  }
  for (const pattern of patterns) {
    const fault = regexFault(pattern) ?? missingInEngine(pattern);
    if (fault !== null) report(context.to, CODES.badRegex, `The pattern cannot work: ${fault}.`, place);
  }
  const flags = partOfWord !== undefined && !comparison.caseSensitive ? 'i' : '';
  const ignoresCase = flags === 'i' || patterns.every((pattern) => IGNORES_CASE.test(pattern));
  return makeTest(
    {
      ...common,
      op: 'regex',
      values: patterns,
      caseSensitive: !ignoresCase,
      flags,
      anchored: false,
      literals: patterns.map((pattern) => [...requiredLiterals(pattern, flags)]),
    },
    context,
  );
}

/** hasprefix, hassuffix: words are runs of letters and digits ("What is a term?"). */
function wordPart(text: string, part: 'start' | 'end'): string {
  const literal = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  if (part === 'start') return /^[\p{L}\p{N}]/u.test(text) ? `(?:^|[^\\p{L}\\p{N}])${literal}` : literal;
  return /[\p{L}\p{N}]$/u.test(text) ? `${literal}(?:$|[^\\p{L}\\p{N}])` : literal;
}

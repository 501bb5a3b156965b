import type { Overlap, RuleOverlap, SharedIndicator } from '@rulescope/catalog';
import { printExpression, test } from '@rulescope/logic';
import type { Paint } from './paint.ts';
import { plain, plainLine } from './plain.ts';
import { formatNumber, plural } from './words.ts';

/** Indicators of one rule that are printed. */
const MOST_SHOWN = 12;

/** The rules that look for the same as each of some others, as text for people. */
export function renderOverlap(
  subjects: readonly (Overlap & { readonly id: string | null; readonly title: string })[],
  paint: Paint,
): string {
  const parts = subjects.map((subject) => {
    const { id, title, indicators, exclusions, rules, total, tooCommon } = subject;
    const name = title === '' ? (id ?? 'The text') : title;
    const head = `${paint.heading(plainLine(name))}\n${plural(indicators, 'indicator')} and ${plural(exclusions, 'excluded value')}.`;
    const found = rules.map((overlap) => renderRule(overlap, paint));
    const none =
      indicators === 0
        ? 'It looks for nothing that could be shared.'
        : 'No rule shares an indicator with it.';
    const more = total - rules.length;
    return [
      head,
      ...(found.length === 0 ? [none] : found),
      ...(more > 0 ? [`and ${formatNumber(more)} more that share less: --limit`] : []),
      ...(tooCommon.length > 0
        ? [
            `Left out, since very many rules have them: ${tooCommon.slice(0, MOST_SHOWN).map(printed).join(', ')}`,
          ]
        : []),
    ].join('\n\n');
  });
  return `${parts.join('\n\n')}\n`;
}

function renderRule({ rule, share, shared, excluded }: RuleOverlap, paint: Paint): string {
  const lines = [
    `${paint.heading(plainLine(rule.title))}`,
    `  ${plainLine(rule.id)}  ${rule.language ?? ''}  shares ${Math.round(share * 100)} % by weight`,
    ...shared.slice(0, MOST_SHOWN).map((one) => `    ${printed(one)}  ${plural(one.rules, 'rule')}`),
    ...(shared.length > MOST_SHOWN ? [`    and ${formatNumber(shared.length - MOST_SHOWN)} more`] : []),
    ...excluded
      .slice(0, MOST_SHOWN)
      .map((one) => `    both exclude ${printed(one)}  ${plural(one.rules, 'rule')}`),
  ];
  return lines.join('\n');
}

function printed({ field, op, value, encoding }: SharedIndicator): string {
  const valueless = op === 'exists' || op === 'is_null';
  const expression = test({
    field,
    op,
    values: valueless ? [] : [value],
    caseSensitive: null,
    transforms: encoding === '' ? [] : encoding.split('|'),
    span: [0, 0],
  });
  return plain(printExpression(expression));
}

import {
  type AskedIndicator,
  type FileRule,
  type IndicatorKey,
  notCompared,
  type Overlap,
  type RuleOverlap,
  type SharedIndicator,
} from '@rulescope/catalog';
import { printExpression, test } from '@rulescope/logic';
import type { Paint } from './paint.ts';
import { plain, plainLine } from './plain.ts';
import { renderDiagnostics } from './result.ts';
import { formatNumber, plural, understoodWords } from './words.ts';

/** Indicators of one rule that are printed. */
const MOST_SHOWN = 12;

/** A rule that was compared with others. */
export interface OverlapSubject extends Omit<FileRule, 'indicators'> {
  /** Its file, or its id. */
  readonly name: string;
  /** True where the catalog has a rule of its id: it and its copies are no part of the answer. */
  readonly known: boolean;
  readonly overlap: Overlap;
}

/** The rules that look for the same as each of some others, as text for people. */
export function renderOverlap(subjects: readonly OverlapSubject[], paint: Paint): string {
  return `${subjects.map((subject) => renderSubject(subject, paint)).join('\n\n')}\n`;
}

function renderSubject(subject: OverlapSubject, paint: Paint): string {
  const { name, overlap } = subject;
  const { asked, rules, total, tooCommon } = overlap;
  const own = asked.filter((one) => one.polarity === 'include' && one.rules === 0);
  const more = total - rules.length;
  return [
    renderHead(subject, paint),
    ...renderDiagnostics(notCompared(subject), name, paint),
    ...itselfLines(overlap),
    ...(own.length === 0 ? [] : [`Looked for by no other rule:\n${ownLines(own)}`]),
    ...(overlap.notCompared > 0
      ? [`Not compared, for there are so many: ${plural(overlap.notCompared, 'value')}`]
      : []),
    ...(rules.length === 0 ? [noRule(overlap)] : rules.map((one) => renderRule(one, paint))),
    ...(more > 0 ? [`and ${plural(more, 'more rule')} that share less: --limit`] : []),
    ...(tooCommon.length > 0 ? [`Left out, since very many rules have them: ${listed(tooCommon)}`] : []),
  ].join('\n\n');
}

function renderHead(subject: OverlapSubject, paint: Paint): string {
  const { id, title, name, language, understood, diagnostics, known, overlap } = subject;
  const facts = [
    ...(id === null ? [] : [plainLine(id)]),
    language ?? 'in a language that is not read',
    understoodWords(understood, diagnostics, paint),
  ];
  const counts = `${plural(overlap.indicators, 'indicator')}, ${plural(overlap.exclusions, 'excluded value')}`;
  const own = known && name !== id ? '. The catalog has this rule: it is left out' : '';
  return [paint.heading(plainLine(title === '' ? name : title)), facts.join('  '), `${counts}${own}.`].join(
    '\n',
  );
}

/** The rules of the catalog that are the same by title and indicators: they are no part of the answer. */
function itselfLines({ itself }: Overlap): readonly string[] {
  const [first] = itself;
  if (first === undefined) return [];
  const more = itself.length > 1 ? ` and ${formatNumber(itself.length - 1)} more of that title` : '';
  return [`The catalog has this rule: ${plainLine(first.id)}${more}.`];
}

/** What nobody else looks for, and how many look for nearly the same. */
function ownLines(own: readonly AskedIndicator[]): string {
  const more = own.length - MOST_SHOWN;
  const lines = own
    .slice(0, MOST_SHOWN)
    .map((one) => `  ${printed(one)}${one.near > 0 ? `  ${plural(one.near, 'rule')} nearly the same` : ''}`);
  return [...lines, ...(more > 0 ? [`  and ${formatNumber(more)} more`] : [])].join('\n');
}

function noRule({ indicators }: Overlap): string {
  return indicators === 0 ? 'It looks for nothing that could be shared.' : 'No rule looks for any of it.';
}

function renderRule(one: RuleOverlap, paint: Paint): string {
  const { rule, share, indicators, shared, near, excluded } = one;
  const lines = [
    `${percent(share)}  ${paint.heading(plainLine(rule.title))}`,
    `      ${plainLine(rule.id)}  ${rule.language ?? ''}  ${shared.length} of its ${plural(indicators, 'indicator')}`,
    ...shared.slice(0, MOST_SHOWN).map((one) => `      ${printed(one)}  ${others(one)}`),
    ...(shared.length > MOST_SHOWN ? [`      and ${formatNumber(shared.length - MOST_SHOWN)} more`] : []),
    ...near
      .slice(0, MOST_SHOWN)
      .map(({ asked, other }) => `      ${printed(asked)}  nearly the same: ${printed(other)}`),
    ...excluded.slice(0, MOST_SHOWN).map((one) => `      both exclude ${printed(one)}  ${others(one)}`),
  ];
  return lines.join('\n');
}

/** A share as `  7 %`: how much of what the subject looks for. */
export function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-6)} %`.padStart(5);
}

function others({ rules }: SharedIndicator): string {
  return plural(rules, 'other rule');
}

function listed(keys: readonly IndicatorKey[]): string {
  const more = keys.length - MOST_SHOWN;
  const shown = keys.slice(0, MOST_SHOWN).map(printed).join(', ');
  return more > 0 ? `${shown} and ${formatNumber(more)} more` : shown;
}

function printed({ field, op, value, encoding }: IndicatorKey): string {
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

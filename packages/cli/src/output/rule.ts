import type { AttackRelease, CatalogRule, IndicatorCount, RelatedRule, RuleCount } from '@rulescope/catalog';
import { printExpression, test } from '@rulescope/logic';
import { renderAttack } from './attack.ts';
import { renderEvents } from './events.ts';
import { plain, plainLine } from './plain.ts';
import { renderDiagnostics, renderLogic, renderPart, type Style } from './result.ts';
import { columns, wrap } from './table.ts';
import { plural, understoodWords } from './words.ts';

/** What a rule's text is made from, beside the rule. */
interface RuleContext {
  /** The corpus counts of its indicators. */
  readonly counts: readonly IndicatorCount[];
  /** The release that its tags were resolved against. */
  readonly attack: AttackRelease;
}

/** A rule of the catalog as text for people: its facts, logic, counts, events, ATT&CK and related rules. */
export function renderRule(
  rule: CatalogRule,
  { counts, attack }: RuleContext,
  { paint, width }: Style,
): string {
  const { metadata, result } = rule;
  const parts = [
    `${paint.heading(plainLine(rule.title))}\n${plainLine(rule.id)}  ${rule.language ?? 'in a language that is not read'}  ${understoodWords(rule.understood, paint)}`,
    columns(factsOf(rule), ['left', 'left']).join('\n'),
  ];
  if (metadata.description !== null) parts.push(wrap(plain(metadata.description), width));
  parts.push(...renderLogic({ ...result, indicators: [], terms: [] }, paint));
  const rowsOf = (polarity: IndicatorCount['polarity']) =>
    counts.filter((count) => count.polarity === polarity).map(renderCount);
  parts.push(
    ...renderPart('Indicators', rowsOf('include'), paint),
    ...renderPart('Excluded values', rowsOf('exclude'), paint),
    ...renderPart('Event coverage', renderEvents(rule.events, paint, width), paint),
    ...renderPart(attackTitle(attack), renderAttack(rule.attack), paint),
    ...renderPart('Related rules', renderRelated(rule.related), paint),
  );
  parts.push(...renderDiagnostics(result.diagnostics, rule.path, paint));
  return `${parts.join('\n\n')}\n`;
}

function factsOf(rule: CatalogRule): readonly (readonly string[])[] {
  const { metadata } = rule;
  const { product = null, category = null, service = null } = metadata.logsource ?? {};
  const logsource = [
    product === null ? null : `product ${product}`,
    category === null ? null : `category ${category}`,
    service === null ? null : `service ${service}`,
  ];
  const facts: readonly (readonly [string, string | null])[] = [
    ['Status', metadata.status],
    ['Severity', metadata.severity],
    ['Risk score', metadata.riskScore === null ? null : String(metadata.riskScore)],
    ['Log source', logsource.filter((part) => part !== null).join(', ')],
    ['Author', metadata.author],
    ['Date', [metadata.date, metadata.modified].filter((date) => date !== null).join(', modified ')],
    ['Licence', metadata.licence],
    ['Source', rule.link ?? `${rule.source}/${rule.path}`],
    ['Tags', metadata.tags.join(', ')],
    ...metadata.facts.map(({ name, values }) => [name, values.join('; ')] as const),
  ];
  return facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, plainLine(value)]]));
}

/** A release of ATT&CK as a heading: its version, and whether it is MITRE's own. */
export function attackTitle({ version, derived }: AttackRelease): string {
  return plainLine(['ATT&CK', version ?? '', derived ? '(derived)' : ''].join(' '));
}

function renderRelated(related: readonly RelatedRule[]): readonly string[] {
  const rows = related.map(({ direction, type, id, rule }) => [
    direction === 'names' ? 'names' : 'named by',
    plainLine(type),
    plainLine(rule?.id ?? id),
    rule === null ? 'not in this catalog' : plainLine(rule.title),
  ]);
  return columns(rows, ['left', 'left', 'left', 'left']);
}

function renderCount(count: IndicatorCount): string {
  const valueless = count.op === 'exists' || count.op === 'is_null';
  const expression = test({
    field: count.field,
    op: count.op,
    values: valueless ? [] : [count.shown],
    caseSensitive: null,
    transforms: count.transforms,
    span: [0, 0],
  });
  return `${plain(printExpression(expression))}  ${countWords(count.others)}`;
}

function countWords(count: RuleCount): string {
  if (count.total === 0) return 'this rule only';
  const platforms = Object.entries(count.byPlatform).map(
    ([platform, number]) => `${plainLine(platform)} ${number}`,
  );
  return `${plural(count.total, 'other rule')} (${platforms.join(', ')})`;
}

import type { CatalogRule, IndicatorCount, RuleCount } from '@rulescope/catalog';
import { printExpression, test } from '@rulescope/logic';
import type { Paint } from './paint.ts';
import { plain, plainLine } from './plain.ts';
import { renderDiagnostics, renderLogic } from './result.ts';
import { columns, indent, wrap } from './table.ts';
import { plural, understoodWords } from './words.ts';

/** A rule of the catalog as text for people, with the corpus counts of its indicators. */
export function renderRule(
  rule: CatalogRule,
  counts: readonly IndicatorCount[],
  paint: Paint,
  width: number,
): string {
  const { metadata, result } = rule;
  const parts = [
    `${paint.heading(plainLine(rule.title))}\n${plainLine(rule.id)}  ${rule.language}  ${understoodWords(rule.understood, paint)}`,
    columns(factsOf(rule), ['left', 'left']).join('\n'),
  ];
  if (metadata.description !== null) parts.push(wrap(plain(metadata.description), width));
  parts.push(...renderLogic({ ...result, indicators: [], terms: [] }, paint));
  parts.push(
    ...renderCounts(
      'Indicators',
      counts.filter((count) => count.polarity === 'include'),
      paint,
    ),
  );
  parts.push(
    ...renderCounts(
      'Excluded values',
      counts.filter((count) => count.polarity === 'exclude'),
      paint,
    ),
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
    ['Log source', logsource.filter((part) => part !== null).join(', ')],
    ['Author', metadata.author],
    ['Date', [metadata.date, metadata.modified].filter((date) => date !== null).join(', modified ')],
    ['Licence', metadata.licence],
    ['Source', rule.link ?? `${rule.source}/${rule.path}`],
    ['Tags', metadata.tags.join(', ')],
  ];
  return facts.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, plainLine(value)]]));
}

function renderCounts(title: string, counts: readonly IndicatorCount[], paint: Paint): readonly string[] {
  if (counts.length === 0) return [];
  const rows = counts.map((count) => indent(renderCount(count), 2));
  return [`${paint.heading(title)}\n${rows.join('\n')}`];
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

import type {
  AttackRelease,
  BroaderIndicators,
  CatalogRule,
  IndicatorCount,
  IndicatorKey,
  RelatedRule,
  RuleCount,
} from '@rulescope/catalog';
import { insideFunctions, printExpression, test } from '@rulescope/logic';
import { renderAttack } from './attack.ts';
import { originFinder } from './origins.ts';
import type { Paint } from './paint.ts';
import { plain, plainLine } from './plain.ts';
import {
  renderCoverage,
  renderDiagnostics,
  renderLogic,
  renderPart,
  renderSources,
  type Style,
} from './result.ts';
import { columns, wrap } from './table.ts';
import { plural, understoodWords } from './words.ts';

/** What a rule's text is made from, beside the rule. */
interface RuleContext {
  /** The corpus counts of its indicators. */
  readonly counts: readonly IndicatorCount[];
  /** The broader indicators of what it looks for. */
  readonly broader: readonly BroaderIndicators[];
  /** The release that its tags were resolved against. */
  readonly attack: AttackRelease;
}

/** A rule of the catalog as text for people: its facts, logic, counts, events, ATT&CK and related rules. */
export function renderRule(
  rule: CatalogRule,
  { counts, broader, attack }: RuleContext,
  { paint, width }: Style,
): string {
  const { metadata, result } = rule;
  const parts = [
    `${paint.heading(plainLine(rule.title))}\n${plainLine(rule.id)}  ${languageWords(rule, paint)}`,
    columns(factsOf(rule), ['left', 'left']).join('\n'),
  ];
  if (metadata.description !== null) parts.push(wrap(plain(metadata.description), width));
  parts.push(...renderLogic({ ...result, sources: [], indicators: [], terms: [] }, paint));
  const originOf = originFinder(result);
  const rowsOf = (polarity: IndicatorCount['polarity']) =>
    counts
      .filter((count) => count.polarity === polarity)
      .flatMap((count) => renderCount(count, originOf(count)));
  parts.push(
    ...renderPart('Indicators', rowsOf('include'), paint),
    ...renderPart('Also caught by', broader.flatMap(renderBroader), paint),
    ...renderPart('Excluded values', rowsOf('exclude'), paint),
    ...renderCoverage(result, rule.events, { paint, width }),
    ...renderPart(attackTitle(attack), renderAttack(rule.attack), paint),
    ...renderPart('Related rules', renderRelated(rule.related), paint),
    ...renderPart('The same rule elsewhere', rule.copies.map(renderCopy), paint),
  );
  // A catalog has the places in the rule's own text, which may be a part of its file.
  parts.push(...renderDiagnostics(result.diagnostics, 'the rule', paint));
  return `${parts.join('\n\n')}\n`;
}

/** The language and how well it is understood; a machine-learning rule has no query at all. */
function languageWords({ language, understood, result }: CatalogRule, paint: Paint): string {
  if (language !== null) return `${language}  ${understoodWords(understood, result.diagnostics, paint)}`;
  return understood === 'none' ? 'in a language that is not read' : 'no query of its own';
}

function factsOf(rule: CatalogRule): readonly (readonly string[])[] {
  const { metadata } = rule;
  const { product = null, category = null, service = null } = metadata.logsource ?? {};
  const logsource = [
    product === null ? null : `product ${product}`,
    category === null ? null : `category ${category}`,
    service === null ? null : `service ${service}`,
  ];
  const beside = rule.result.sources.filter(({ kind }) => kind !== 'logsource');
  const facts: readonly (readonly [string, string | null])[] = [
    ['Status', metadata.status],
    ['Severity', metadata.severity],
    ['Risk score', metadata.riskScore === null ? null : String(metadata.riskScore)],
    ['Log source', logsource.filter((part) => part !== null).join(', ')],
    ['Looks in', renderSources(metadata.logsource === null ? rule.result.sources : beside).join('; ')],
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

function renderCopy({ id, title, status }: CatalogRule['copies'][number]): string {
  return `${plainLine(id)}  ${plainLine(title)}${status === null ? '' : `  ${plainLine(status)}`}`;
}

/** As the rule writes it, where it took it over from, what it is counted as where that is something else, the count. */
function renderCount(count: IndicatorCount, origins: readonly string[]): readonly string[] {
  const { written, shown, transforms } = count;
  const field = written.field === null ? null : insideFunctions(written.field, written.through);
  const own = renderIndicator({ field, op: written.op, value: shown }, transforms);
  const canonical = renderIndicator(count, encodingsOf(count));
  const isSame = own.toLowerCase() === canonical.toLowerCase();
  return [
    [own, ...origins, ...(isSame ? [] : [`= ${canonical}`]), ownWords(count)].join('  '),
    ...count.literals
      .filter((literal) => literal.others.total > 0)
      .map(
        (literal) => `  as ${renderIndicator(literal, encodingsOf(literal))}  ${countWords(literal.others)}`,
      ),
    ...count.near.map(
      (near) =>
        `  ${RELATIONS[near.relation]} ${renderIndicator(near, encodingsOf(near))}  ${near.others.total === 0 ? 'no rule' : countWords(near.others)}`,
    ),
  ];
}

/** What is said of an indicator's value beside it: its encodings. */
function encodingsOf({ encoding }: IndicatorKey): readonly string[] {
  return encoding === '' ? [] : encoding.split('|');
}

/** How a test of the rule stands to an indicator near it. */
const RELATIONS = {
  broader: 'catches more events than',
  narrower: 'catches fewer events than',
  related: 'close to, not the same as',
} as const;

/** Broader indicators of one that are printed. */
const MOST_BROADER = 3;

function renderBroader({ broader, total, ...key }: BroaderIndicators): readonly string[] {
  const shown = broader.slice(0, MOST_BROADER);
  const more = total - shown.length;
  return [
    renderIndicator(key, []),
    ...shown.map((one) => `  ${renderIndicator(one, [])}  ${countWords(one.others)}`),
    ...(more > 0 ? [`  and ${plural(more, 'broader indicator')} more`] : []),
  ];
}

function renderIndicator(
  { field, op, value }: Pick<IndicatorKey, 'field' | 'op' | 'value'>,
  transforms: readonly string[],
): string {
  const valueless = op === 'exists' || op === 'is_null';
  const expression = test({
    field,
    op,
    values: valueless ? [] : [value],
    caseSensitive: null,
    transforms,
    span: [0, 0],
  });
  return plain(printExpression(expression));
}

/** What picks events is no behaviour: how many rules pick the same ones tells nothing of this rule. */
function ownWords({ selector, others }: IndicatorCount): string {
  if (selector) return 'picks the events';
  return others.total === 0 ? 'this rule only' : countWords(others);
}

function countWords(count: RuleCount): string {
  const platforms = Object.entries(count.byPlatform).map(
    ([platform, number]) => `${plainLine(platform)} ${number}`,
  );
  return `${plural(count.total, 'other rule')} (${platforms.join(', ')})`;
}

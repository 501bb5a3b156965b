import type {
  Catalog,
  CatalogRule,
  Facet,
  FacetName,
  IndicatorCount,
  IndicatorKey,
  Page,
  RuleFilter,
  RuleMetadata,
  RuleSummary,
} from '@rulescope/catalog';
import { eventValue, FACETS, verdictValue } from '@rulescope/catalog';
import { attackOf, attackRelease, DEFAULT_ATTACK_VERSION, eventCoverage } from '@rulescope/knowledge';
import type { Expression, Result, Stage, Test } from '@rulescope/logic';
import { collect, not, or, test } from '@rulescope/logic';

/** A small catalog in memory, so that page tests need neither files nor a database. */
export interface SampleOptions {
  readonly rules: readonly CatalogRule[];
  readonly counts?: readonly IndicatorCount[];
  readonly problems?: ReturnType<Catalog['problems']>;
}

const TERM = { field: null, op: 'contains', value: 'msiexec', encoding: '' } as const;

export function sampleCatalog({ rules, counts = [], problems = [] }: SampleOptions): Catalog {
  const list = (found: readonly CatalogRule[], { limit, offset }: Page) => ({
    total: found.length,
    rules: found.slice(offset, offset + limit).map(summaryOf),
  });
  return {
    path: '/nowhere/sample.sqlite',
    builtAt: '2026-11-21T12:00:00.000Z',
    sources: [{ name: 'sample', path: '/nowhere', platform: 'sigma', licence: null, link: null }],
    stats: () => ({
      rules: rules.filter((rule) => !rule.retired).length,
      retired: rules.filter((rule) => rule.retired).length,
      files: rules.length,
      problems: problems.length,
      indicators: 7,
      sources: [
        {
          name: 'sample',
          platform: 'sigma',
          rules: rules.length,
          understood: { full: rules.length, partial: 0, none: 0 },
        },
      ],
      diagnostics: [],
    }),
    rule: (id) => rules.find((rule) => rule.id === id) ?? null,
    rules: (filter, page) =>
      list(
        rules.filter((rule) => matches(rule, filter)),
        page,
      ),
    search: (words, page, filter = {}) =>
      list(
        rules
          .filter((rule) => matches(rule, filter))
          .filter((rule) => words.split(' ').every((word) => `${rule.title} ${rule.text}`.includes(word))),
        page,
      ),
    facets: (filter, names, most) => names.map((name) => facetOf(rules, filter, name, most)),
    fieldIndicators: (field, { limit, offset }) => {
      const found = rules.flatMap((rule) =>
        rule.result.indicators
          .filter((test) => (test.canonical ?? test.field) === field)
          .flatMap(({ op, values }) =>
            values.map((value) => ({
              field,
              op,
              value: String(value).toLowerCase(),
              encoding: '',
              rules: 1,
            })),
          ),
      );
      return { total: found.length, indicators: found.slice(offset, offset + limit) };
    },
    attack: RELEASE,
    indicatorCounts: () => counts,
    fieldsCalled: () => [],
    broaderIndicators: () => [],
    overlap: () => ({
      indicators: 0,
      exclusions: 0,
      asked: [],
      notCompared: 0,
      itself: [],
      total: 0,
      rules: [],
      tooCommon: [],
    }),
    understanding: () => ({
      rows: [],
      unknownFields: [],
      unknownFieldTotal: 0,
      diagnostics: { name: 'diagnostic', values: [], total: 0 },
      missing: { name: 'missing', values: [], total: 0 },
    }),
    indicator: (key) => ({
      ...key,
      written: [
        { language: 'sigma', field: 'Image', through: [], op: 'ends_with', value: '\\msiexec.exe', rules: 2 },
        { language: 'kql', field: 'FileName', through: [], op: 'eq', value: 'msiexec.exe', rules: 1 },
      ],
      near: [{ ...TERM, relation: 'narrower', others: { total: 0, byPlatform: {} } }],
      total: 1,
      broader: [{ ...TERM, others: { total: 3, byPlatform: { splunk: 3 } } }],
      including: rules
        .filter((rule) => rule.result.indicators.some((item) => isKey(item, key)))
        .map(summaryOf),
      excluding: rules
        .filter((rule) =>
          rule.result.exclusions.some(({ where }) => 'test' in where && isKey(where.test, key)),
        )
        .map(summaryOf),
    }),
    problems: () => problems,
    notUnderstood: () => ({ total: 0, rules: [] }),
    close: () => undefined,
  };
}

const RELEASE = attackRelease(DEFAULT_ATTACK_VERSION);

export const METADATA: RuleMetadata = {
  kind: 'rule',
  title: 'Quiet install',
  description: 'An installer that asks nothing.',
  status: 'test',
  severity: 'medium',
  riskScore: null,
  author: 'A. Author',
  licence: 'Apache-2.0',
  date: '2026-01-02',
  modified: '2026-03-04',
  references: ['https://example.org/installer'],
  falsePositives: ['Software distribution'],
  tags: ['attack.t1218.007'],
  related: [],
  logsource: { product: 'windows', category: 'process_creation', service: null, definition: null },
  facts: [],
};

/** Tests that a sample rule is made of. */
export const IMAGE = test({
  field: 'Image',
  op: 'ends_with',
  values: ['\\msiexec.exe'],
  caseSensitive: false,
  span: [40, 60],
});
export const QUIET = test({
  field: 'CommandLine',
  op: 'contains',
  values: ['-q'],
  caseSensitive: false,
  transforms: ['windash'],
  expanded: [['-q', '/q', '–q', '—q', '―q']],
  span: [61, 70],
});
export const KEYWORD = test({
  field: null,
  op: 'contains',
  values: ['installer'],
  caseSensitive: false,
  span: [71, 80],
});
export const TEMP = test({
  field: 'ParentImage',
  op: 'starts_with',
  values: ['C:\\Windows\\Temp\\'],
  caseSensitive: false,
  span: [90, 110],
});

/** A rule with three selections and an exclusion; what differs is said by the caller. */
export function sampleRule(
  id: string,
  metadata: Partial<RuleMetadata> = {},
  rest: Partial<CatalogRule> = {},
): CatalogRule {
  const about = { ...METADATA, ...metadata };
  const stages = [
    stage(0, 'condition', 'selection and not filter', null),
    stage(1, 'selection', "Image|endswith: '\\msiexec.exe'", { and: [IMAGE, QUIET, KEYWORD] }),
    stage(2, 'not filter', "ParentImage|startswith: 'C:\\Windows\\Temp\\'", not(or([TEMP]))),
  ];
  const result: Result = {
    schema: 1,
    id: null,
    language: 'sigma',
    understood: 'full',
    sources: [],
    where: { and: [IMAGE, QUIET, KEYWORD, not(TEMP)] },
    stages,
    ...collect(stages),
    diagnostics: [],
  };
  return {
    id,
    platform: 'sigma',
    source: 'sample',
    path: `rules/${id.split('/').at(-1)}.yml`,
    language: 'sigma',
    kind: about.kind,
    title: about.title,
    status: about.status,
    severity: about.severity,
    author: about.author,
    understood: 'full',
    ordinal: 0,
    standalone: true,
    metadata: about,
    link: 'https://example.org/rules/quiet.yml',
    text: 'title: Quiet install\nlogsource:\n    product: windows\ndetection:\n    condition: selection and not filter\n',
    result,
    attack: attackOf(about.tags, RELEASE),
    events: eventCoverage(result, about.logsource ?? { product: null, category: null, service: null }),
    related: about.related.map(({ id, type }) => ({ direction: 'names', type, id, rule: null })),
    retired: about.status === 'deprecated',
    copies: [],
    ...rest,
  };
}

/** The test that an expression is. */
export function testIn(expression: Expression): Test {
  if (!('test' in expression)) throw new Error('This expression is no test.');
  return expression.test;
}

/** The corpus count of a test's only value. */
export function countOf(
  expression: Expression,
  polarity: 'include' | 'exclude',
  byPlatform: Readonly<Record<string, number>>,
): IndicatorCount {
  const { field, op, values, transforms } = testIn(expression);
  const shown = String(values[0]);
  const total = Object.values(byPlatform).reduce((sum, number) => sum + number, 0);
  const key = { field, op, value: shown.toLowerCase(), encoding: '' };
  return {
    ...key,
    polarity,
    written: { field, through: [], op },
    shown,
    transforms,
    status: 'canonical',
    selector: false,
    caseSensitive: false,
    others: { total, byPlatform },
    near: [],
    literals: [],
  };
}

function stage(index: number, name: string, text: string, where: Expression | null): Stage {
  return {
    index,
    name,
    kind: 'filter',
    text,
    spans: [[0, text.length]],
    understood: 'full',
    where,
    queries: [],
  };
}

function summaryOf(rule: CatalogRule): RuleSummary {
  const { id, platform, source, path, language, kind, title, status, severity, author, understood } = rule;
  return { id, platform, source, path, language, kind, title, status, severity, author, understood };
}

function matches(rule: CatalogRule, filter: RuleFilter): boolean {
  if (rule.retired && filter.retired !== true) return false;
  return FACETS.every((name) => {
    const wanted = filter[name];
    return wanted === undefined || facetValues(rule, name).includes(wanted);
  });
}

function facetValues(rule: CatalogRule, name: FacetName): readonly (string | null)[] {
  const { metadata, attack, events, result } = rule;
  const { product, category, service } = metadata.logsource ?? {};
  switch (name) {
    case 'product':
      return [product ?? null];
    case 'logsource':
      return [[product, category, service].map((part) => part ?? '').join('/')];
    case 'tactic':
      return attack.techniques.flatMap(({ tactics }) => tactics.map(({ shortname }) => shortname));
    case 'technique':
      return attack.techniques.flatMap(({ id, parent }) => (parent === null ? [id] : [id, parent.id]));
    case 'event':
      return [...new Set(events.filter(({ verdict }) => verdict !== 'blind').map(eventValue))];
    case 'verdict':
      return events.map((event) => verdictValue(event.verdict, eventValue(event)));
    case 'field':
      return [...new Set(result.indicators.map(({ field }) => field))];
    case 'diagnostic':
      return [...new Set(result.diagnostics.map(({ code }) => code))];
    case 'missing':
      return [];
    default:
      return [rule[name]];
  }
}

function facetOf(rules: readonly CatalogRule[], filter: RuleFilter, name: FacetName, most: number): Facet {
  const { [name]: _, ...others } = filter;
  const counts = new Map<string, number>();
  for (const rule of rules.filter((candidate) => matches(candidate, others))) {
    for (const value of facetValues(rule, name)) {
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  const values = [...counts].map(([value, number]) => ({ value, label: value, rules: number }));
  return { name, total: values.length, values: values.slice(0, most) };
}

function isKey(item: Test, key: IndicatorKey): boolean {
  return (
    item.field === key.field &&
    item.op === key.op &&
    item.values.some((value) => String(value).toLowerCase() === key.value)
  );
}

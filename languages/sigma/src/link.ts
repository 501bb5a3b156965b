import {
  and,
  collect,
  type Diagnostic,
  type DiagnosticCode,
  type Expression,
  type Query,
  SHARED_CODES,
  type Source,
  type Span,
  type Stage,
  simplify,
  transform,
  worst,
} from '@rulescope/logic';
import { CODES } from './diagnostic-codes.ts';
import type { RuleReference, SigmaLogsource, SigmaRule } from './rule.ts';

const [, , RESULT_TOO_LARGE] = SHARED_CODES;

/**
 * Resolves what the rules of one or several files say of each other, by id or by name: filters are joined to
 * the rules that they name, correlations get the rules that they name as nested queries. Rules that a
 * correlation names do not stand alone unless it says `generate`. Of several rules with a name the first one
 * of the same file is meant, else the first of all. Tests that come from another document have `via` and the
 * span of the place that names it. Gives the files in their order; what nothing concerns comes back as it is,
 * and so does what was linked before.
 */
export function linkSigma(files: readonly (readonly SigmaRule[])[]): readonly (readonly SigmaRule[])[] {
  const rules = files.flat();
  if (rules.every((rule) => rule.references.length === 0 || rule.linked)) return files;
  const index = indexRules(files);
  const carried = new Map<number, number>();
  const filtered = applyFilters(rules, index, carried);
  const linking: Linking = { rules: filtered, index, done: new Map(), open: new Set(), carried };
  const linked = serveOthers(
    filtered.map((rule, at) => linkCorrelation(rule, at, linking)),
    index,
  );
  let start = 0;
  return files.map((file) => {
    start += file.length;
    return linked.slice(start - file.length, start);
  });
}

interface RuleIndex {
  /** Where the rules of a name or id stand among all rules. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Which file each rule is of. */
  readonly files: readonly number[];
}

function indexRules(files: readonly (readonly SigmaRule[])[]): RuleIndex {
  const places = new Map<string, number[]>();
  files.flat().forEach((rule, at) => {
    for (const key of new Set([rule.metadata.id, rule.metadata.name])) {
      if (key === null || rule.kind === 'filter') continue;
      const known = places.get(key);
      if (known === undefined) places.set(key, [at]);
      else known.push(at);
    }
  });
  return { places, files: files.flatMap((file, number) => file.map(() => number)) };
}

function find(name: string, from: number, { places, files }: RuleIndex): number | undefined {
  const known = places.get(name) ?? [];
  return known.find((place) => files[place] === files[from]) ?? known[0];
}

function applyFilters(
  rules: readonly SigmaRule[],
  index: RuleIndex,
  carried: Map<number, number>,
): readonly SigmaRule[] {
  const result = [...rules];
  rules.forEach((filter, at) => {
    if (filter.kind !== 'filter' || filter.linked) return;
    const found: Diagnostic[] = [];
    for (const reference of filter.references) {
      const target = find(reference.name, at, index);
      const rule = target === undefined ? undefined : result[target];
      if (target === undefined || rule === undefined) found.push(notFound(reference));
      else if (rule.kind === 'rule' && !covers(filter.metadata.logsource, rule.metadata.logsource)) {
        found.push(
          said(CODES.filterLogsource, `The log source of "${reference.name}" is another.`, reference),
        );
      } else if (rule.kind === 'rule') {
        if (carry(weightOf(filter), at, { index, carried })) result[target] = withFilter(rule, filter);
        else
          found.push(
            said(RESULT_TOO_LARGE, 'The filters of this file say too much to too many rules.', reference),
          );
      }
    }
    result[at] = { ...filter, linked: true, diagnostics: [...filter.diagnostics, ...found] };
  });
  return result;
}

/** Whether each part of the log source that a filter gives is the same in the rule. */
function covers(filter: SigmaLogsource, rule: SigmaLogsource): boolean {
  return (['category', 'product', 'service'] as const).every(
    (part) => filter[part] === null || filter[part] === rule[part],
  );
}

function withFilter(rule: SigmaRule, filter: SigmaRule): SigmaRule {
  if (filter.where === null) return rule;
  const span = rule.stages[0]?.spans.at(-1) ?? [rule.offset, rule.offset];
  const where = comesFrom(filter.where, span, viaOf(filter));
  const stage: Stage = {
    index: rule.stages.length,
    name: `filter ${filter.metadata.title ?? filter.metadata.id ?? ''}`.trim(),
    kind: 'filter',
    text: filter.stages.map(({ text }) => text).join('\n'),
    spans: [span],
    understood: filter.understood,
    where,
    queries: [],
  };
  const stages = [...rule.stages, stage];
  return {
    ...rule,
    stages,
    ...collect(stages),
    where: rule.where === null ? null : simplify(and([rule.where, where])),
    understood: worst([rule.understood, filter.understood]),
  };
}

interface Linking {
  readonly rules: readonly SigmaRule[];
  readonly index: RuleIndex;
  readonly done: Map<number, SigmaRule>;
  readonly open: Set<number>;
  /** What the correlations of each file have taken over. */
  readonly carried: Map<number, number>;
}

/** What the correlations of one file may take over together, and its filters hand out: they can multiply. */
const HEAVIEST = 20_000;

function linkCorrelation(rule: SigmaRule, at: number, linking: Linking): SigmaRule {
  const known = linking.done.get(at);
  if (known !== undefined) return known;
  if (rule.kind !== 'correlation' || rule.linked) return rule;
  linking.open.add(at);
  const found: Diagnostic[] = [];
  const unlinked = rule.stages[0]?.queries ?? [];
  const queries = unlinked.map((query, i) => {
    const reference = rule.references[i];
    const named = reference === undefined ? null : resolve(reference, rule, at, linking);
    if (reference === undefined || named === null) return query;
    if (!('kind' in named)) {
      found.push(named);
      return query;
    }
    if (carry(weightOf(named), at, linking)) return relocate(named, reference.span, viaOf(named));
    found.push(said(RESULT_TOO_LARGE, 'The rules that are named hold too much to be shown here.', reference));
    return query;
  });
  linking.open.delete(at);
  const linked = withQueries(rule, queries, found);
  linking.done.set(at, linked);
  return linked;
}

function resolve(
  reference: RuleReference,
  rule: SigmaRule,
  at: number,
  linking: Linking,
): SigmaRule | Diagnostic {
  const target = find(reference.name, at, linking.index);
  const named = target === undefined ? undefined : linking.rules[target];
  if (target === undefined || named === undefined) return notFound(reference);
  if (linking.open.has(target) || linking.open.size > MOST_LEVELS) {
    return said(
      CODES.correlationCycle,
      `"${reference.name}" leads back to "${rule.metadata.title ?? rule.id}".`,
      reference,
    );
  }
  return linkCorrelation(named, target, linking);
}

/** No chain of correlations that a person wrote is longer. */
const MOST_LEVELS = 50;

/** Takes a weight from what the file of a correlation may still take over; false where it is too heavy. */
function carry(weight: number, at: number, { index, carried }: Pick<Linking, 'index' | 'carried'>): boolean {
  const file = index.files[at] ?? 0;
  const total = (carried.get(file) ?? 0) + weight;
  if (total > HEAVIEST) return false;
  carried.set(file, total);
  return true;
}

/** Stages and values of a query; those of its nested queries are listed on each level above them again. */
function weightOf(query: Query): number {
  const values = query.indicators.reduce(
    (sum, { values, expanded }) => sum + 1 + values.length + (expanded?.flat().length ?? 0),
    query.stages.length,
  );
  const nested = query.stages.flatMap((stage) => stage.queries);
  return nested.reduce((sum, inner) => sum + weightOf(inner), values);
}

function withQueries(rule: SigmaRule, queries: readonly Query[], found: readonly Diagnostic[]): SigmaRule {
  const stages = rule.stages.map((stage, i) => (i === 0 ? { ...stage, queries } : stage));
  return {
    ...rule,
    stages,
    ...collect(stages),
    sources: distinct([...rule.sources, ...queries.flatMap((query) => query.sources)]),
    understood: worst([rule.understood, ...queries.map((query) => query.understood)]),
    diagnostics: [...rule.diagnostics, ...found],
    linked: true,
  };
}

function distinct(sources: readonly Source[]): readonly Source[] {
  return [...new Map(sources.map((source) => [`${source.kind} ${source.value}`, source])).values()];
}

function relocate(query: Query, span: Span, via: string): Query {
  const stages = query.stages.map((stage) => ({
    ...stage,
    spans: [span],
    where: stage.where === null ? null : comesFrom(stage.where, span, via),
    queries: stage.queries.map((inner) => relocate(inner, span, via)),
  }));
  return {
    id: query.id ?? null,
    title: query.title ?? null,
    language: query.language,
    understood: query.understood,
    sources: query.sources,
    where: query.where === null ? null : comesFrom(query.where, span, via),
    stages,
    ...collect(stages),
    diagnostics: [],
  };
}

function comesFrom(where: Expression, span: Span, via: string): Expression {
  return transform(where, (part) => {
    if ('test' in part) return { test: { ...part.test, span, via: part.test.via ?? via } };
    return 'unknown' in part ? { unknown: { ...part.unknown, span } } : part;
  });
}

function viaOf(rule: SigmaRule): string {
  return `document:${rule.metadata.id ?? rule.metadata.name ?? rule.metadata.title ?? ''}`;
}

function notFound(reference: RuleReference): Diagnostic {
  return said(CODES.ruleNotFound, `There is no rule "${reference.name}" here.`, reference);
}

function said(
  row: Pick<DiagnosticCode, 'code' | 'severity'>,
  message: string,
  reference: RuleReference,
): Diagnostic {
  const { span, line, column } = reference;
  return { severity: row.severity, code: row.code, message, span, line, column };
}

/** Marks the rules that only serve a correlation. */
function serveOthers(rules: readonly SigmaRule[], index: RuleIndex): readonly SigmaRule[] {
  const serving = new Set<number>();
  rules.forEach((rule, at) => {
    if (rule.kind !== 'correlation' || rule.generate) return;
    for (const { name } of rule.references) {
      const target = find(name, at, index);
      if (target !== undefined) serving.add(target);
    }
  });
  return rules.map((rule, at) => (serving.has(at) ? { ...rule, standalone: false } : rule));
}

import {
  and,
  type Expression,
  nearest,
  not,
  or,
  type Span,
  type Stage,
  simplify,
  test,
  type Understood,
  unknown,
  worst,
} from '@rulescope/logic';
import { childReporter, type Reporter, report, ruleBudget, type TextBudget } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import {
  type Aggregation,
  type AggregationPart,
  parseAggregation,
  splitCondition,
} from '../syntax/aggregation.ts';
import { type Condition, parseCondition, selectionsIn } from '../syntax/condition.ts';
import { placesOf } from '../text/places.ts';
import { dedented, type OffsetMap, offsetMap } from '../text/source-text.ts';
import type { YamlEntry, YamlScalar } from '../text/yaml.ts';
import { type ConditionContext, lowerCondition, type Selection } from './condition-filter.ts';
import { lowerSelection } from './selection.ts';
import { planStages } from './stage-plan.ts';

/** What the `detection` part of a rule (or the `filter` part of a filter) asks for. */
export interface Detection {
  readonly where: Expression | null;
  readonly stages: readonly Stage[];
}

/** One condition of a rule: what stands before its pipe, and behind. */
interface ConditionText {
  readonly source: string;
  readonly condition: Condition;
  readonly where: Expression;
  readonly understood: boolean;
  readonly aggregation: AggregationText | null;
}

interface AggregationText {
  readonly source: string;
  /** From the pipe on. */
  readonly span: Span;
  readonly aggregation: Aggregation | null;
}

/**
 * Lowers a detection: the condition is the first stage, then come the selections in the order in which it
 * uses them, then what stands behind a pipe, then selections that it never uses.
 * `headings` are the places of the key that the detection stands under, `end` is where it ends.
 */
export function lowerDetection(
  entries: readonly YamlEntry[],
  headings: readonly Span[],
  end: number,
  text: TextBudget,
  to: Reporter,
): Detection {
  const places = placesOf(entries, [headings.at(-1)?.[1] ?? 0, end], to.text);
  const selections = lowerSelections(entries.filter(isSelection), places, text, to);
  const timeframe = entries.find((candidate) => candidate.key === 'timeframe' && !isSelection(candidate));
  const given = entries.filter((candidate) => candidate.key === 'condition');
  // Where a key is given twice, most tools take the last.
  const entry = given.at(-1);
  const budget = ruleBudget(text);
  const context = { to, selections, budget, offsets: (offset: number) => offset, understood: true };
  const conditions =
    entry === undefined ? [] : conditionNodes(entry, to).map((node) => readCondition(node, context));
  if (entry === undefined) reportMissing(entries, headings, to);
  const where = conditions.length === 0 ? null : simplify(or(conditions.map((condition) => condition.where)));
  const near = conditions.some(({ aggregation }) => aggregation?.aggregation?.kind === 'near');
  return {
    where: near ? null : where,
    stages: numbered([
      conditionStage(
        conditions,
        given.map((one) => places.get(one) ?? one.span),
        headings,
      ),
      ...selectionStages(conditions, context),
      ...conditions.flatMap(({ aggregation }) =>
        aggregation === null ? [] : aggregationStage(aggregation, timeframe, to),
      ),
      ...timeframeStage(timeframe, conditions, to),
      ...unusedStages(conditions, context),
    ]),
  };
}

function reportMissing(entries: readonly YamlEntry[], headings: readonly Span[], to: Reporter): void {
  const meant = entries.find((entry) => nearest(entry.key, ['condition']) !== null);
  const advice = meant === undefined ? '' : ` The key "${meant.key}" must be written "condition".`;
  const place = meant?.keySpan ?? headings[0] ?? [0, 0];
  report(to, CODES.missingCondition, `The detection has no condition.${advice}`, place);
}

type Places = ReadonlyMap<YamlEntry, Span>;

/** Only `timeframe` with a plain value is the old time frame; a map or list of that name is a selection. */
function isSelection(entry: YamlEntry): boolean {
  return entry.key !== 'condition' && (entry.key !== 'timeframe' || entry.value.kind !== 'scalar');
}

function lowerSelections(
  entries: readonly YamlEntry[],
  places: Places,
  text: TextBudget,
  to: Reporter,
): ReadonlyMap<string, Selection> {
  const budget = ruleBudget(text);
  const selections = new Map<string, Selection>();
  for (const entry of entries) {
    const before = budget.left;
    const { where, understood } = lowerSelection(entry, { to, budget });
    const same = selections.get(entry.key);
    selections.set(entry.key, {
      name: entry.key,
      entries: [...(same?.entries ?? []), entry],
      places: [...(same?.places ?? []), places.get(entry) ?? entry.span],
      where: simplify(same === undefined ? where : and([same.where, where])),
      understood: understood && (same?.understood ?? true),
      cost: before - budget.left + (same?.cost ?? 0),
    });
  }
  return selections;
}

function conditionNodes(entry: YamlEntry, to: Reporter): readonly YamlScalar[] {
  const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  const texts = nodes.filter((node): node is YamlScalar => node.kind === 'scalar' && node.value !== null);
  if (texts.length < nodes.length || nodes.length === 0) {
    report(to, CODES.badCondition, 'A condition must be text, or a list of texts.', entry.span);
  }
  return texts;
}

function readCondition(node: YamlScalar, shared: ConditionContext): ConditionText {
  const { to } = shared;
  const offsets = offsetMap(node, to.text);
  const split = splitCondition(node.written);
  const context: ConditionContext = { ...shared, offsets, understood: true };
  const parsed = parseCondition(split.condition);
  for (const problem of parsed.problems)
    report(to, problem.code, problem.message, spanOf(problem.span, offsets));
  const source = split.condition.trim();
  const where = lowerCondition(parsed.condition, context);
  return {
    source,
    condition: parsed.condition,
    where,
    understood: context.understood && parsed.problems.length === 0,
    aggregation: split.aggregation === null ? null : readAggregation(split.aggregation, offsets, context),
  };
}

function readAggregation(
  split: AggregationPart,
  offsets: OffsetMap,
  { to }: ConditionContext,
): AggregationText {
  const aggregation = parseAggregation(split.text, split.start);
  const span = spanOf(split.span, offsets);
  if (aggregation === null) {
    report(to, CODES.badAggregation, `"${split.text}" is no aggregation that Sigma had.`, span);
  } else {
    report(to, CODES.legacyAggregation, 'The condition has an aggregation in the retired pipe form.', span);
    if (aggregation.kind === 'near') {
      for (const problem of aggregation.problems)
        report(to, problem.code, problem.message, spanOf(problem.span, offsets));
    }
  }
  return { source: split.text, span, aggregation };
}

function spanOf(span: Span, offsets: OffsetMap): Span {
  return [offsets(span[0]), offsets(span[1])];
}

type StageParts = Omit<Stage, 'index' | 'queries'>;

function numbered(stages: readonly StageParts[]): readonly Stage[] {
  return stages.map((stage, index) => ({ index, ...stage, queries: [] }));
}

function conditionStage(
  conditions: readonly ConditionText[],
  places: readonly Span[],
  headings: readonly Span[],
): StageParts {
  const [first] = conditions;
  const others = conditions.flatMap(({ aggregation }) => (aggregation === null ? [] : [aggregation.span]));
  const spans = [
    ...headings,
    ...places.slice(0, -1),
    ...places.slice(-1).flatMap((place) => without(place, others)),
  ];
  return {
    name: 'condition',
    kind: 'filter',
    text: conditions.map((condition) => condition.source).join('\n'),
    spans: inOrder(spans),
    understood:
      first === undefined ? 'none' : understoodIf(conditions.every((condition) => condition.understood)),
    where: null,
  };
}

/** What is left of a span without others that lie in it, in their order. */
function without([start, end]: Span, others: readonly Span[]): readonly Span[] {
  const edges = [start, ...others.flat(), end];
  return edges.flatMap((edge, i) => {
    const next = edges[i + 1];
    return i % 2 === 0 && next !== undefined && edge < next ? [[edge, next] as const] : [];
  });
}

function inOrder(spans: readonly Span[]): readonly Span[] {
  return [...spans].sort((a, b) => a[0] - b[0]);
}

function understoodIf(understood: boolean): Understood {
  return understood ? 'full' : 'partial';
}

/** All conditions that use selections: those before the pipes, and those of `near`. */
function usedConditions(conditions: readonly ConditionText[]): readonly Condition[] {
  const near = conditions.flatMap(({ aggregation }) =>
    aggregation?.aggregation?.kind === 'near' ? [aggregation.aggregation.condition] : [],
  );
  return [...conditions.map(({ condition }) => condition), ...near];
}

function selectionStages(
  conditions: readonly ConditionText[],
  context: ConditionContext,
): readonly StageParts[] {
  const plans = planStages(usedConditions(conditions), [...context.selections.keys()]);
  // The stages show again what the condition has told: its diagnostics and its budget are not asked twice.
  const quiet: ConditionContext = {
    ...context,
    to: childReporter(context.to),
    budget: ruleBudget(context.budget.text),
  };
  return plans.map((plan) => ({
    ...shownSelections(plan.selections, context),
    name: plan.name,
    kind: 'filter' as const,
    where: simplify(lowerCondition(plan.condition, quiet)),
  }));
}

function unusedStages(
  conditions: readonly ConditionText[],
  context: ConditionContext,
): readonly StageParts[] {
  const names = [...context.selections.keys()];
  const used = new Set(usedConditions(conditions).flatMap((condition) => selectionsIn(condition, names)));
  return names.flatMap((name) => {
    const selection = context.selections.get(name);
    if (selection === undefined || used.has(name)) return [];
    if (conditions.length > 0) {
      report(
        context.to,
        CODES.unusedSelection,
        `The condition never uses "${name}".`,
        selection.entries[0]?.keySpan ?? [0, 0],
      );
    }
    return { ...shownSelections([name], context), name, kind: 'declare' as const, where: selection.where };
  });
}

function shownSelections(
  names: readonly string[],
  context: ConditionContext,
): Pick<StageParts, 'text' | 'spans' | 'understood'> {
  const selections = names.flatMap((name) => context.selections.get(name) ?? []);
  return {
    text: selections
      .flatMap(({ entries }) => entries.map((entry) => dedented(context.to.text, entry.span)))
      .join('\n'),
    spans: inOrder(selections.flatMap(({ places }) => places)),
    understood: worst(selections.map(({ understood }) => understoodIf(understood))),
  };
}

function aggregationStage(
  { source, span, aggregation }: AggregationText,
  timeframe: YamlEntry | undefined,
  to: Reporter,
): StageParts {
  const spans = inOrder(timeframe === undefined ? [span] : [span, timeframe.span]);
  const text = timeframe === undefined ? source : `${source}\n${dedented(to.text, timeframe.span)}`;
  if (aggregation === null) {
    return {
      name: 'aggregation',
      kind: 'aggregate',
      text,
      spans,
      understood: 'none',
      where: unknown(source, span),
    };
  }
  if (aggregation.kind === 'near') {
    const understood = understoodIf(aggregation.problems.length === 0);
    return { name: 'near', kind: 'sequence', text, spans, understood, where: null };
  }
  const compared = test({
    field: aggregation.field ?? `${aggregation.function}()`,
    through: aggregation.field === null ? [] : [aggregation.function],
    op: aggregation.op,
    values: [aggregation.value],
    caseSensitive: null,
    derived: true,
    span,
  });
  const where = aggregation.negated ? not(compared) : compared;
  return { name: aggregation.function, kind: 'aggregate', text, spans, understood: 'full', where };
}

/** A time frame that no aggregation uses still has its place. */
function timeframeStage(
  timeframe: YamlEntry | undefined,
  conditions: readonly ConditionText[],
  to: Reporter,
): readonly StageParts[] {
  if (timeframe === undefined || conditions.some(({ aggregation }) => aggregation !== null)) return [];
  const text = dedented(to.text, timeframe.span);
  return [
    { name: 'timeframe', kind: 'shape', text, spans: [timeframe.span], understood: 'full', where: null },
  ];
}

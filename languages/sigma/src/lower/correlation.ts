import {
  and,
  type Expression,
  emptyQuery,
  nearest,
  not,
  type Operator,
  positionAt,
  type Query,
  type Span,
  type Stage,
  test,
  unknown,
} from '@rulescope/logic';
import { type Reporter, report } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import type { RuleReference } from '../rule.ts';
import { dedented } from '../text/source-text.ts';
import { textOf, textsOf, type YamlEntry, type YamlNode } from '../text/yaml.ts';

export interface Correlation {
  readonly stages: readonly Stage[];
  readonly references: readonly RuleReference[];
}

/** What each type needs beside its rules (Sigma Correlation Rules Specification, "Correlation Types"). */
const TYPES: Readonly<
  Record<string, { readonly kind: 'aggregate' | 'sequence'; readonly needs: readonly string[] }>
> = {
  event_count: { kind: 'aggregate', needs: ['condition'] },
  value_count: { kind: 'aggregate', needs: ['condition', 'field'] },
  value_sum: { kind: 'aggregate', needs: ['condition', 'field'] },
  value_avg: { kind: 'aggregate', needs: ['condition', 'field'] },
  value_percentile: { kind: 'aggregate', needs: ['condition', 'field'] },
  temporal: { kind: 'sequence', needs: [] },
  temporal_ordered: { kind: 'sequence', needs: [] },
};

const OPERATORS: Readonly<Record<string, { readonly op: Operator; readonly negated: boolean }>> = {
  gt: { op: 'gt', negated: false },
  gte: { op: 'ge', negated: false },
  lt: { op: 'lt', negated: false },
  lte: { op: 'le', negated: false },
  eq: { op: 'eq', negated: false },
  neq: { op: 'eq', negated: true },
};

/**
 * Lowers the `correlation` part of a document to one stage. The rules that it names become its nested queries
 * when they are linked; until then each is unknown text with its name.
 */
export function lowerCorrelation(heading: YamlEntry, to: Reporter): Correlation {
  const entries = heading.value.kind === 'map' ? heading.value.entries : [];
  const part: Part = (key) => entries.find((entry) => entry.key === key);
  const type = textOf(part('type')?.value) ?? '';
  const known = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  const problems = [
    ...(known === undefined ? [unknownType(type, part)] : []),
    ...faults(part, known?.needs ?? []),
  ];
  for (const { message, entry } of problems) {
    const span = entry === undefined ? heading.keySpan : entry.span;
    report(to, CODES.badCorrelation, `The correlation is not complete: ${message}.`, span);
  }
  const references = readReferences(part('rules')?.value, to);
  const compared = lowerComparison(part('condition')?.value, type, to);
  const stage: Stage = {
    index: 0,
    name: known === undefined ? 'correlation' : type,
    kind: known?.kind ?? 'aggregate',
    text: dedented(to.text, heading.span),
    spans: [heading.span],
    understood: problems.length === 0 && compared.understood ? 'full' : 'partial',
    where: compared.where,
    queries: references.map(notYetLinked),
  };
  return { stages: [stage], references };
}

type Part = (key: string) => YamlEntry | undefined;

/** What is wrong, and the entry that is; undefined where it is missing. */
interface Fault {
  readonly message: string;
  readonly entry: YamlEntry | undefined;
}

function unknownType(type: string, part: Part): Fault {
  const meant = nearest(type, Object.keys(TYPES));
  const advice =
    meant === null ? `the types are ${Object.keys(TYPES).join(', ')}` : `do you mean "${meant}"?`;
  return { message: `"${type}" is no type of correlation; ${advice}`, entry: part('type') };
}

/** What stands for a rule that is not here: its name, unknown. */
function notYetLinked({ name, span }: RuleReference): Query {
  return { id: name, ...emptyQuery('sigma', 'full'), where: unknown(name, span) };
}

function faults(part: Part, needs: readonly string[]): readonly Fault[] {
  const found: Fault[] = [];
  const fault = (key: string, message: string): void => {
    found.push({ message: `\`${key}\` ${message}`, entry: part(key) });
  };
  if (textsOf(part('rules')?.value).length === 0) fault('rules', 'names no rule');
  const timespan = textOf(part('timespan')?.value);
  if (timespan === null || !/^\d+[smhd]$/.test(timespan)) {
    fault('timespan', 'must be a number and one of s, m, h, d, such as 10m');
  }
  if (textsOf(part('group-by')?.value).length === 0) fault('group-by', 'names no field');
  const condition = part('condition')?.value;
  if (condition?.kind !== 'map') {
    if (needs.includes('condition')) fault('condition', 'must be a map such as `gte: 10`');
  } else if (!condition.entries.some(({ key }) => Object.hasOwn(OPERATORS, key))) {
    fault('condition', 'compares with nothing');
  } else if (needs.includes('field') && !condition.entries.some(({ key }) => key === 'field')) {
    fault('condition', 'names no `field`');
  }
  return found;
}

/** The rules that a correlation or a filter names, in its order. */
export function readReferences(node: YamlNode | undefined, to: Reporter): readonly RuleReference[] {
  const items = node?.kind === 'list' ? node.items : node === undefined ? [] : [node];
  return items.flatMap((item) => {
    const name = textOf(item);
    return name === null ? [] : [{ name, span: item.span, ...positionAt(to.lines, item.span[0]) }];
  });
}

interface Comparison {
  readonly where: Expression | null;
  readonly understood: boolean;
}

/** The condition as tests on computed values: `event_count`, or the type's function around the field. */
function lowerComparison(node: YamlNode | undefined, type: string, to: Reporter): Comparison {
  if (node === undefined) return { where: null, understood: true };
  if (node.kind !== 'map') {
    report(to, CODES.badCorrelation, 'The condition of a correlation is a map such as `gte: 10`.', node.span);
    return { where: unknown(to.text.slice(...node.span), node.span), understood: false };
  }
  const fields = textsOf(node.entries.find((entry) => entry.key === 'field')?.value);
  const tests = node.entries.flatMap((entry) =>
    entry.key === 'field' ? [] : lowerBound(entry, fields, type, to),
  );
  const understood = tests.every((expression) => !('unknown' in expression));
  return { where: tests.length === 0 ? null : and(tests), understood };
}

function lowerBound(
  entry: YamlEntry,
  fields: readonly string[],
  type: string,
  to: Reporter,
): readonly Expression[] {
  const operator = Object.hasOwn(OPERATORS, entry.key) ? OPERATORS[entry.key] : undefined;
  const number = entry.value.kind === 'scalar' ? Number(entry.value.written || 'none') : Number.NaN;
  if (operator === undefined || !Number.isFinite(number)) {
    const message =
      operator === undefined
        ? `"${entry.key}" is no comparison of a correlation.`
        : `"${entry.key}" needs a number.`;
    report(to, CODES.badCorrelation, message, entry.span);
    return [unknown(to.text.slice(...entry.span), entry.span)];
  }
  const counted = fields.length > 0 ? fields : [null];
  return counted.map((field) => bound(field, type, operator, number, entry.span));
}

function bound(
  field: string | null,
  type: string,
  operator: { readonly op: Operator; readonly negated: boolean },
  value: number,
  span: Span,
): Expression {
  const compared = test({
    field: field ?? type,
    through: field === null ? [] : [type],
    op: operator.op,
    values: [value],
    caseSensitive: null,
    derived: true,
    span,
  });
  return operator.negated ? not(compared) : compared;
}

import { and, type Expression, or, type Span, simplify, test } from '@rulescope/logic';
import { numberOf, textOf, textsOf } from '../fields.ts';
import { itemsOf, spanOf, spansOf, type TomlValue, tableOf, under } from '../toml.ts';
import { type Beside, NOTHING, stageAt } from './query.ts';

/**
 * Counting what a query finds (Elastic Security, "Create a threshold rule"): so many events for each combination of
 * some fields' values, and so many different values of another field among them.
 */
export function thresholdBeside(threshold: TomlValue | null, text: string): Beside {
  if (threshold === null) return NOTHING;
  const count = under(threshold, 'value');
  const tests = [
    ...atLeast('count', [], count, count),
    ...itemsOf(under(threshold, 'cardinality')).flatMap((item) =>
      atLeast(textOf(tableOf(item).field), ['cardinality'], under(item, 'value'), item),
    ),
  ];
  const where = tests.length === 0 ? null : and(tests);
  return {
    ...NOTHING,
    stages: [stageAt(text, spansOf(threshold), { name: 'threshold', kind: 'aggregate', where })],
  };
}

/** A test on what is counted, never on an event. */
function atLeast(
  field: string | null,
  through: readonly string[],
  least: TomlValue | null,
  around: TomlValue | null,
): readonly Expression[] {
  const value = numberOf(least?.value);
  if (field === null || value === null || around === null) return [];
  const span = spanOf(around);
  return [test({ field, through, op: 'ge', values: [value], caseSensitive: null, derived: true, span })];
}

/**
 * Combinations of values that were not seen before in a span of time (Elastic Security, "Create a new terms rule"):
 * what is new is no test on an event.
 */
export function newTermsBeside(newTerms: TomlValue | null, text: string): Beside {
  if (newTerms === null) return NOTHING;
  return {
    ...NOTHING,
    stages: [stageAt(text, spansOf(newTerms), { name: 'new_terms', kind: 'aggregate' })],
  };
}

/**
 * What a machine-learning rule asks of a job (Elastic Security, "Create a machine learning rule"): anomalies of at
 * least that score. Absent keys give nothing.
 */
export function machineLearningBeside(rule: TomlValue, text: string): Beside {
  const least = under(rule, 'anomaly_threshold');
  const spans = spansOf(least, under(rule, 'machine_learning_job_id'));
  if (spans.length === 0) return NOTHING;
  const [where = null] = atLeast('record_score', [], least, least);
  return {
    ...NOTHING,
    stages: [stageAt(text, spans, { name: 'machine_learning', kind: 'aggregate', where })],
  };
}

/**
 * Which fields of an event must be equal to which fields of an indicator (Elastic Security, "Create an indicator
 * match rule"): any group of the mapping, all entries of it.
 */
export function mappingOf(mapping: TomlValue | null): Expression | null {
  const groups = itemsOf(mapping).map((group) =>
    and(itemsOf(under(group, 'entries')).flatMap((entry) => entryTest(entry))),
  );
  return groups.length === 0 ? null : simplify(or(groups));
}

function entryTest(entry: TomlValue): readonly Expression[] {
  const { field, value, negate } = tableOf(entry);
  const [own, other] = [textOf(field), textOf(value)];
  if (own === null || other === null) return [];
  const span: Span = spanOf(entry);
  const same = test({ field: own, op: 'field_eq', values: [other], caseSensitive: true, span });
  return [negate === true ? { not: same } : same];
}

/** The mapping as a person reads it: `file.hash.md5 = threat.indicator.file.hash.md5`. */
export function mappingText(mapping: TomlValue | null): readonly string[] {
  return itemsOf(mapping).map((group) =>
    itemsOf(under(group, 'entries'))
      .map((entry) => {
        const { field, value, negate } = tableOf(entry);
        return textsOf([field, value]).join(negate === true ? ' ≠ ' : ' = ');
      })
      .join(' and '),
  );
}

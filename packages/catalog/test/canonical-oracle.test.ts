import { describe, expect, test } from 'vitest';
import { CONVERSIONS, CONVERTERS, type Comparison, compare } from './canonical-conversions.ts';
import rows from './conversion-reasons.json' with { type: 'json' };

const reasons: readonly Reason[] = rows;

/** The share of process rules whose indicators must be those of the rule. */
const EQUAL = 0.97;

/** Kinds of rules that the table has a line for: those with this many conversions; the rest is one line. */
const SHOWN = 40;

/**
 * Conversions of Sigma rules have the indicators of their rules, save where a reason says why not: rows of
 * `conversion-reasons.json`, each with the document that the converter goes against, or what it does not say. A
 * difference of a kind that no row explains fails. `PRINT_CONVERSIONS=1` prints the shares by kind of rule.
 */
describe.skipIf(CONVERSIONS.length === 0)(
  'converted rules have the indicators of their Sigma rules (needs ../shared/oracles)',
  () => {
    const compared = new Map<string, readonly Comparison[]>();
    const comparisons = (key: (typeof CONVERTERS)[number][0]) => {
      const language = CONVERTERS.find(([it]) => it === key)?.[1] ?? 'sigma';
      const known = compared.get(key) ?? compare(key, language);
      compared.set(key, known);
      return known;
    };

    test.each(CONVERTERS)('%s of process rules', (key) => {
      const asked = comparisons(key).filter(({ kind }) => kind === 'process_creation');
      const different = asked.filter((it) => !isEqual(it));
      expect(asked.length).toBeGreaterThan(300);
      expect(1 - different.length / asked.length, JSON.stringify(different, null, 1)).toBeGreaterThanOrEqual(
        EQUAL,
      );
    });

    test.each(CONVERTERS)('%s of all rules: each difference has a reason', (key) => {
      const different = comparisons(key).filter((it) => !isEqual(it));
      const unexplained = different.filter((it) => !isExplained(key, it));
      expect(unexplained.map(({ path, missing, more }) => `${path}: ${missing} > ${more}`)).toEqual([]);
    });

    test('a reason that explains a field by itself says of which values', () => {
      const itself = reasons.filter(({ from, to }) => from.some((field) => to.includes(field)));
      expect(itself.filter(({ values }) => values === undefined).map(({ reason }) => reason)).toEqual([]);
    });

    test('each reason explains something', () => {
      const used = new Set(
        CONVERTERS.flatMap(([key]) =>
          comparisons(key)
            .filter((it) => !isEqual(it))
            .flatMap((it) => reasonsOf(key, it)),
        ),
      );
      expect(reasons.filter((row) => !used.has(row)).map(({ reason }) => reason)).toEqual([]);
    });

    test.runIf(process.env.PRINT_CONVERSIONS !== undefined)('are shared by kind of rule', () => {
      process.stdout.write(`${table(CONVERTERS.map(([key]) => [key, comparisons(key)]))}\n`);
    });
  },
);

function isEqual({ missing, more }: Comparison): boolean {
  return missing.length + more.length === 0;
}

interface Reason {
  readonly converters: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Patterns of operator and value, where a field stands for itself. */
  readonly values?: { readonly missing: string; readonly more: string };
  readonly reason: string;
}

/** The rows that explain a field that is missing by one that stands for it. */
function reasonsOf(key: string, { missing, more, values }: Comparison): readonly Reason[] {
  return reasons.filter(
    (row) =>
      row.converters.includes(key) &&
      row.from.some((field) => missing.includes(field)) &&
      row.to.some((field) => more.includes(field)) &&
      isOfValues(
        row,
        values,
        row.from.filter((field) => row.to.includes(field) && more.includes(field)),
      ),
  );
}

/** A row that explains fields by themselves says which operators and values it means: all that differ must be of them. */
function isOfValues({ values }: Reason, found: Comparison['values'], itself: readonly string[]): boolean {
  if (values === undefined) return true;
  const isAll = (side: 'missing' | 'more') => {
    const pattern = new RegExp(values[side], 's');
    return itself.every((field) => (found[side][field] ?? []).every((it) => pattern.test(it)));
  };
  return isAll('missing') && isAll('more');
}

/** Whether a row explains each field of either side, or the converter only names no product. */
function isExplained(key: string, comparison: Comparison): boolean {
  const { missing, more } = comparison;
  const rows = reasonsOf(key, comparison);
  const plain = new Set(missing.map(withoutProduct));
  return (
    missing.every(
      (it) => rows.some(({ from }) => from.includes(it)) || more.some((own) => isPlain(own, it)),
    ) && more.every((it) => rows.some(({ to }) => to.includes(it)) || plain.has(it.toLowerCase()))
  );
}

/** `action (github)` is `action` where a conversion says no product whose it is. */
function withoutProduct(field: string): string {
  return field.replace(/ \([\w.-]+\)$/, '').toLowerCase();
}

function isPlain(plain: string, field: string): boolean {
  return field !== plain && withoutProduct(field) === plain.toLowerCase();
}

/** Equal conversions of all, a line for each kind of rule and a column for each converter. */
function table(columns: readonly (readonly [name: string, of: readonly Comparison[]])[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of columns.flatMap(([, of]) => of)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].toSorted((a, b) => b[1] - a[1]);
  const shown = new Set(kinds.filter(([, count]) => count >= SHOWN).map(([kind]) => kind));
  const line = (name: string, isOf: (kind: string) => boolean) => {
    const cells = columns.map(([, of]) => {
      const asked = of.filter(({ kind }) => isOf(kind));
      return asked.length === 0 ? '' : `${asked.filter(isEqual).length} of ${asked.length}`;
    });
    return `| ${[name, ...cells].join(' | ')} |`;
  };
  return [
    `| Kind of rule | ${columns.map(([name]) => name).join(' | ')} |`,
    `|---|${columns.map(() => '---|').join('')}`,
    ...[...shown].map((kind) => line(kind, (it) => it === kind)),
    line('all others', (it) => !shown.has(it)),
  ].join('\n');
}

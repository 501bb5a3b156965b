import type { Expression, Operator, Query, Stage, Test, Value } from '@rulescope/logic';
import { visit } from '@rulescope/logic';
import type { IndicatorKey, Polarity } from '../types.ts';

/** One value of one test that counts. */
export interface TestedValue extends IndicatorKey {
  readonly polarity: Polarity;
  /** The value as the rule writes it. */
  readonly shown: string;
  readonly transforms: readonly string[];
}

/** Transforms that change which text is looked for, by the name that the key gives them. */
const ENCODINGS: ReadonlyMap<string, string> = new Map([
  ['base64', 'base64'],
  ['base64offset', 'base64offset'],
  ['wide', 'wide'],
  // Sigma Modifiers Appendix 2.1.0: `wide` is an alias of `utf16le`.
  ['utf16le', 'wide'],
  ['utf16be', 'utf16be'],
  ['utf16', 'utf16'],
]);

/** Operators without values: the test itself is what is looked for. */
const VALUELESS: ReadonlySet<Operator> = new Set<Operator>(['exists', 'is_null']);

/**
 * The values of a rule's tests that count, in the order of its stages, nested queries included. Derived and
 * implied tests don't count, nor do those that were taken over from another document, which counts them
 * itself. What a rule says twice in the same way is listed once.
 */
export function testedValues(query: Pick<Query, 'stages'>): readonly TestedValue[] {
  const values = new Map<string, TestedValue>();
  visitTests(query.stages, false, (test, excluded) => {
    if (test.derived || test.implied || test.via?.startsWith('document:') === true) return;
    for (const value of valuesOf(test, excluded ? 'exclude' : 'include')) {
      values.set(JSON.stringify(value), value);
    }
  });
  return [...values.values()];
}

/** The same indicator as others may write it: its key. */
export function foldKey(key: IndicatorKey): IndicatorKey {
  return {
    field: key.field,
    op: key.op,
    // SQLite keeps UTF-8: half a surrogate pair would come back as another character.
    value: (key.op === 'regex' ? key.value : key.value.toLowerCase()).toWellFormed(),
    encoding: encodingOf(key.encoding.split('|')),
  };
}

/** What names of fields are compared by. */
export function foldField(field: string): string {
  return field.toLowerCase().toWellFormed();
}

function valuesOf(test: Test, polarity: Polarity): readonly TestedValue[] {
  const values: readonly Value[] = VALUELESS.has(test.op) ? [''] : test.values;
  return values.map((value) => {
    const shown = String(value);
    const key = {
      field: test.canonical ?? test.field,
      op: test.op,
      value: shown,
      encoding: test.transforms.join('|'),
    };
    return { ...foldKey(key), polarity, shown, transforms: test.transforms };
  });
}

function encodingOf(transforms: readonly string[]): string {
  return transforms
    .map((transform) => ENCODINGS.get(transform))
    .filter((encoding) => encoding !== undefined)
    .join('|');
}

function visitTests(
  stages: readonly Stage[],
  negated: boolean,
  visitor: (test: Test, negated: boolean) => void,
): void {
  const visitPart = (part: Expression, excluded: boolean) => {
    if ('test' in part) visitor(part.test, excluded);
  };
  for (const stage of stages) {
    if (stage.where !== null && stage.kind !== 'declare') visit(stage.where, visitPart, negated);
    for (const query of stage.queries) {
      visitTests(query.stages, negated !== (query.negated === true), visitor);
    }
  }
}

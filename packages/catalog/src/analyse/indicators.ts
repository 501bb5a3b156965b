import {
  canonicalise,
  conditionsOf,
  conjunctions,
  countedRegex,
  type EventScope,
  type FieldStatus,
  type Form,
  foldsCase,
  ignoresCase,
  type Nearness,
  type RelatedForm,
} from '@rulescope/knowledge';
import type { Expression, Operator, Stage, Test, Value } from '@rulescope/logic';
import { LIMITS, visit } from '@rulescope/logic';
import type { IndicatorKey, Polarity, WrittenTest } from '../types.ts';
import {
  asksJoined,
  type Behind,
  type QueryScope,
  queryScopes,
  type RuleEvents,
  type ScopedQuery,
} from './scopes.ts';

/** One value of one test that counts. Its key is canonical: the same in every language. */
export interface TestedValue extends IndicatorKey {
  readonly polarity: Polarity;
  /** The field, the functions around it and the operator as the rule writes them. */
  readonly written: WrittenTest;
  /** The value as the rule writes it. */
  readonly shown: string;
  readonly transforms: readonly string[];
  /** Whether the field is a canonical one, or one that its product documents. */
  readonly status: FieldStatus;
  /** True where it picks events and says nothing of what they show. */
  readonly selector: boolean;
  /** True where only this case will do; it is counted with those that any case will do for. */
  readonly caseSensitive: boolean;
  /** Other indicators that are near it, and what it is to them: they are counted apart. */
  readonly near: readonly NearIndicator[];
}

/** An indicator near another one. */
export interface NearIndicator extends IndicatorKey {
  /** What the rule's own test is, seen from this one: it asks for more events (`broader`), or for fewer. */
  readonly relation: Nearness;
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

/** In place of an encoding: the regex must match the whole value. */
const WHOLE_VALUE = 'whole-value';

/** Operators without values: the test itself is what is looked for. */
const VALUELESS: ReadonlySet<Operator> = new Set<Operator>(['exists', 'is_null']);

const NO_EVENTS: RuleEvents = { events: [], logsources: [] };

/** Indicators that one rule is counted under: no rule that a person reads has as many. */
export const MOST_TESTED = LIMITS.values;

/** The values of a rule's tests that count. */
export interface Tested {
  readonly values: readonly TestedValue[];
  /** False where there are more than `MOST_TESTED`: the rest is left out. */
  readonly isWhole: boolean;
}

/** The values of `testedOf` alone. */
export function testedValues(
  query: ScopedQuery,
  scopes?: ReadonlyMap<object, QueryScope>,
): readonly TestedValue[] {
  return testedOf(query, scopes).values;
}

/**
 * The values of a rule's tests that count, in the order of its stages, nested queries included, by their canonical
 * keys. Derived and implied tests don't count, nor do those that were taken over from another document, which counts
 * them itself. What a rule says twice in the same way is listed once. `scopes` are those of the query.
 */
export function testedOf(
  query: ScopedQuery,
  scopes: ReadonlyMap<object, QueryScope> = queryScopes(query, NO_EVENTS),
): Tested {
  const values = new Map<string, TestedValue>();
  let isWhole = true;
  const add = (
    stages: readonly Stage[],
    scope: EventScope,
    negated: boolean,
    behind: Behind | null = null,
  ) => {
    for (const where of conditionsOf(stages)) {
      for (const value of valuesIn(where, negated, scope, behind)) {
        const identity = identityOf(value);
        isWhole &&= values.size < MOST_TESTED || values.has(identity);
        if (!isWhole) return;
        values.set(identity, value);
      }
    }
  };
  for (const { query: own, scope, before, behind, negated } of scopes.values()) {
    const first = before?.stages ?? 0;
    const last = Math.max(first, behind?.from ?? own.stages.length);
    if (before !== null) add(own.stages.slice(0, first), before.scope, negated);
    add(own.stages.slice(first, last), scope, negated);
    add(own.stages.slice(last), scope, negated, behind);
  }
  return { values: [...values.values()], isWhole };
}

/** What a rule says twice is the same in all of these. */
function identityOf({
  field,
  op,
  value,
  encoding,
  polarity,
  written,
  shown,
  transforms,
}: TestedValue): string {
  return JSON.stringify([polarity, field, op, value, encoding, written, shown, transforms]);
}

/** The same indicator as others may write it: its key. */
export function foldKey(key: IndicatorKey): IndicatorKey {
  const { field, op } = key;
  // SQLite keeps UTF-8: half a surrogate pair would come back as another character.
  if (op !== 'regex') {
    const value = key.value.toLowerCase().toWellFormed();
    return { field, op, value, encoding: encodingOf(key.encoding.split('|')) };
  }
  const { pattern, isWhole } = countedRegex(key.value, key.encoding === WHOLE_VALUE);
  return { field, op, value: pattern.toWellFormed(), encoding: isWhole ? WHOLE_VALUE : '' };
}

/** What names of fields are compared by. */
export function foldField(field: string): string {
  return field.toLowerCase().toWellFormed();
}

function* valuesIn(
  where: Expression,
  negated: boolean,
  scope: EventScope,
  behind: Behind | null,
): Iterable<TestedValue> {
  const joined = conjunctions(where, scope);
  const found: { readonly test: Test; readonly excluded: boolean }[] = [];
  visit(
    where,
    (part, excluded) => {
      if ('test' in part && counts(part.test)) found.push({ test: part.test, excluded });
    },
    negated,
  );
  for (const { test, excluded } of found) {
    const forms = joined.get(test);
    const own = behind !== null && asksJoined(behind, test) ? behind.scope : scope;
    yield* valuesOf(test, excluded ? 'exclude' : 'include', own, forms);
  }
}

function counts({ derived, implied, via }: Test): boolean {
  return !derived && !implied && via?.startsWith('document:') !== true;
}

function* valuesOf(
  test: Test,
  polarity: Polarity,
  scope: EventScope,
  joined: ReadonlyMap<string, readonly Form[]> | undefined,
): Iterable<TestedValue> {
  const { field, op, transforms, through } = test;
  const values: readonly Value[] = VALUELESS.has(op) ? [''] : test.values;
  for (const [i, value] of values.entries()) {
    const shown = String(value);
    // What the value stands for after its transforms is literals like any others: each is an indicator of its own.
    const literals = test.expanded?.[i];
    const encoding = encodingIn(test, literals);
    const together = joined?.get(shown) ?? [];
    for (const literal of literals ?? [shown]) {
      const asked = { field, op, value: withFlags(test, literal), through };
      const { forms, related, status, isSelector } = canonicalise(asked, scope);
      for (const form of together.length > 0 ? together : forms) {
        yield {
          ...foldKey({ ...form, encoding }),
          polarity,
          written: { field, through, op },
          shown,
          transforms,
          status,
          selector: isSelector,
          caseSensitive: caresForCase(test, literal),
          near: together.length > 0 ? [] : related.map((it) => nearIndicator(it, encoding)),
        };
      }
    }
  }
}

/** How the key of a value says what the value alone does not. */
function encodingIn({ op, anchored, transforms }: Test, literals: readonly string[] | undefined): string {
  if (op === 'regex') return anchored === true ? WHOLE_VALUE : '';
  return literals === undefined ? transforms.join('|') : '';
}

/** A regex with its flags in front. */
function withFlags({ op, flags = '' }: Test, value: string): string {
  return op === 'regex' && flags !== '' ? `(?${flags})${value}` : value;
}

function caresForCase({ caseSensitive, through, op }: Test, value: string): boolean {
  return caseSensitive === true && !foldsCase(through) && !(op === 'regex' && ignoresCase(value));
}

function nearIndicator({ relation, ...form }: RelatedForm, encoding: string): NearIndicator {
  return { ...foldKey({ ...form, encoding }), relation };
}

function encodingOf(transforms: readonly string[]): string {
  return transforms
    .map((transform) => ENCODINGS.get(transform))
    .filter((encoding) => encoding !== undefined)
    .join('|');
}

import { evaluate, type FlatEvent } from '@rulescope/logic/evaluate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { language } from '../src/index.ts';

/** A condition as it is written, and what it says of an event by a reading of its own. */
interface Written {
  readonly text: string;
  readonly holds: (event: FlatEvent) => boolean;
}

const FIELDS = ['a', 'b'] as const;
const WORDS = ['One', 'one', 'two', 'One two', 'x-one', 'TWO', ''] as const;

const field = fc.constantFrom(...FIELDS);
const word = fc.constantFrom(...WORDS.filter((value) => value !== ''));
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });

function textIn(event: FlatEvent, name: string): string {
  return String(event[name] ?? '');
}

const fold = (text: string): string => text.toLowerCase();

/** Whole terms of a text: runs of letters and digits, in their order. */
function hasTerms(text: string, wanted: string): boolean {
  return ` ${fold(text).replace(/[^a-z0-9]/g, ' ')} `.includes(
    ` ${fold(wanted).replace(/[^a-z0-9]/g, ' ')} `,
  );
}

type TextTest = (text: string, wanted: string) => boolean;

/** The operators on one text ("String operators"), each read by hand. */
const TEXT_TESTS: Readonly<Record<string, TextTest>> = {
  '==': (text, wanted) => text === wanted,
  '!=': (text, wanted) => text !== wanted,
  '=~': (text, wanted) => fold(text) === fold(wanted),
  '!~': (text, wanted) => fold(text) !== fold(wanted),
  contains: (text, wanted) => fold(text).includes(fold(wanted)),
  contains_cs: (text, wanted) => text.includes(wanted),
  '!contains': (text, wanted) => !fold(text).includes(fold(wanted)),
  startswith: (text, wanted) => fold(text).startsWith(fold(wanted)),
  '!startswith_cs': (text, wanted) => !text.startsWith(wanted),
  endswith: (text, wanted) => fold(text).endsWith(fold(wanted)),
  endswith_cs: (text, wanted) => text.endsWith(wanted),
  has: hasTerms,
  '!has': (text, wanted) => !hasTerms(text, wanted),
};

type ListTest = (text: string, wanted: readonly string[]) => boolean;

const LIST_TESTS: Readonly<Record<string, ListTest>> = {
  in: (text, wanted) => wanted.includes(text),
  '!in': (text, wanted) => !wanted.includes(text),
  'in~': (text, wanted) => wanted.map(fold).includes(fold(text)),
  '!in~': (text, wanted) => !wanted.map(fold).includes(fold(text)),
  has_any: (text, wanted) => wanted.some((one) => hasTerms(text, one)),
  has_all: (text, wanted) => wanted.every((one) => hasTerms(text, one)),
};

const textTest: fc.Arbitrary<Written> = fc
  .tuple(field, fc.constantFrom(...Object.keys(TEXT_TESTS)), word)
  .map(([name, op, wanted]) => ({
    text: `${name} ${op} "${wanted}"`,
    holds: (event) => TEXT_TESTS[op]?.(textIn(event, name), wanted) === true,
  }));

/** A list stands in the condition, or has a name. */
const listTest: fc.Arbitrary<Written> = fc
  .tuple(field, fc.constantFrom(...Object.keys(LIST_TESTS)), fc.oneof(words, fc.constant(null)))
  .map(([name, op, wanted]) => ({
    text: `${name} ${op} (${wanted === null ? 'named' : wanted.map((one) => `"${one}"`).join(', ')})`,
    holds: (event) => LIST_TESTS[op]?.(textIn(event, name), wanted ?? NAMED) === true,
  }));

const NAMED = ['One', 'two'];

const numberTest: fc.Arbitrary<Written> = fc.oneof(
  fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '=='), fc.integer({ min: 0, max: 3 })).map(([op, n]) => ({
    text: `n ${op} ${n}`,
    holds: (event: FlatEvent) => {
      const value = Number(event.n);
      return (
        { '<': value < n, '<=': value <= n, '>': value > n, '>=': value >= n, '==': value === n }[op] === true
      );
    },
  })),
  fc
    .tuple(fc.boolean(), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
    .map(([negated, low, high]) => ({
      text: `n ${negated ? '!between' : 'between'} (${low} .. ${high})`,
      holds: (event: FlatEvent) => (Number(event.n) >= low && Number(event.n) <= high) !== negated,
    })),
);

const functionTest: fc.Arbitrary<Written> = fc.oneof(
  fc.tuple(field, fc.boolean()).map(([name, negated]) => ({
    text: `${negated ? 'isnotempty' : 'isempty'}(${name})`,
    holds: (event: FlatEvent) => (textIn(event, name) === '') !== negated,
  })),
  fc.tuple(field, word).map(([name, wanted]) => ({
    text: `tolower(${name}) == "${wanted}"`,
    holds: (event: FlatEvent) => fold(textIn(event, name)) === wanted,
  })),
  field.map((name) => ({
    text: `isNamed(${name})`,
    holds: (event: FlatEvent) => NAMED.includes(textIn(event, name)) || event.n === 2,
  })),
);

const { condition } = fc.letrec<{ condition: Written }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'condition' },
    fc.oneof(textTest, listTest, numberTest, functionTest),
    fc.array(tie('condition'), { minLength: 2, maxLength: 3, depthIdentifier: 'condition' }).map((items) => ({
      text: items.map(({ text }) => `(${text})`).join(' and '),
      holds: (event: FlatEvent) => items.every((item) => item.holds(event)),
    })),
    fc.array(tie('condition'), { minLength: 2, maxLength: 3, depthIdentifier: 'condition' }).map((items) => ({
      text: items.map(({ text }) => `(${text})`).join(' or '),
      holds: (event: FlatEvent) => items.some((item) => item.holds(event)),
    })),
    tie('condition').map(({ text, holds }) => ({
      text: `not(${text})`,
      holds: (event: FlatEvent) => !holds(event),
    })),
    fc.tuple(tie('condition'), tie('condition'), tie('condition')).map(([test, then, otherwise]) => ({
      text: `iff(${test.text}, ${then.text}, ${otherwise.text})`,
      holds: (event: FlatEvent) => (test.holds(event) ? then.holds(event) : otherwise.holds(event)),
    })),
  ),
}));

const events: fc.Arbitrary<FlatEvent> = fc.record({
  a: fc.constantFrom(...WORDS),
  b: fc.constantFrom(...WORDS),
  n: fc.integer({ min: 0, max: 3 }),
});

/** The condition in a query of its own: as a filter, split over two, or behind columns with other names. */
const FORMS: readonly ((one: string, other: string) => string)[] = [
  (one, other) => `T | where ${one} | where ${other}`,
  (one, other) => `let base = T | where ${one}; base | where ${other}`,
  (one, other) => `T | extend held = (${one}) | where held and (${other})`,
  (one, other) => `(T | where ${one} and (${other})) | summarize count() by a`,
  (one, other) => `let f = (T:(*)) { T | where ${one} }; T | invoke f() | where ${other}`,
];

describe('conditions', () => {
  it('mean what they say, whatever stands for what', () => {
    fc.assert(
      fc.property(
        condition,
        condition,
        fc.constantFrom(...FORMS),
        fc.array(events, { minLength: 5, maxLength: 10 }),
        (one, other, form, samples) => {
          const names =
            'let named = dynamic(["One", "two"]); let isNamed = (x:string) { x in (named) or n == 2 };';
          const text = `${names} ${form(`(${one.text})`, `(${other.text})`)}`;
          const [query] = language.parse(text).queries;
          expect(query?.understood, text).toBe('full');
          const where = query?.where ?? { and: [] };
          for (const event of samples) {
            expect(evaluate(where, event), `${text}\n${JSON.stringify(event)}`).toBe(
              one.holds(event) && other.holds(event),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

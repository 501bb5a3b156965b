import { testsOf } from '@rulescope/logic';
import { evaluate } from '@rulescope/logic/evaluate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSigma } from '../src/index.ts';
import {
  conditionMatches,
  conditionText,
  type NaiveCondition,
  type NaiveEvent,
  type NaiveFields,
  type NaiveSelections,
  type NaiveValue,
} from './naive.ts';

/** Few letters, so that random events often match random rules. */
const text = fc.string({
  unit: fc.constantFrom('a', 'B', 'b', '-', '/', '\\', ' ', '*', '?', '.'),
  maxLength: 6,
});
const eventText = fc.string({
  unit: fc.constantFrom('a', 'A', 'b', '-', '/', '–', '\\', ' ', '*', '?', '.'),
  maxLength: 8,
});
const FIELDS = ['f', 'g', 'h'] as const;
const number = fc.integer({ min: 0, max: 4 });
const address = fc
  .tuple(fc.constantFrom(10, 11), fc.constantFrom(0, 128), number)
  .map(([a, b, c]) => `${a}.${b}.0.${c}`);

const event: fc.Arbitrary<NaiveEvent> = fc.dictionary(
  fc.constantFrom(...FIELDS),
  fc.oneof(eventText, number, address, fc.constant(null)),
);

/** A field with modifiers that go together, and values that fit them. */
const field: fc.Arbitrary<NaiveFields> = fc
  .tuple(
    fc.constantFrom(...FIELDS),
    fc.oneof(
      entry(
        [
          '',
          '|contains',
          '|startswith',
          '|endswith',
          '|contains|windash',
          '|windash',
          '|contains|cased',
          '|neq',
          '|contains|neq',
          '|endswith|neq',
        ],
        text,
      ),
      entry([''], fc.oneof(number, fc.constant(null), fc.constant(''))),
      lists(['|contains|all', '|all', '|startswith|all'], text),
      entry(['|lt', '|lte', '|gt', '|gte'], number),
      entry(
        ['|cidr'],
        fc.tuple(address, fc.integer({ min: 7, max: 32 })).map(([ip, bits]) => `${ip}/${bits}`),
      ),
      entry(['|re', '|re|i'], fc.constantFrom('a+b', '^A', 'b$', '[ab]{2}', 'a.b', '(a|B)-', '\\.')),
      entry(['|fieldref'], fc.constantFrom(...FIELDS)),
      fc.tuple(fc.constant('|exists'), fc.boolean()),
    ),
  )
  .map(([name, [modifiers, value]]) => ({ [name + modifiers]: value }));

type Entry = readonly [string, NaiveValue | readonly NaiveValue[]];

function entry(modifiers: readonly string[], value: fc.Arbitrary<NaiveValue>): fc.Arbitrary<Entry> {
  const values = fc.oneof(value, fc.array(value, { minLength: 2, maxLength: 3 }));
  return fc.tuple(fc.constantFrom(...modifiers), values);
}

function lists(modifiers: readonly string[], value: fc.Arbitrary<NaiveValue>): fc.Arbitrary<Entry> {
  return fc.tuple(fc.constantFrom(...modifiers), fc.array(value, { minLength: 2, maxLength: 3 }));
}

const map = fc
  .array(field, { minLength: 1, maxLength: 2 })
  .map((fields) => Object.assign({}, ...fields) as NaiveFields);
const keyword = text.filter((value) => value.trim() !== '');
const selection = fc.oneof(
  map,
  fc.array(map, { minLength: 1, maxLength: 3 }),
  fc.array(fc.oneof(map, keyword), { minLength: 1, maxLength: 3 }),
);
const NAMES = ['sel_a', 'sel_b', 'filter_a', 'filter_b'] as const;
const selections: fc.Arbitrary<NaiveSelections> = fc
  .tuple(selection, selection, selection, selection)
  .map((all) => Object.fromEntries(NAMES.map((name, i) => [name, all[i] ?? []])));

const { condition } = fc.letrec<{ condition: NaiveCondition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...NAMES).map((name) => ({ name })),
    fc
      .tuple(fc.constantFrom<'all' | number>('all', 1, 2), fc.constantFrom('sel_', 'filter_', 'sel_a'))
      .map(([count, prefix]) => ({ count: prefix === 'sel_a' ? 1 : count, prefix })),
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((and) => ({ and })),
    fc.array(tie('condition'), { minLength: 2, maxLength: 3 }).map((or) => ({ or })),
    tie('condition').map((not) => ({ not })),
  ),
}));

/** JSON is YAML, so the rule needs no writer of its own. */
function ruleText(detection: NaiveSelections, written: string): string {
  return JSON.stringify({
    title: 't',
    logsource: { product: 'p' },
    detection: { ...detection, condition: written },
  });
}

describe('a rule means what a plain reading of it means', () => {
  it('conditions and modifiers, on random events', () => {
    fc.assert(
      fc.property(
        selections,
        condition,
        fc.array(event, { minLength: 4, maxLength: 8 }),
        (detection, tree, events) => {
          const [rule] = readSigma(ruleText(detection, conditionText(tree))).rules;
          expect(rule?.understood).toBe('full');
          const { where } = rule ?? {};
          for (const sample of events) {
            const found = where == null ? null : evaluate(where, sample);
            expect(found, JSON.stringify(sample)).toBe(conditionMatches(tree, detection, sample));
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('the stages together say what the rule says where all of them must match', () => {
    fc.assert(
      fc.property(selections, event, (detection, sample) => {
        const [rule] = readSigma(ruleText(detection, 'all of sel_* and not 1 of filter_*')).rules;
        const stages = (rule?.stages ?? []).flatMap((stage) => stage.where ?? []);
        const together = stages.every((where) => evaluate(where, sample) === true);
        expect(together).toBe(evaluate(rule?.where ?? { or: [] }, sample));
      }),
      { numRuns: 300 },
    );
  });
});

describe('base64offset', () => {
  it('finds a text wherever it stands inside an encoded one', () => {
    const bytes = fc.uint8Array({ maxLength: 7 });
    const needle = fc
      .string({ unit: 'grapheme', minLength: 3, maxLength: 12 })
      .filter((value) => !/[*?\\]/.test(value));
    fc.assert(
      fc.property(bytes, needle, bytes, (before, value, behind) => {
        const encoded = Buffer.concat([before, Buffer.from(value, 'utf8'), behind]).toString('base64');
        const [rule] = readSigma(ruleText({ s: { 'f|base64offset|contains|cased': value } }, 's')).rules;
        expect(evaluate(rule?.where ?? { or: [] }, { f: encoded })).toBe(true);
      }),
    );
  });

  it('finds the UTF-16 form under wide', () => {
    const value = 'IEX';
    const encoded = Buffer.from(`a; ${value} (x)`, 'utf16le').toString('base64');
    const [rule] = readSigma(ruleText({ s: { 'f|wide|base64offset|contains': value } }, 's')).rules;
    expect(evaluate(rule?.where ?? { or: [] }, { f: encoded })).toBe(true);
    expect(testsOf(rule?.where ?? { or: [] })[0]?.transforms).toEqual(['wide', 'base64offset']);
  });
});

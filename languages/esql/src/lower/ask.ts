import { and, type Expression, or, type Span, type Test, type Value } from '@rulescope/logic';
import { affordable, note, unknownAt } from '@rulescope/logic/elastic';
import { CODES } from '../diagnostic-codes.ts';
import { keepOptions, sizeOf } from './counted.ts';
import type { Choice, Operand } from './fields.ts';
import { ALWAYS, NEVER, type Question, testsOf } from './questions.ts';
import { type Place, textAt } from './scope.ts';

/** More options than this are not followed one by one. */
const MOST_OPTIONS = 40;
/** Choices whose conditions and values have more parts than this together are not repeated wherever they are tested. */
const LARGEST_CHOICE = 1_000;

/**
 * Asks a question of what a name or an expression is made of: of the field that it stands for, of a constant (true
 * or false then, an empty And or Or), of each option of a choice. `others` are parts that the tests are given.
 */
export function ask(
  operand: Operand,
  questions: readonly Question[],
  span: Span,
  place: Place,
  others: Partial<Test> = {},
): Expression {
  switch (operand.kind) {
    case 'field': {
      const { name: field, through } = operand;
      return testsOf({ field, through, derived: false }, questions, span, place, others);
    }
    case 'computed':
      return testsOf({ field: operand.name, through: [], derived: true }, questions, span, place, others);
    case 'constant':
      return askConstant(operand.value, questions, span, place);
    case 'null':
      return questions.some(({ op }) => op === 'is_null') ? ALWAYS : NEVER;
    case 'choice':
      // Conditions that are repeated cost each time: names that are built upon each other grow fast.
      if (!affordable(place, operand.size, span)) return unknownAt(place, span);
      return askChoice(operand.options, questions, (value) => ask(value, questions, span, place, others));
    case 'list':
    case 'clock':
      return computed(place, span);
    case 'unknown':
      return unknownAt(place, span);
  }
}

/** A comparison that is no test on a field: unknown text, which takes nothing from how well it is understood. */
export function computed(place: Place, span: Span): Expression {
  note(place, CODES.computed, 'What is compared is worked out: no test on one field says this.', span);
  return unknownAt(place, span);
}

/** A choice, if it is small enough to be repeated; else something computed, whose conditions are listed. */
export function choiceOf(options: readonly Choice[], span: Span, place: Place): Operand {
  let size = options.length > MOST_OPTIONS ? Number.POSITIVE_INFINITY : 1;
  for (const { when, value } of options) {
    if (size > LARGEST_CHOICE) break;
    size += (when === null ? 0 : sizeOf(when, LARGEST_CHOICE)) + (value.kind === 'choice' ? value.size : 1);
  }
  if (size <= LARGEST_CHOICE) return { kind: 'choice', options, size };
  keepOptions(options, span, place);
  return { kind: 'computed', name: textAt(place, span) };
}

function askChoice(
  options: readonly Choice[],
  questions: readonly Question[],
  askValue: (value: Operand) => Expression,
): Expression {
  const before: Earlier[] = [];
  const found: Expression[] = [];
  const asksForNull = questions.every(({ op }) => op === 'is_null');
  for (const { when, unless, value, compares = false, unlessNull = false } of options) {
    if (unlessNull && asksForNull && unless !== null) {
      before.push({ unless, compares });
      continue;
    }
    const asked = askValue(value);
    const always = 'and' in asked && asked.and.length === 0;
    const never = 'or' in asked && asked.or.length === 0;
    if (!never) {
      const others = before.filter(
        (earlier) => !(compares && earlier.compares && excludes(when, earlier.unless)),
      );
      found.push(
        and([
          ...others.map((earlier) => earlier.unless),
          ...(when === null ? [] : [when]),
          ...(always ? [] : [asked]),
        ]),
      );
    }
    if (unless === null) return or(found);
    // Where both would answer yes it does not matter which was chosen first.
    if (!always) before.push({ unless, compares });
  }
  // Where nothing is chosen the value is null.
  if (questions.some(({ op }) => op === 'is_null')) found.push(and(before.map(({ unless }) => unless)));
  return or(found);
}

/** An option that was not chosen: what holds then, and how its condition asks. */
interface Earlier {
  readonly unless: Expression;
  readonly compares: boolean;
}

/** Whether a condition cannot hold where an earlier one does, so that the Not of that need not stand beside it. */
function excludes(when: Expression | null, notEarlier: Expression): boolean {
  if (when === null || !('not' in notEarlier)) return false;
  const { not: earlier } = notEarlier;
  const parts = 'and' in when ? when.and : [when];
  return 'test' in earlier && parts.some((part) => 'test' in part && areApart(part.test, earlier.test));
}

/** Whether no value equals what both tests ask for. */
function areApart(one: Test, other: Test): boolean {
  return (
    [one, other].every(
      ({ op, caseSensitive, quantifier }) => op === 'eq' && caseSensitive !== false && quantifier === 'any',
    ) &&
    one.field === other.field &&
    one.through.join() === other.through.join() &&
    !one.values.some((value) => other.values.includes(value))
  );
}

function askConstant(value: Value, questions: readonly Question[], span: Span, place: Place): Expression {
  const found = questions.map((question) => answer(value, question));
  if (found.includes(true)) return ALWAYS;
  return found.includes(null) ? computed(place, span) : NEVER;
}

/** Whether a constant is what a question asks for; null where that is not worked out. */
function answer(constant: Value, { op, value, caseSensitive }: Question): boolean | null {
  if (op === 'exists' || op === 'is_null') return op === 'exists';
  if (op === 'eq') return constant === value;
  if (typeof constant === 'string' && typeof value === 'string')
    return answerText(constant, op, value, caseSensitive);
  if (typeof constant !== 'number' || typeof value !== 'number') return null;
  return answerOrder(constant, op, value);
}

function answerText(
  constant: string,
  op: Question['op'],
  value: string,
  caseSensitive: boolean | null,
): boolean | null {
  if (caseSensitive !== true) return null;
  switch (op) {
    case 'contains':
      return constant.includes(value);
    case 'starts_with':
      return constant.startsWith(value);
    case 'ends_with':
      return constant.endsWith(value);
    default:
      return null;
  }
}

function answerOrder(constant: number, op: Question['op'], value: number): boolean | null {
  switch (op) {
    case 'lt':
      return constant < value;
    case 'le':
      return constant <= value;
    case 'gt':
      return constant > value;
    case 'ge':
      return constant >= value;
    default:
      return null;
  }
}

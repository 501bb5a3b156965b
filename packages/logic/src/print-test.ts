import type { Operator, Test, Value } from './model.ts';
import { printName, printSeen, printValue } from './quote.ts';
import { insideFunctions } from './through.ts';

/** How an operator reads between its field and its values. */
const WORDS: Readonly<Record<Operator, string>> = {
  eq: '=',
  contains: 'contains',
  starts_with: 'starts_with',
  ends_with: 'ends_with',
  wildcard: 'like',
  regex: 'matches',
  term: 'has',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  cidr: 'in_network',
  exists: 'exists',
  is_null: 'is_null',
  field_eq: '=',
  field_contains: 'contains',
  field_starts_with: 'starts_with',
  field_ends_with: 'ends_with',
};

/**
 * One test as a person reads it, such as `lower(Image) ends_with any of ("\a.exe", "\b.exe")`. A test that
 * searches the whole event starts with `any field`. What else is to be known of it follows in brackets: its
 * transforms, whether case counts, a regex's flags and whether it must match the whole value, whether the
 * test is derived or implied, and where it came from. What `values` expand into is left out.
 */
export function printTest(test: Test): string {
  const notes = notesOf(test);
  const words = [subject(test), WORDS[test.op]];
  if (test.op !== 'exists' && test.op !== 'is_null') words.push(printValues(test));
  if (notes.length > 0) words.push(`[${notes.join(', ')}]`);
  return words.join(' ');
}

function subject(test: Test): string {
  const field = test.field === null ? 'any field' : printName(test.field);
  return insideFunctions(field, test.through.map(printStep));
}

/** A function with its other arguments, of which all can be seen. */
function printStep(step: string): string {
  const open = step.indexOf('(');
  return open < 0 ? printName(step) : printName(step.slice(0, open)) + printSeen(step.slice(open));
}

function printValues(test: Test): string {
  const values = test.values.map((value) => printOne(test.op, value));
  const [only] = values;
  if (values.length === 1 && only !== undefined) return only;
  return `${test.quantifier} of (${values.join(', ')})`;
}

/** A `field_*` operator's values are names of fields: `Image = field ParentImage`. */
function printOne(op: Operator, value: Value): string {
  return op.startsWith('field_') ? `field ${printName(String(value))}` : printValue(value);
}

function notesOf(test: Test): readonly string[] {
  const notes = test.transforms.map(printName);
  if (test.caseSensitive === true) notes.push('case-sensitive');
  if (test.flags !== undefined && test.flags !== '') notes.push(`flags ${printName(test.flags)}`);
  if (test.anchored === true) notes.push('whole value');
  if (test.derived) notes.push('derived');
  if (test.implied) notes.push('implied');
  if (test.via !== null) notes.push(`via ${printName(test.via)}`);
  return notes;
}

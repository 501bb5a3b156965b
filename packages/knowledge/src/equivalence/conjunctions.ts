import type { Expression, Test } from '@rulescope/logic';
import { namedField } from './names.ts';
import type { EventScope } from './scope.ts';
import type { Form } from './types.ts';
import { canonicalValue } from './values.ts';

/** Keys that one value is looked for under: more are no conjunction that a person reads. */
const MOST_KEYS = 50;

/**
 * Tests that say together what one test says on a canonical field: a registry key and, beside it, the name of a
 * value are the path that ends with both (equivalence rules, 33 and 35). Gives the forms of each test on the name
 * of a value, by the value; a test without a key beside it has none.
 */
export function conjunctions(
  where: Expression,
  scope: EventScope,
): ReadonlyMap<Test, ReadonlyMap<string, readonly Form[]>> {
  const found = new Map<Test, ReadonlyMap<string, readonly Form[]>>();
  joinTests(where, scope, found);
  return found;
}

function joinTests(
  part: Expression,
  scope: EventScope,
  found: Map<Test, ReadonlyMap<string, readonly Form[]>>,
): void {
  if ('not' in part) joinTests(part.not, scope, found);
  const parts = 'and' in part ? part.and : 'or' in part ? part.or : [];
  for (const child of parts) joinTests(child, scope, found);
  if (!('and' in part)) return;
  const tests = part.and.flatMap((child) => ('test' in child ? [child.test] : []));
  const names = tests.filter((test) => test.op === 'eq' && partOf(test, scope) === 'value name');
  if (names.length === 0) return;
  const keys = tests.filter((test) => isKey(test, scope));
  for (const name of names) {
    const joined = new Map(
      name.values.map((value) => [String(value), keys.flatMap((key) => joinedForms(key, String(value)))]),
    );
    if ([...joined.values()].some((forms) => forms.length > 0)) found.set(name, joined);
  }
}

/**
 * The key up to its end, or a path that goes on behind the key (`registry_path="*\K*"`). A key that holds a text may
 * go on behind it, so that it says less.
 */
function isKey(test: Test, scope: EventScope): boolean {
  if (test.quantifier === 'all' && test.values.length > 1) return false;
  const part = partOf(test, scope);
  return part === 'key' ? test.op !== 'contains' : part === null && test.op === 'contains';
}

function joinedForms(key: Test, value: string): readonly Form[] {
  const op = key.op === 'eq' ? 'eq' : key.op === 'ends_with' || key.op === 'contains' ? 'ends_with' : null;
  if (op === null || key.values.length > MOST_KEYS) return [];
  return key.values.map((path) => {
    const end = String(path).replace(/\\+$/, '');
    return canonicalValue({ field: 'TargetObject', op, value: `${end}\\${value}` }, false);
  });
}

/** The part of a registry path that a test looks at; `undefined` where it looks at none. */
function partOf(test: Test, scope: EventScope): string | null | undefined {
  if (test.field === null || test.derived) return undefined;
  const named = namedField(test.field, scope);
  return named?.field === 'TargetObject' && named.isSame ? named.part : undefined;
}

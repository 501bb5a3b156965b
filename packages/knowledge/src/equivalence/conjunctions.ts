import type { Expression, Operator, Test } from '@rulescope/logic';
import { namedField } from './names.ts';
import type { EventScope } from './scope.ts';
import type { Form } from './types.ts';
import { canonicalValue } from './values.ts';

/** Paths that the keys and the names of one And make together: more are no conjunction that a person reads. */
const MOST_PATHS = 1_000;
/** The same of all of a condition: what a rule looks for grows with its text, and not with the square of it. */
const MOST_IN_ALL = 20_000;

/** The forms of each test on the name of a value, by the value. */
export type Conjunctions = ReadonlyMap<Test, ReadonlyMap<string, readonly Form[]>>;

/**
 * Tests that say together what one test says on a canonical field: a registry key and, beside it, the name of a
 * value are the path that ends with both (equivalence rules, 33 and 35). A test without a key beside it has no forms,
 * nor one that would make too many with them: key and name then stand as they are, each linked with the whole path.
 */
export function conjunctions(where: Expression, scope: EventScope): Conjunctions {
  const found: Found = { forms: new Map(), left: MOST_IN_ALL };
  joinTests(where, scope, found);
  return found.forms;
}

interface Found {
  readonly forms: Map<Test, ReadonlyMap<string, readonly Form[]>>;
  /** How many more paths there may be. */
  left: number;
}

function joinTests(part: Expression, scope: EventScope, found: Found): void {
  if ('not' in part) joinTests(part.not, scope, found);
  const parts = 'and' in part ? part.and : 'or' in part ? part.or : [];
  for (const child of parts) joinTests(child, scope, found);
  if (!('and' in part)) return;
  const tests = part.and.flatMap((child) => ('test' in child ? [child.test] : []));
  const names = tests.filter((test) => test.op === 'eq' && partOf(test, scope) === 'value name');
  if (names.length === 0) return;
  const keys = tests.filter((test) => isKey(test, scope));
  const paths = countValues(names) * countValues(keys);
  if (paths === 0 || paths > MOST_PATHS || paths > found.left) return;
  found.left -= paths;
  for (const name of names) {
    const forms = name.values.map(
      (value) => [String(value), keys.flatMap((key) => joinedForms(key, String(value), scope))] as const,
    );
    found.forms.set(name, new Map(forms));
  }
}

function countValues(tests: readonly Test[]): number {
  return tests.reduce((sum, { values }) => sum + values.length, 0);
}

/**
 * The key up to its end, or a path that goes on behind the key (`registry_path="*\K*"`). A key that holds a text may
 * go on behind it, so that it says less.
 */
function isKey(test: Test, scope: EventScope): boolean {
  if (!PATH_ENDS.has(test.op)) return false;
  if (test.quantifier === 'all' && test.values.length > 1) return false;
  const part = partOf(test, scope);
  return part === 'key' ? test.op !== 'contains' : part === null && test.op === 'contains';
}

/** What is asked of the end of a path by a test on the key that it lies in. */
const PATH_ENDS: ReadonlyMap<Operator, 'eq' | 'ends_with'> = new Map([
  ['eq', 'eq'],
  ['ends_with', 'ends_with'],
  ['contains', 'ends_with'],
]);

function joinedForms(key: Test, value: string, scope: EventScope): readonly Form[] {
  const op = PATH_ENDS.get(key.op);
  const field = key.field === null ? undefined : namedField(key.field, scope)?.field;
  if (op === undefined || field === undefined) return [];
  return key.values.map((path) => {
    const end = String(path).replace(/\\+$/, '');
    return canonicalValue({ field, op, value: `${end}\\${value}` }, false);
  });
}

const REGISTRY_PATHS = new Set(['TargetObject', 'TargetObject (deleted)']);

/** The part of a registry path that a test looks at; `undefined` where it looks at none. */
function partOf(test: Test, scope: EventScope): string | null | undefined {
  if (test.field === null || test.derived || test.expanded !== undefined) return undefined;
  const named = namedField(test.field, scope);
  return named !== null && REGISTRY_PATHS.has(named.field) && named.isSame ? named.part : undefined;
}

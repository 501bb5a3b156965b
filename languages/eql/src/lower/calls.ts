import { type Expression, type Operator, type Span, testsOf } from '@rulescope/logic';
import { affordable, fault, note, unknownAt } from '@rulescope/logic/elastic';
import { functionNamed } from '../data/functions.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Call } from '../syntax/ast.ts';
import { computed, fieldTest, listedValues, textsOf, warnOfRegex } from './comparisons.ts';
import { isKnownCall, operandOf } from './operands.ts';
import type { Scope } from './scope.ts';
import { networkTest, regexTest, testOf, testsOfValues } from './values.ts';

type TextOperator = Extract<Operator, 'starts_with' | 'ends_with' | 'contains'>;

/** A call that stands as a condition (EQL function reference; `~` behind the name: case does not count). */
export function lowerCall(call: Call, scope: Scope): Expression {
  if (!affordable(scope, call.args.length, call.span) || !isKnownCall(call, scope))
    return unknownAt(scope, call.span);
  switch (functionNamed(call.name)?.name) {
    case 'startsWith':
      return lowerTextTest(call, 'starts_with', scope);
    case 'endsWith':
      return lowerTextTest(call, 'ends_with', scope);
    case 'stringContains':
      return lowerTextTest(call, 'contains', scope);
    case 'wildcard':
    case 'arrayContains':
    case 'cidrMatch':
    case 'match':
    case 'matchLite':
      return lowerValueTest(call, scope);
    case '_arraysearch':
    case 'arraySearch':
      return lowerArraySearch(call, scope);
    case 'safe':
      return lowerSafe(call, scope);
    default:
      fault(scope, CODES.notACondition, `${call.name} gives a value, and no condition.`, call.span);
      return unknownAt(scope, call.span);
  }
}

/** `safe(condition)`: a value in its place is true where it is one, which no test says. */
function lowerSafe({ args: [inner], span }: Call, scope: Scope): Expression {
  if (inner === undefined) return unknownAt(scope, span);
  const isValue =
    inner.kind === 'arithmetic' || (inner.kind === 'call' && functionNamed(inner.name)?.gives === 'value');
  return isValue ? computed(scope, span) : scope.lowering.condition(inner, scope);
}

/** `startsWith(field, "text")`; the text may be a field as well. */
function lowerTextTest(call: Call, op: TextOperator, scope: Scope): Expression {
  const { span } = call;
  const [source, part] = call.args.map((arg) => operandOf(arg, scope));
  if (source === undefined || part === undefined || source.kind === 'broken' || part.kind === 'broken')
    return unknownAt(scope, span);
  if (source.kind !== 'field') return computed(scope, span);
  if (part.kind === 'field') {
    return fieldTest(source, `field_${op}`, part, !call.caseless, span) ?? computed(scope, span);
  }
  if (part.kind !== 'constant' || part.value === null) return computed(scope, span);
  return testOf(source, op, [String(part.value)], !call.caseless, span);
}

/** A function of a field and any number of constants, any of which will do. */
function lowerValueTest({ name, args, caseless, span }: Call, scope: Scope): Expression {
  const [first, ...rest] = args;
  if (first === undefined) return unknownAt(scope, span);
  const source = operandOf(first, scope);
  const { constants, others } = listedValues(rest, scope);
  if (source.kind === 'broken' || others.some(({ kind }) => kind === 'broken')) return unknownAt(scope, span);
  if (source.kind !== 'field' || others.length > 0) return computed(scope, span);
  const caseSensitive = !caseless;
  const known = functionNamed(name)?.name;
  if (known === 'arrayContains')
    return testsOfValues(source, constants, { wildcards: false, caseSensitive }, span);
  const texts = textsOf(constants);
  if (texts === null) return computed(scope, span);
  if (known === 'cidrMatch') return networkTest(source, texts, span);
  if (known === 'wildcard') return testsOfValues(source, texts, { wildcards: true, caseSensitive }, span);
  warnOfRegex(rest, 'endgame', scope);
  return regexTest(source, texts, 'endgame', caseSensitive, span);
}

/**
 * `_arraysearch(array, $element, condition)`: tests on the fields of the elements. That several of them must hold
 * for the same element is not in the tests, and noted.
 */
function lowerArraySearch(call: Call, scope: Scope): Expression {
  const [array, variable, condition] = call.args;
  if (array === undefined || variable === undefined || condition === undefined)
    return unknownAt(scope, call.span);
  const path = operandOf(array, scope);
  if (path.kind !== 'field' || path.through.length > 0 || variable.kind !== 'field') {
    if (path.kind !== 'broken') badArrayArguments(call, scope);
    return unknownAt(scope, call.span);
  }
  if (call.name.startsWith('_'))
    note(scope, CODES.endpointSyntax, 'Elasticsearch has no _arraysearch.', nameSpan(call));
  const variables = new Map([...scope.variables, [variable.name, path.name]]);
  const inner = scope.lowering.condition(condition, { ...scope, variables });
  if (testsOf(inner).length > 1 || 'not' in inner) {
    note(scope, CODES.sameElement, 'All of it must hold for one element of the array.', nameSpan(call));
  }
  return inner;
}

function badArrayArguments(call: Call, scope: Scope): void {
  const message = `${call.name} takes a field, the name of a variable and a condition.`;
  fault(scope, CODES.badArguments, message, call.span);
}

function nameSpan({ span, name }: Call): Span {
  return [span[0], span[0] + name.length];
}

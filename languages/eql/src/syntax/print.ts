import { isProduct, printPlain, printQuotedName, printString } from '@rulescope/logic/elastic';
import type { Call, EqlQuery, EventQuery, Expr, Match, Pipe, Sequence, Step } from './ast.ts';

/**
 * An EQL text as Elastic's reference writes it: one step a line, double quotes, `==`, functions before their
 * arguments. Parsed again it gives the same tree; of a tree with broken parts that cannot be promised.
 */
export function printEql({ main, pipes, rest }: EqlQuery): string {
  const lines = [main.kind === 'event' ? printEvent(main) : printSequence(main)];
  for (const pipe of pipes) lines.push(printPipe(pipe));
  for (const { text } of rest) lines.push(text);
  return lines.join('\n');
}

function printEvent({ category, condition }: EventQuery): string {
  return `${printCategory(category)} where ${printExpr(condition)}`;
}

function printCategory(category: string | null): string {
  if (category === null) return 'any';
  return category !== 'any' && /^[A-Za-z_]\w*$/.test(category) && !RESERVED.has(category)
    ? category
    : printString(category);
}

function printSequence({ kind, by, maxspan, steps, until, rest }: Sequence): string {
  const head = [kind, ...printBy(by), ...(maxspan === null ? [] : [`with maxspan=${maxspan}`])].join(' ');
  const lines = [head, ...steps.map((step) => `  ${printStep(step)}`)];
  for (const { text } of rest) lines.push(text);
  if (until !== null) lines.push(`until ${printStep(until)}`);
  return lines.join('\n');
}

function printBy(by: readonly Expr[]): readonly string[] {
  return by.length === 0 ? [] : [`by ${by.map((key) => printAt(key, SUM)).join(', ')}`];
}

function printStep({ query, missing, by, runs, alias, fork }: Step): string {
  const words = [`${missing ? '!' : ''}[${printEvent(query)}]`, ...printBy(by)];
  if (runs !== null) words.push(`with runs=${runs}`);
  if (alias !== null) words.push(`as ${printName(alias)}`);
  if (fork !== null) words.push(`fork=${fork}`);
  return words.join(' ');
}

function printPipe({ name, args }: Pipe): string {
  return ['|', name, args.map((arg) => printExpr(arg)).join(', ')].filter((word) => word !== '').join(' ');
}

/** How tightly expressions bind: what binds less than its place asks for stands in parentheses. */
const OR = 0;
const AND = 1;
const NOT = 2;
const COMPARISON = 3;
const SUM = 4;
const PRODUCT = 5;
const SIGN = 6;
const PRIMARY = 7;

/** An expression as text. */
function printExpr(expr: Expr): string {
  return printAt(expr, OR);
}

function printAt(expr: Expr, place: number): string {
  const text = printBare(expr);
  return bindingOf(expr) < place ? `(${text})` : text;
}

function bindingOf(expr: Expr): number {
  switch (expr.kind) {
    case 'or':
      return OR;
    case 'and':
      return AND;
    case 'not':
      return NOT;
    case 'comparison':
    case 'match':
      return COMPARISON;
    case 'arithmetic':
      return isProduct(expr.rest[0]?.operator) ? PRODUCT : SUM;
    case 'sign':
      return SIGN;
    case 'literal':
    case 'field':
    case 'call':
    case 'relation':
    case 'broken':
      return PRIMARY;
  }
}

function printBare(expr: Expr): string {
  switch (expr.kind) {
    case 'or':
      return expr.items.map((item) => printAt(item, AND)).join(' or ');
    case 'and':
      return expr.items.map((item) => printAt(item, NOT)).join(' and ');
    case 'not':
      return `not ${printAt(expr.operand, NOT)}`;
    case 'comparison':
      return `${printAt(expr.left, SUM)} ${expr.operator} ${printAt(expr.right, SUM)}`;
    case 'match':
      return printMatch(expr);
    case 'arithmetic': {
      const inner = bindingOf(expr) + 1;
      const rest = expr.rest.map(({ operator, operand }) => ` ${operator} ${printAt(operand, inner)}`);
      return printAt(expr.first, inner) + rest.join('');
    }
    case 'sign':
      return `${expr.sign}${printAt(expr.operand, SIGN)}`;
    case 'literal':
      return printLiteral(expr.value, expr.float);
    case 'field':
      return `${expr.optional ? '?' : ''}${printName(expr.name)}`;
    case 'call':
      return printCall(expr);
    case 'relation':
      return `${expr.name} of [${printEvent(expr.query)}]`;
    case 'broken':
      return expr.text;
  }
}

function printMatch({ subject, operator, negated, values }: Match): string {
  const listed = values.map((value) => printExpr(value)).join(', ');
  const [only] = values;
  const alone = values.length === 1 && only !== undefined && !operator.startsWith('in');
  const list = alone ? printAt(only, SUM) : `(${listed})`;
  return `${printAt(subject, SUM)}${negated ? ' not' : ''} ${operator} ${list}`;
}

function printCall({ name, caseless, args }: Call): string {
  return `${name}${caseless ? '~' : ''}(${args.map((arg) => printExpr(arg)).join(', ')})`;
}

function printLiteral(value: string | number | boolean | null, float: boolean): string {
  if (typeof value === 'string') return printString(value);
  return printPlain(value, float);
}

const RESERVED = new Set(
  'and or not in like regex by with until where of true false null any sequence sample join'.split(' '),
);

function printName(name: string): string {
  return /^[A-Za-z_@$][\w@$]*(?:\.[\w@$]+|\[\d+\])*$/.test(name) && !RESERVED.has(name)
    ? name
    : printQuotedName(name);
}

import { isProduct, printPlain, printQuotedName, printString } from '@rulescope/logic/elastic';
import type { Expr, Like, Literal, Membership } from './ast.ts';
import { printPipeline } from './print.ts';

/** How tightly expressions bind: what binds less than its place asks for stands in parentheses. */
const OR = 0;
const AND = 1;
const NOT = 2;
const COMPARISON = 3;
const SUM = 4;
const PRODUCT = 5;
const SIGN = 6;
const CAST = 7;
const PRIMARY = 8;

/** An expression as text. */
export function printExpr(expr: Expr): string {
  return printAt(expr, OR);
}

/** An expression as text, in parentheses where it has operators. */
export function printValue(expr: Expr): string {
  return printAt(expr, PRIMARY);
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
    case 'like':
    case 'in':
    case 'match':
    case 'is-null':
      return COMPARISON;
    case 'arithmetic':
      return isProduct(expr.rest[0]?.operator) ? PRODUCT : SUM;
    case 'sign':
      return SIGN;
    case 'cast':
      return CAST;
    default:
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
    case 'like':
    case 'in':
      return printList(expr);
    case 'match':
      return `${printAt(expr.subject, SUM)} : ${printAt(expr.query, PRIMARY)}`;
    case 'is-null':
      return `${printAt(expr.subject, SUM)} is ${expr.negated ? 'not ' : ''}null`;
    case 'arithmetic': {
      const inner = bindingOf(expr) + 1;
      const rest = expr.rest.map(({ operator, operand }) => ` ${operator} ${printAt(operand, inner)}`);
      return printAt(expr.first, inner) + rest.join('');
    }
    case 'sign':
      return `${expr.sign} ${printAt(expr.operand, SIGN)}`;
    case 'cast':
      return `${printAt(expr.operand, PRIMARY)}${expr.types.map((type) => `::${type}`).join('')}`;
    default:
      return printPrimary(expr);
  }
}

type Primary = Extract<
  Expr,
  {
    readonly kind:
      | 'literal'
      | 'duration'
      | 'list'
      | 'options'
      | 'field'
      | 'parameter'
      | 'star'
      | 'call'
      | 'subquery'
      | 'broken';
  }
>;

function printPrimary(expr: Primary): string {
  switch (expr.kind) {
    case 'literal':
      return printLiteral(expr);
    case 'duration':
      return `${expr.amount} ${expr.unit}`;
    case 'list':
      return `[${expr.items.map(printExpr).join(', ')}]`;
    case 'options':
      return `{ ${expr.entries.map(({ key, value }) => `${printString(key)}: ${printExpr(value)}`).join(', ')} }`;
    case 'field':
      return printName(expr.name);
    case 'parameter':
      return expr.name;
    case 'star':
      return '*';
    case 'call':
      return `${expr.name}(${expr.args.map(printExpr).join(', ')})`;
    case 'subquery':
      return printPipeline(expr.query);
    case 'broken':
      return expr.text;
  }
}

function printList(expr: Like | Membership): string {
  const items = expr.kind === 'in' ? expr.values : expr.patterns;
  const operator = `${expr.negated ? 'not ' : ''}${expr.kind === 'in' ? 'in' : expr.operator}`;
  const [only] = items;
  const alone = expr.kind === 'like' && items.length === 1 && only !== undefined;
  const list = alone ? printAt(only, SUM) : `(${items.map(printExpr).join(', ')})`;
  return `${printAt(expr.subject, SUM)} ${operator} ${list}`;
}

function printLiteral({ value, float, inexact }: Literal): string {
  if (typeof value === 'string') return inexact ? value : printString(value);
  return printPlain(value, float);
}

const RESERVED = new Set('and or not in is like rlike null true false'.split(' '));

/** A name, between backticks where it needs them. */
export function printName(name: string): string {
  return /^(?:\?|[A-Za-z_@])[\w@]*(?:\.[\w@]+)*$/.test(name) && !RESERVED.has(name.toLowerCase())
    ? name
    : printQuotedName(name);
}

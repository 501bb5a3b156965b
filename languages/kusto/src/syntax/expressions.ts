import { LIMITS, type Span } from '@rulescope/logic';
import { readLiteral } from './literals.ts';
import type { Expr, FunctionExpr, LetStatement, Operator, Parameter } from './tree.ts';
import { child, children, items, nameOf, spanOf, textOf, type View, type Viewer } from './view.ts';

/** What reading a tree needs, and what it finds. */
export interface TreeReader extends Viewer {
  /** Reads an operator that starts at an offset; here so that the two modules need not import each other. */
  readonly operator: (node: View, start: number, reader: TreeReader) => Operator;
  /** Told where something is nested too deeply. */
  readonly tooDeep: (span: Span) => void;
  depth: number;
}

/** Brackets are counted before a tree is made; what nests without them (`- - x`, `a.b.c`) is counted here. */
const DEEPEST = 2 * LIMITS.depth;

/** Reads an expression of Microsoft's tree. What is missing or nested too deeply is `bad`. */
export function readExpression(node: View | null, reader: TreeReader): Expr {
  if (node === null) return { kind: 'bad', span: [0, 0] };
  if (reader.depth >= DEEPEST) {
    reader.tooDeep(spanOf(node));
    return { kind: 'bad', span: spanOf(node) };
  }
  reader.depth += 1;
  const read = readLiteral(node, reader) ?? (READERS.get(node.kind) ?? readRest)(node, reader);
  reader.depth -= 1;
  return read;
}

/** Reads the elements of the list that is the child of a name. */
export function readItems(node: View | null, name: string, reader: TreeReader): readonly Expr[] {
  return node === null ? [] : items(node, name, reader).map((item) => readExpression(item, reader));
}

/** Reads the child of a name. What is missing is `bad`. */
export function readChild(node: View, name: string, reader: TreeReader): Expr {
  return readExpression(child(node, name, reader), reader);
}

/** How a node of Microsoft's tree is read. */
type ExpressionReader = (node: View, reader: TreeReader) => Expr;

/** What only wraps an expression. */
const readInner: ExpressionReader = (node, reader) => readChild(node, 'Expression', reader);

const readColumn: ExpressionReader = (node, reader) => readChild(node, 'Column', reader);

const readStar: ExpressionReader = (node) => ({ kind: 'star', span: spanOf(node) });

/** Functions that have nodes of their own: of one expression. */
const readCallOf =
  (name: string): ExpressionReader =>
  (node, reader) => ({
    kind: 'call',
    name,
    args: [readChild(node, 'Expression', reader)],
    span: spanOf(node),
  });

const readPack: ExpressionReader = (node) => ({
  kind: 'call',
  name: 'pack_all',
  args: [],
  span: spanOf(node),
});

const readArithmetic: ExpressionReader = (node, reader) => ({
  kind: 'arithmetic',
  op: textOfPart(node, 'Operator', reader),
  operands: [readChild(node, 'Left', reader), readChild(node, 'Right', reader)],
  span: spanOf(node),
});

const readBetween =
  (negated: boolean): ExpressionReader =>
  (node, reader) => {
    const couple = child(node, 'Right', reader);
    const side = (name: string): Expr =>
      readExpression(couple === null ? null : child(couple, name, reader), reader);
    return {
      kind: 'between',
      negated,
      left: readChild(node, 'Left', reader),
      low: side('First'),
      high: side('Second'),
      span: spanOf(node),
    };
  };

/** How kinds of nodes are read; any other is an operator, a comparison or `bad` (`readRest`). */
const READERS: ReadonlyMap<string, ExpressionReader> = new Map([
  ['NameReference', readName],
  ['StarExpression', readStar],
  ['ParenthesizedExpression', readInner],
  ['BracketedExpression', readInner],
  ['OrderedExpression', readInner],
  ['MvExpandExpression', readInner],
  ['MvApplyExpression', readInner],
  ['MvApplySubqueryExpression', readInner],
  ['MakeSeriesExpression', readInner],
  ['DataScopeExpression', readInner],
  ['ForkExpression', readInner],
  ['TypedColumnReference', readColumn],
  ['SimpleNamedExpression', readAssignment],
  ['CompoundNamedExpression', readAssignments],
  ['PathExpression', readPath],
  ['ElementExpression', readElement],
  ['FunctionCallExpression', readCall],
  ['ToScalarExpression', readCallOf('toscalar')],
  ['ToTableExpression', readCallOf('totable')],
  ['MaterializeExpression', readCallOf('materialize')],
  ['PackExpression', readPack],
  ['AndExpression', (node, reader) => readLogic(node, 'and', reader)],
  ['OrExpression', (node, reader) => readLogic(node, 'or', reader)],
  ['BetweenExpression', readBetween(false)],
  ['NotBetweenExpression', readBetween(true)],
  ['AddExpression', readArithmetic],
  ['SubtractExpression', readArithmetic],
  ['MultiplyExpression', readArithmetic],
  ['DivideExpression', readArithmetic],
  ['ModuloExpression', readArithmetic],
  ['UnaryMinusExpression', readSigned],
  ['UnaryPlusExpression', readSigned],
  ['PipeExpression', readPipe],
  ['FunctionDeclaration', readFunction],
  ['DataTableExpression', readDataTable],
  ['ExternalDataExpression', readExternalData],
]);

/** A name. Where an expression is missing, the parser puts one without letters. */
function readName(node: View, reader: TreeReader): Expr {
  const name = nameOf(node, reader);
  const span = spanOf(node);
  return name === '' || isOperatorWord(textOf(node, reader))
    ? { kind: 'bad', span }
    : { kind: 'name', name, span };
}

function readAssignment(node: View, reader: TreeReader): Expr {
  const names = [nameOf(child(node, 'Name', reader), reader)];
  return { kind: 'assign', names, value: readChild(node, 'Expression', reader), span: spanOf(node) };
}

/** `(a, b) = f(x)`. */
function readAssignments(node: View, reader: TreeReader): Expr {
  const list = child(node, 'Names', reader);
  const names = list === null ? [] : items(list, 'Names', reader).map((name) => nameOf(name, reader));
  return { kind: 'assign', names, value: readChild(node, 'Expression', reader), span: spanOf(node) };
}

function readCall(node: View, reader: TreeReader): Expr {
  const args = readItems(child(node, 'ArgumentList', reader), 'Expressions', reader);
  return { kind: 'call', name: nameOf(child(node, 'Name', reader), reader), args, span: spanOf(node) };
}

function readDataTable(node: View, reader: TreeReader): Expr {
  const columns = columnNames(child(node, 'Schema', reader), reader);
  return { kind: 'datatable', columns, values: readItems(node, 'Values', reader), span: spanOf(node) };
}

function readExternalData(node: View, reader: TreeReader): Expr {
  const urls = texts(readItems(node, 'URIs', reader), reader);
  return { kind: 'externaldata', urls, span: spanOf(node) };
}

/** `and` and `or` are no names, save in brackets and quotes. */
function isOperatorWord(written: string): boolean {
  return written === 'and' || written === 'or';
}

/** Operators that stand where a table is wanted, and everything that has a left side, an operator and a right side. */
function readRest(node: View, reader: TreeReader): Expr {
  const span = spanOf(node);
  if (node.kind.endsWith('Operator') || node.kind === 'InlineExternalTableExpression') {
    return { kind: 'pipe', source: null, operators: [reader.operator(node, span[0], reader)], span };
  }
  const left = child(node, 'Left', reader);
  const right = child(node, 'Right', reader);
  if (left === null || right === null) return { kind: 'bad', span };
  const values =
    right.kind === 'ExpressionList'
      ? readItems(right, 'Expressions', reader)
      : [readExpression(right, reader)];
  return {
    kind: 'comparison',
    op: textOfPart(node, 'Operator', reader),
    left: readExpression(left, reader),
    right: values,
    span,
  };
}

/** The text of an operator as the reference writes it: `matches regex` has one blank. */
function textOfPart(node: View, name: string, reader: TreeReader): string {
  const part = child(node, name, reader);
  return part === null ? '' : textOf(part, reader).toLowerCase().replace(/\s+/g, ' ');
}

function texts(values: readonly Expr[], reader: TreeReader): readonly string[] {
  return values.map((value) => (value.kind === 'text' ? value.value : reader.text.slice(...value.span)));
}

/** `a and b and c` nests to the left, as deep as it is long. */
function readLogic(node: View, op: 'and' | 'or', reader: TreeReader): Expr {
  const parts: View[] = [];
  let left: View | null = node;
  while (left !== null && left.kind === node.kind) {
    const right = child(left, 'Right', reader);
    if (right !== null) parts.push(right);
    left = child(left, 'Left', reader);
  }
  if (left !== null) parts.push(left);
  const items = parts.reverse().map((part) => readExpression(part, reader));
  return { kind: 'logic', op, items, span: spanOf(node) };
}

/** `T | a | b` nests to the left too. An operator in the place of the source is the first of the operators. */
function readPipe(node: View, reader: TreeReader): Expr {
  const steps: (readonly [operator: View, start: number])[] = [];
  let left: View | null = node;
  while (left !== null && left.kind === 'PipeExpression') {
    const operator = child(left, 'Operator', reader);
    const bar = child(left, 'Bar', reader);
    if (operator !== null) steps.push([operator, spanOf(bar ?? operator)[0]]);
    left = child(left, 'Expression', reader);
  }
  const first = left === null ? null : readExpression(left, reader);
  const operators = steps.reverse().map(([operator, start]) => reader.operator(operator, start, reader));
  const span = spanOf(node);
  return first?.kind === 'pipe' && first.source === null && left?.kind.endsWith('Operator') === true
    ? { kind: 'pipe', source: null, operators: [...first.operators, ...operators], span }
    : { kind: 'pipe', source: first, operators, span };
}

function readPath(node: View, reader: TreeReader): Expr {
  const base = readExpression(child(node, 'Expression', reader), reader);
  const selector = child(node, 'Selector', reader);
  const span = spanOf(node);
  if (selector?.kind === 'NameReference') {
    return { kind: 'member', base, name: nameOf(selector, reader), span };
  }
  const part = readExpression(selector, reader);
  return selector?.kind === 'BracketedExpression'
    ? partOf(base, part, span)
    : { kind: 'qualified', base, of: part, span };
}

function readElement(node: View, reader: TreeReader): Expr {
  const base = readExpression(child(node, 'Expression', reader), reader);
  return partOf(base, readExpression(child(node, 'Selector', reader), reader), spanOf(node));
}

/** `a["b"]` is `a.b`. */
function partOf(base: Expr, index: Expr, span: Span): Expr {
  return index.kind === 'text'
    ? { kind: 'member', base, name: index.value, span }
    : { kind: 'element', base, index, span };
}

/** `-1` is a number; `-x` is arithmetic. */
function readSigned(node: View, reader: TreeReader): Expr {
  const sign = textOfPart(node, 'Operator', reader);
  const value = readChild(node, 'Expression', reader);
  const span = spanOf(node);
  if (value.kind === 'number') {
    return { kind: 'number', value: sign === '-' ? -value.value : value.value, span };
  }
  return { kind: 'arithmetic', op: sign, operands: [value], span };
}

function readFunction(node: View, reader: TreeReader): FunctionExpr {
  const parameters = child(node, 'Parameters', reader);
  const body = child(node, 'Body', reader);
  const statements = body === null ? [] : items(body, 'Statements', reader);
  const inner = body === null ? null : child(body, 'Expression', reader);
  return {
    kind: 'function',
    parameters:
      parameters === null
        ? []
        : items(parameters, 'Parameters', reader).map((one) => readParameter(one, reader)),
    statements: statements.flatMap((one) => (one.kind === 'LetStatement' ? [readLet(one, reader)] : [])),
    body: inner === null ? null : readExpression(inner, reader),
    span: spanOf(node),
  };
}

/** A parameter of a function, or of `declare query_parameters`. */
export function readParameter(node: View, reader: TreeReader): Parameter {
  const declared = child(node, 'NameAndType', reader);
  const initial = child(node, 'DefaultValue', reader);
  const type = declared === null ? null : child(declared, 'Type', reader);
  return {
    name: nameOf(declared === null ? null : child(declared, 'Name', reader), reader),
    tabular: type?.kind === 'SchemaTypeExpression',
    initial: initial === null ? null : readExpression(child(initial, 'Value', reader), reader),
  };
}

export function readLet(node: View, reader: TreeReader): LetStatement {
  return {
    kind: 'let',
    name: nameOf(child(node, 'Name', reader), reader),
    value: readExpression(child(node, 'Expression', reader), reader),
    span: spanOf(node),
  };
}

/** The names of the columns of a schema, such as `(Name:string, Id:long)`. */
export function columnNames(schema: View | null, reader: TreeReader): readonly string[] {
  if (schema === null) return [];
  return items(schema, 'Columns', reader).map((column) => nameOf(child(column, 'Name', reader), reader));
}

/** All names that are declared below a node, such as the columns that the pattern of `parse` fills. */
export function declaredNames(node: View, reader: TreeReader): readonly string[] {
  if (node.kind === 'NameDeclaration') return [nameOf(node, reader)];
  return children(node, reader).flatMap((inner) => declaredNames(inner, reader));
}

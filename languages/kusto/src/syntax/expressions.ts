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
  const read = readLiteral(node, reader) ?? readKind(node, reader);
  reader.depth -= 1;
  return read;
}

/** Reads the elements of the list that is the child of a name. */
export function readItems(node: View | null, name: string, reader: TreeReader): readonly Expr[] {
  return node === null ? [] : items(node, name, reader).map((item) => readExpression(item, reader));
}

function readKind(node: View, reader: TreeReader): Expr {
  const span = spanOf(node);
  const part = (name: string): View | null => child(node, name, reader);
  const read = (name: string): Expr => readExpression(part(name), reader);
  switch (node.kind) {
    case 'NameReference': {
      const name = nameOf(node, reader);
      // Where an expression is missing, the parser puts a name without letters.
      return name === '' || isOperatorWord(textOf(node, reader))
        ? { kind: 'bad', span }
        : { kind: 'name', name, span };
    }
    case 'StarExpression':
      return { kind: 'star', span };
    case 'ParenthesizedExpression':
    case 'BracketedExpression':
    case 'OrderedExpression':
    case 'MvExpandExpression':
    case 'MvApplyExpression':
    case 'MvApplySubqueryExpression':
    case 'MakeSeriesExpression':
    case 'DataScopeExpression':
    case 'ForkExpression':
      return read('Expression');
    case 'TypedColumnReference':
      return read('Column');
    case 'SimpleNamedExpression':
      return { kind: 'assign', names: [nameOf(part('Name'), reader)], value: read('Expression'), span };
    case 'CompoundNamedExpression': {
      const list = part('Names');
      const names = list === null ? [] : items(list, 'Names', reader);
      return {
        kind: 'assign',
        names: names.map((name) => nameOf(name, reader)),
        value: read('Expression'),
        span,
      };
    }
    case 'PathExpression':
      return readPath(node, reader);
    case 'ElementExpression':
      return readElement(node, reader);
    case 'FunctionCallExpression': {
      const args = readItems(part('ArgumentList'), 'Expressions', reader);
      return { kind: 'call', name: nameOf(part('Name'), reader), args, span };
    }
    case 'ToScalarExpression':
      return { kind: 'call', name: 'toscalar', args: [read('Expression')], span };
    case 'ToTableExpression':
      return { kind: 'call', name: 'totable', args: [read('Expression')], span };
    case 'MaterializeExpression':
      return { kind: 'call', name: 'materialize', args: [read('Expression')], span };
    case 'PackExpression':
      return { kind: 'call', name: 'pack_all', args: [], span };
    case 'AndExpression':
      return readLogic(node, 'and', reader);
    case 'OrExpression':
      return readLogic(node, 'or', reader);
    case 'BetweenExpression':
    case 'NotBetweenExpression': {
      const couple = part('Right');
      const side = (name: string): Expr =>
        readExpression(couple === null ? null : child(couple, name, reader), reader);
      const negated = node.kind === 'NotBetweenExpression';
      return { kind: 'between', negated, left: read('Left'), low: side('First'), high: side('Second'), span };
    }
    case 'AddExpression':
    case 'SubtractExpression':
    case 'MultiplyExpression':
    case 'DivideExpression':
    case 'ModuloExpression':
      return {
        kind: 'arithmetic',
        op: textOfPart(node, 'Operator', reader),
        operands: [read('Left'), read('Right')],
        span,
      };
    case 'UnaryMinusExpression':
    case 'UnaryPlusExpression':
      return readSigned(textOfPart(node, 'Operator', reader), read('Expression'), span);
    case 'PipeExpression':
      return readPipe(node, reader);
    case 'FunctionDeclaration':
      return readFunction(node, reader);
    case 'DataTableExpression':
      return {
        kind: 'datatable',
        columns: columnNames(part('Schema'), reader),
        values: readItems(node, 'Values', reader),
        span,
      };
    case 'ExternalDataExpression':
      return { kind: 'externaldata', urls: texts(readItems(node, 'URIs', reader), reader), span };
    default:
      return readRest(node, reader);
  }
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

function readSigned(sign: string, value: Expr, span: Span): Expr {
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

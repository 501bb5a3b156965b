import {
  columnNames,
  declaredNames,
  readChild,
  readExpression,
  readItems,
  type TreeReader,
} from './expressions.ts';
import type { Expr, Operator } from './tree.ts';
import { child, items, nameOf, spanOf, textOf, type View } from './view.ts';

const NOTHING = { columns: [], by: [], variant: null, tables: [], names: [], pattern: '' } as const;

/** Reads a tabular operator that starts, with its bar, at an offset. */
export function readOperator(node: View, start: number, reader: TreeReader): Operator {
  return {
    syntax: node.kind,
    span: [start, spanOf(node)[1]],
    ...NOTHING,
    ...READERS.get(node.kind)?.(node, reader),
  };
}

type Parts = Partial<Omit<Operator, 'syntax' | 'span'>>;

/** How the parts of an operator are read. */
type PartsReader = (node: View, reader: TreeReader) => Parts;

/** Operators whose one expression is a condition, or gives what they make. */
const readOne =
  (name: string): PartsReader =>
  (node, reader) => ({ columns: [readChild(node, name, reader)] });

/** Operators that group or choose by one expression. */
const readOneBy =
  (name: string): PartsReader =>
  (node, reader) => ({ by: [readChild(node, name, reader)] });

/** Operators with a list of columns. */
const readColumns: PartsReader = (node, reader) => ({ columns: readItems(node, 'Expressions', reader) });

/** Operators that are followed by one name. */
const readName: PartsReader = (node, reader) => ({ names: [nameOf(child(node, 'Name', reader), reader)] });

/** Operators that join with a table, by the clause that says on what. */
const readJoin =
  (clause: string): PartsReader =>
  (node, reader) => ({
    tables: [readChild(node, 'Expression', reader)],
    by: clauseOf(node, clause, reader),
    variant: parameter(node, 'kind', reader),
  });

const readSummarize: PartsReader = (node, reader) => {
  const by = child(node, 'ByClause', reader);
  const bin = by === null ? null : child(by, 'BinClause', reader);
  const bins = bin === null ? [] : [readExpression(bin, reader)];
  return {
    columns: readItems(node, 'Aggregates', reader),
    by: [...readItems(by, 'Expressions', reader), ...bins],
  };
};

const readMakeSeries: PartsReader = (node, reader) => ({
  columns: readItems(node, 'Aggregates', reader),
  by: clauseOf(node, 'ByClause', reader),
});

const readTopNested: PartsReader = (node, reader) => {
  const clauses = items(node, 'Clauses', reader);
  return {
    columns: clauses.map((one) => readChild(one, 'ByExpression', reader)),
    by: clauses.map((one) => readChild(one, 'OfExpression', reader)),
  };
};

const readUnion: PartsReader = (node, reader) => {
  const source = parameter(node, 'withsource', reader);
  return { tables: readItems(node, 'Expressions', reader), names: source === null ? [] : [source] };
};

const readMvApply: PartsReader = (node, reader) => ({
  columns: readItems(node, 'Expressions', reader),
  tables: [readChild(node, 'Subquery', reader)],
});

const readParse: PartsReader = (node, reader) => {
  const patterns = items(node, 'Patterns', reader);
  return {
    columns: [readChild(node, 'Expression', reader)],
    names: patterns.flatMap((pattern) => declaredNames(pattern, reader)),
    pattern: patterns.map((pattern) => textOf(pattern, reader).trim()).join(' '),
  };
};

const readParseKv: PartsReader = (node, reader) => ({
  columns: [readChild(node, 'Expression', reader)],
  names: columnNames(child(node, 'Keys', reader), reader),
  pattern: pairsOf(child(node, 'WithClause', reader), reader),
});

const readSearch: PartsReader = (node, reader) => {
  const condition = child(node, 'Condition', reader);
  return {
    tables: clauseOf(node, 'InClause', reader),
    columns: condition === null ? [] : [readExpression(condition, reader)],
    variant: parameter(node, 'kind', reader),
  };
};

const readCount: PartsReader = (node, reader) => {
  const as = child(node, 'AsIdentifier', reader);
  const name = as === null ? null : child(as, 'Identifier', reader);
  return { names: name === null ? [] : [textOf(name, reader)] };
};

const readPartition: PartsReader = (node, reader) => ({
  by: [readChild(node, 'ByExpression', reader)],
  tables: subqueryOf(child(node, 'Operand', reader), reader),
});

const readPartitionBy: PartsReader = (node, reader) => ({
  by: [readChild(node, 'Entity', reader)],
  tables: [readChild(node, 'Subquery', reader)],
});

const readFork: PartsReader = (node, reader) => ({ tables: readItems(node, 'Expressions', reader) });

const readFacet: PartsReader = (node, reader) => {
  const clause = child(node, 'WithClause', reader);
  const inner =
    clause === null ? null : (child(clause, 'Expression', reader) ?? child(clause, 'Operator', reader));
  return {
    by: readItems(node, 'Expressions', reader),
    tables: inner === null ? [] : [readExpression(inner, reader)],
  };
};

const readScan: PartsReader = (node, reader) => ({
  columns: items(node, 'Steps', reader).map((step) => readChild(step, 'Condition', reader)),
  names: declaredIn(child(node, 'DeclareClause', reader), reader),
});

const readGraphMatch: PartsReader = (node, reader) => {
  const where = child(node, 'WhereClause', reader);
  const condition = where === null ? null : child(where, 'Condition', reader);
  return { columns: condition === null ? [] : [readExpression(condition, reader)] };
};

/** The operators that have parts, by the kind of their node in Microsoft's tree. */
const READERS: ReadonlyMap<string, PartsReader> = new Map([
  ['FilterOperator', readOne('Condition')],
  ['GraphWhereNodesOperator', readOne('Condition')],
  ['GraphWhereEdgesOperator', readOne('Condition')],
  ['EvaluateOperator', readOne('FunctionCall')],
  ['InvokeOperator', readOne('Function')],
  ['ExtendOperator', readColumns],
  ['ProjectOperator', readColumns],
  ['ProjectAwayOperator', readColumns],
  ['ProjectKeepOperator', readColumns],
  ['ProjectRenameOperator', readColumns],
  ['ProjectReorderOperator', readColumns],
  ['ProjectByNamesOperator', readColumns],
  ['DistinctOperator', readColumns],
  ['SerializeOperator', readColumns],
  ['PrintOperator', readColumns],
  ['SortOperator', readColumns],
  ['MvExpandOperator', readColumns],
  ['MvApplyOperator', readMvApply],
  ['SummarizeOperator', readSummarize],
  ['MakeSeriesOperator', readMakeSeries],
  ['TopNestedOperator', readTopNested],
  ['SampleDistinctOperator', readOneBy('OfExpression')],
  ['TopHittersOperator', readOneBy('OfExpression')],
  ['ReduceByOperator', readOneBy('Expression')],
  ['JoinOperator', readJoin('ConditionClause')],
  ['LookupOperator', readJoin('LookupClause')],
  ['UnionOperator', readUnion],
  ['ParseOperator', readParse],
  ['ParseWhereOperator', readParse],
  ['ParseKvOperator', readParseKv],
  ['SearchOperator', readSearch],
  ['FindOperator', readSearch],
  ['CountOperator', readCount],
  ['AsOperator', readName],
  ['RangeOperator', readName],
  ['PartitionOperator', readPartition],
  ['PartitionByOperator', readPartitionBy],
  ['ForkOperator', readFork],
  ['FacetOperator', readFacet],
  ['ScanOperator', readScan],
  ['GraphMatchOperator', readGraphMatch],
  ['GraphShortestPathsOperator', readGraphMatch],
]);

/** The expressions of a clause, such as those behind `by`. */
function clauseOf(node: View, name: string, reader: TreeReader): readonly Expr[] {
  return readItems(child(node, name, reader), 'Expressions', reader);
}

/** `with (pair_delimiter=";")`: the properties that say how the pairs of `parse-kv` are parted. */
function pairsOf(clause: View | null, reader: TreeReader): string {
  return clause === null
    ? ''
    : items(clause, 'Properties', reader)
        .map((property) => textOf(property, reader).trim())
        .join(', ');
}

function declaredIn(node: View | null, reader: TreeReader): readonly string[] {
  return node === null ? [] : declaredNames(node, reader);
}

/** What `partition` does with each part: a subquery in parentheses, or a whole query in braces. */
function subqueryOf(operand: View | null, reader: TreeReader): readonly Expr[] {
  if (operand === null) return [];
  const inner = child(operand, 'Subquery', reader) ?? child(operand, 'Query', reader);
  return inner === null ? [] : [readExpression(inner, reader)];
}

/** The value of a parameter such as `kind=leftanti`, in lower case for `kind`; null where it is not given. */
function parameter(node: View, name: string, reader: TreeReader): string | null {
  for (const given of items(node, 'Parameters', reader)) {
    if (nameOf(child(given, 'Name', reader), reader).toLowerCase() !== name) continue;
    const value = child(given, 'Expression', reader);
    if (value === null) return null;
    return name === 'kind' ? textOf(value, reader).toLowerCase() : textOf(value, reader);
  }
  return null;
}

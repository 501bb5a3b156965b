import { columnNames, declaredNames, readExpression, readItems, type TreeReader } from './expressions.ts';
import type { Expr, Operator } from './tree.ts';
import { child, items, nameOf, spanOf, textOf, type View } from './view.ts';

const NOTHING = { columns: [], by: [], variant: null, tables: [], names: [], pattern: '' } as const;

/** Reads a tabular operator that starts, with its bar, at an offset. */
export function readOperator(node: View, start: number, reader: TreeReader): Operator {
  return {
    syntax: node.kind,
    span: [start, spanOf(node)[1]],
    ...NOTHING,
    ...readParts(node, reader),
  };
}

type Parts = Partial<Omit<Operator, 'syntax' | 'span'>>;

function readParts(node: View, reader: TreeReader): Parts {
  const part = (name: string): View | null => child(node, name, reader);
  const read = (name: string): Expr => readExpression(part(name), reader);
  const list = (name: string): readonly Expr[] => readItems(node, name, reader);
  const clause = (name: string, inner: string): readonly Expr[] => readItems(part(name), inner, reader);
  switch (node.kind) {
    case 'FilterOperator':
    case 'GraphWhereNodesOperator':
    case 'GraphWhereEdgesOperator':
      return { columns: [read('Condition')] };
    case 'ExtendOperator':
    case 'ProjectOperator':
    case 'ProjectAwayOperator':
    case 'ProjectKeepOperator':
    case 'ProjectRenameOperator':
    case 'ProjectReorderOperator':
    case 'ProjectByNamesOperator':
    case 'DistinctOperator':
    case 'SerializeOperator':
    case 'PrintOperator':
    case 'SortOperator':
      return { columns: list('Expressions') };
    case 'SummarizeOperator': {
      const by = part('ByClause');
      const bin = by === null ? null : child(by, 'BinClause', reader);
      const bins = bin === null ? [] : [readExpression(bin, reader)];
      return { columns: list('Aggregates'), by: [...readItems(by, 'Expressions', reader), ...bins] };
    }
    case 'MakeSeriesOperator':
      return { columns: list('Aggregates'), by: clause('ByClause', 'Expressions') };
    case 'TopNestedOperator': {
      const clauses = items(node, 'Clauses', reader);
      return {
        columns: clauses.map((one) => readExpression(child(one, 'ByExpression', reader), reader)),
        by: clauses.map((one) => readExpression(child(one, 'OfExpression', reader), reader)),
      };
    }
    case 'SampleDistinctOperator':
    case 'TopHittersOperator':
      return { by: [read('OfExpression')] };
    case 'ReduceByOperator':
      return { by: [read('Expression')] };
    case 'JoinOperator':
      return {
        tables: [read('Expression')],
        by: clause('ConditionClause', 'Expressions'),
        variant: parameter(node, 'kind', reader),
      };
    case 'LookupOperator':
      return {
        tables: [read('Expression')],
        by: clause('LookupClause', 'Expressions'),
        variant: parameter(node, 'kind', reader),
      };
    case 'UnionOperator': {
      const source = parameter(node, 'withsource', reader);
      return { tables: list('Expressions'), names: source === null ? [] : [source] };
    }
    case 'MvExpandOperator':
      return { columns: list('Expressions') };
    case 'MvApplyOperator':
      return { columns: list('Expressions'), tables: [read('Subquery')] };
    case 'ParseOperator':
    case 'ParseWhereOperator': {
      const patterns = items(node, 'Patterns', reader);
      return {
        columns: [read('Expression')],
        names: patterns.flatMap((pattern) => declaredNames(pattern, reader)),
        pattern: patterns.map((pattern) => textOf(pattern, reader).trim()).join(' '),
      };
    }
    case 'ParseKvOperator':
      return {
        columns: [read('Expression')],
        names: columnNames(part('Keys'), reader),
        pattern: pairsOf(part('WithClause'), reader),
      };
    case 'EvaluateOperator':
      return { columns: [read('FunctionCall')] };
    case 'InvokeOperator':
      return { columns: [read('Function')] };
    case 'SearchOperator':
    case 'FindOperator':
      return {
        tables: clause('InClause', 'Expressions'),
        columns: part('Condition') === null ? [] : [read('Condition')],
        variant: parameter(node, 'kind', reader),
      };
    case 'CountOperator': {
      const as = part('AsIdentifier');
      const name = as === null ? null : child(as, 'Identifier', reader);
      return { names: name === null ? [] : [textOf(name, reader)] };
    }
    case 'AsOperator':
    case 'RangeOperator':
      return { names: [nameOf(part('Name'), reader)] };
    case 'PartitionOperator':
      return { by: [read('ByExpression')], tables: subqueryOf(part('Operand'), reader) };
    case 'PartitionByOperator':
      return { by: [read('Entity')], tables: [read('Subquery')] };
    case 'ForkOperator':
      return { tables: list('Expressions') };
    case 'FacetOperator': {
      const clause = part('WithClause');
      const inner =
        clause === null ? null : (child(clause, 'Expression', reader) ?? child(clause, 'Operator', reader));
      return { by: list('Expressions'), tables: inner === null ? [] : [readExpression(inner, reader)] };
    }
    case 'ScanOperator':
      return {
        columns: items(node, 'Steps', reader).map((step) =>
          readExpression(child(step, 'Condition', reader), reader),
        ),
        names: declaredIn(part('DeclareClause'), reader),
      };
    case 'GraphMatchOperator':
    case 'GraphShortestPathsOperator': {
      const where = part('WhereClause');
      const condition = where === null ? null : child(where, 'Condition', reader);
      return { columns: condition === null ? [] : [readExpression(condition, reader)] };
    }
    default:
      return {};
  }
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

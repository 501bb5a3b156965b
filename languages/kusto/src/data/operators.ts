import type { StageKind } from '@rulescope/logic';

/** What a tabular operator does to the events that come in, as far as it matters for what a query looks for. */
export type Effect =
  /** Keeps the rows that satisfy a condition. */
  | 'filter'
  /** Adds or replaces columns. */
  | 'extend'
  /** Keeps only the columns that it names. */
  | 'project'
  /** Gives columns another name. */
  | 'rename'
  /** Rows become groups. */
  | 'aggregate'
  /** Rows that are alike become one. */
  | 'distinct'
  /** Only some rows go on. */
  | 'limit'
  | 'join'
  | 'union'
  /** A list becomes rows. */
  | 'expand'
  /** Columns are filled from a text. */
  | 'parse'
  /** A function of the language or the workspace makes another table. */
  | 'call'
  /** Text is looked for in all columns, or a condition asked of several tables. */
  | 'search'
  /** Parts of the rows go through queries of their own. */
  | 'branch'
  /** Makes its rows itself. */
  | 'rows'
  /** The rows are no longer events: a graph, a schema. */
  | 'other'
  /** Order, names and pictures: the same rows. */
  | 'same';

export interface TabularOperator {
  /** Its name in the reference, which is the stage's. */
  readonly name: string;
  readonly kind: StageKind;
  readonly effect: Effect;
}

type Row = readonly [syntax: string, name: string, kind: StageKind, effect: Effect];

/** Every tabular operator, by its kind in Microsoft's grammar. KQL reference, "Tabular operators". */
const ROWS: readonly Row[] = [
  ['FilterOperator', 'where', 'filter', 'filter'],
  ['ExtendOperator', 'extend', 'derive', 'extend'],
  ['ProjectOperator', 'project', 'derive', 'project'],
  ['ProjectAwayOperator', 'project-away', 'shape', 'same'],
  ['ProjectKeepOperator', 'project-keep', 'shape', 'same'],
  ['ProjectByNamesOperator', 'project-by-names', 'shape', 'same'],
  ['ProjectRenameOperator', 'project-rename', 'derive', 'rename'],
  ['ProjectReorderOperator', 'project-reorder', 'shape', 'same'],
  ['SerializeOperator', 'serialize', 'derive', 'extend'],
  ['SummarizeOperator', 'summarize', 'aggregate', 'aggregate'],
  ['MakeSeriesOperator', 'make-series', 'aggregate', 'aggregate'],
  ['CountOperator', 'count', 'aggregate', 'aggregate'],
  ['ReduceByOperator', 'reduce', 'aggregate', 'aggregate'],
  ['TopNestedOperator', 'top-nested', 'aggregate', 'aggregate'],
  ['TopHittersOperator', 'top-hitters', 'aggregate', 'aggregate'],
  ['DistinctOperator', 'distinct', 'aggregate', 'distinct'],
  ['SampleDistinctOperator', 'sample-distinct', 'shape', 'limit'],
  ['TakeOperator', 'take', 'shape', 'limit'],
  ['SampleOperator', 'sample', 'shape', 'limit'],
  ['TopOperator', 'top', 'shape', 'limit'],
  ['SortOperator', 'sort', 'shape', 'same'],
  ['JoinOperator', 'join', 'join', 'join'],
  ['LookupOperator', 'lookup', 'join', 'join'],
  ['UnionOperator', 'union', 'join', 'union'],
  ['MvExpandOperator', 'mv-expand', 'derive', 'expand'],
  ['MvApplyOperator', 'mv-apply', 'derive', 'expand'],
  ['ParseOperator', 'parse', 'derive', 'parse'],
  ['ParseWhereOperator', 'parse-where', 'derive', 'parse'],
  ['ParseKvOperator', 'parse-kv', 'derive', 'parse'],
  ['EvaluateOperator', 'evaluate', 'derive', 'call'],
  ['InvokeOperator', 'invoke', 'derive', 'call'],
  ['SearchOperator', 'search', 'filter', 'search'],
  ['FindOperator', 'find', 'filter', 'search'],
  ['ForkOperator', 'fork', 'shape', 'branch'],
  ['PartitionOperator', 'partition', 'shape', 'branch'],
  ['PartitionByOperator', '__partitionby', 'shape', 'branch'],
  ['FacetOperator', 'facet', 'aggregate', 'other'],
  ['ScanOperator', 'scan', 'sequence', 'other'],
  ['PrintOperator', 'print', 'source', 'rows'],
  ['RangeOperator', 'range', 'source', 'rows'],
  ['InlineExternalTableExpression', 'external_table', 'source', 'rows'],
  ['AsOperator', 'as', 'shape', 'same'],
  ['RenderOperator', 'render', 'shape', 'same'],
  ['ConsumeOperator', 'consume', 'shape', 'same'],
  ['AssertSchemaOperator', 'assert-schema', 'shape', 'same'],
  ['ExecuteAndCacheOperator', 'execute_and_cache', 'shape', 'same'],
  ['GetSchemaOperator', 'getschema', 'shape', 'other'],
  ['MacroExpandOperator', 'macro-expand', 'shape', 'other'],
  ['MakeGraphOperator', 'make-graph', 'shape', 'other'],
  ['GraphMatchOperator', 'graph-match', 'shape', 'other'],
  ['GraphShortestPathsOperator', 'graph-shortest-paths', 'shape', 'other'],
  ['GraphToTableOperator', 'graph-to-table', 'shape', 'other'],
  ['GraphMarkComponentsOperator', 'graph-mark-components', 'shape', 'other'],
  ['GraphWhereNodesOperator', 'graph-where-nodes', 'shape', 'other'],
  ['GraphWhereEdgesOperator', 'graph-where-edges', 'shape', 'other'],
];

const OPERATORS: ReadonlyMap<string, TabularOperator> = new Map(
  ROWS.map(([syntax, name, kind, effect]) => [syntax, { name, kind, effect }]),
);

/** All kinds of operators of Microsoft's grammar that are known here. */
export const OPERATOR_KINDS: readonly string[] = [...OPERATORS.keys()];

/** The names of all operators that a person may write. */
export const OPERATOR_NAMES: readonly string[] = ROWS.map(([, name]) => name).filter(
  (name) => !name.startsWith('_'),
);

/** What an operator is, by its kind in Microsoft's grammar; null for one that is not known. */
export function tabularOperator(syntax: string): TabularOperator | null {
  return OPERATORS.get(syntax) ?? null;
}

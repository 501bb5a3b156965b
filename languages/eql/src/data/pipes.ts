import type { StageKind } from '@rulescope/logic';
import type { Dialect } from './functions.ts';

/** A pipe of EQL. */
export interface EqlPipe {
  readonly name: string;
  readonly dialect: Dialect;
  readonly kind: StageKind;
  /** What it does to the events that reach it: lets some through, orders them, or replaces them by statistics. */
  readonly passes: 'first' | 'one-per-key' | 'all' | 'matching' | 'statistics';
  /** Fields that it adds to what passes. */
  readonly adds: readonly string[];
  readonly documentation: string;
}

const ELASTIC = 'Elasticsearch, EQL pipe reference';
const ENDGAME = 'Endgame EQL, Query Guide, Pipes';
const ADDED = ['count', 'percent'] as const;

export const PIPES: readonly EqlPipe[] = [
  {
    name: 'head',
    dialect: 'elasticsearch',
    kind: 'shape',
    passes: 'first',
    adds: [],
    documentation: `${ELASTIC}, "head"`,
  },
  {
    name: 'tail',
    dialect: 'elasticsearch',
    kind: 'shape',
    passes: 'first',
    adds: [],
    documentation: `${ELASTIC}, "tail"`,
  },
  {
    name: 'count',
    dialect: 'endgame',
    kind: 'aggregate',
    passes: 'statistics',
    adds: [...ADDED, 'key'],
    documentation: `${ENDGAME}, "count"`,
  },
  {
    name: 'filter',
    dialect: 'endgame',
    kind: 'filter',
    passes: 'matching',
    adds: [],
    documentation: `${ENDGAME}, "filter"`,
  },
  {
    name: 'sort',
    dialect: 'endgame',
    kind: 'shape',
    passes: 'all',
    adds: [],
    documentation: `${ENDGAME}, "sort"`,
  },
  {
    name: 'unique',
    dialect: 'endgame',
    kind: 'shape',
    passes: 'one-per-key',
    adds: [],
    documentation: `${ENDGAME}, "unique"`,
  },
  {
    name: 'unique_count',
    dialect: 'endgame',
    kind: 'aggregate',
    passes: 'one-per-key',
    adds: ADDED,
    documentation: `${ENDGAME}, "unique_count"`,
  },
];

const BY_NAME: ReadonlyMap<string, EqlPipe> = new Map(PIPES.map((row) => [row.name, row]));

export function pipeNamed(name: string): EqlPipe | null {
  return BY_NAME.get(name) ?? null;
}

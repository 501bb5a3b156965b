/** Which of the dialects of EQL know a function or pipe: Elasticsearch, Elastic Endpoint, Endgame. */
export type Dialect = 'elasticsearch' | 'endpoint' | 'endgame';

/** A function of EQL. */
export interface EqlFunction {
  readonly name: string;
  readonly dialect: Dialect;
  /** What it answers: a condition is true or false, and is a test of its own. */
  readonly gives: 'condition' | 'value';
  /** The least and the greatest number of arguments; null where there is no bound. */
  readonly arguments: readonly [least: number, most: number | null];
  /** Page and section that say so. */
  readonly documentation: string;
}

const ELASTIC = 'Elasticsearch, EQL function reference';
const ENDGAME = 'Endgame EQL, Query Guide, Functions';
/** Elastic publishes no reference of what Endpoint adds: its behaviour rules show it. */
const ENDPOINT =
  'elastic/protections-artifacts, behaviour rules; the arguments as Endgame EQL has them for arraySearch';

/** All functions, by the spelling of their reference. Capitals do not matter in a query. */
export const FUNCTIONS: readonly EqlFunction[] = [
  elastic('add', 'value', 2, 2),
  elastic('between', 'value', 3, 4),
  elastic('cidrMatch', 'condition', 2, null),
  elastic('concat', 'value', 1, null),
  elastic('divide', 'value', 2, 2),
  elastic('endsWith', 'condition', 2, 2),
  elastic('indexOf', 'value', 2, 3),
  elastic('length', 'value', 1, 1),
  elastic('modulo', 'value', 2, 2),
  elastic('multiply', 'value', 2, 2),
  elastic('number', 'value', 1, 2),
  elastic('startsWith', 'condition', 2, 2),
  elastic('string', 'value', 1, 1),
  elastic('stringContains', 'condition', 2, 2),
  elastic('substring', 'value', 2, 3),
  elastic('subtract', 'value', 2, 2),
  {
    ...elastic('wildcard', 'condition', 2, null),
    documentation: 'Elasticsearch 7.10, EQL function reference, "wildcard"; later ones have like instead',
  },
  endgame('arrayContains', 'condition', 2, null),
  endgame('arrayCount', 'value', 3, 3),
  endgame('arraySearch', 'condition', 3, 3),
  endgame('match', 'condition', 2, null),
  endgame('matchLite', 'condition', 2, null),
  endgame('safe', 'condition', 1, 1),
  {
    name: '_arraysearch',
    dialect: 'endpoint',
    gives: 'condition',
    arguments: [3, 3],
    documentation: ENDPOINT,
  },
];

function elastic(name: string, gives: EqlFunction['gives'], least: number, most: number | null): EqlFunction {
  return {
    name,
    dialect: 'elasticsearch',
    gives,
    arguments: [least, most],
    documentation: `${ELASTIC}, "${name}"`,
  };
}

function endgame(name: string, gives: EqlFunction['gives'], least: number, most: number | null): EqlFunction {
  return {
    name,
    dialect: 'endgame',
    gives,
    arguments: [least, most],
    documentation: `${ENDGAME}, "${name}"`,
  };
}

const BY_NAME: ReadonlyMap<string, EqlFunction> = new Map(
  FUNCTIONS.map((row) => [row.name.toLowerCase(), row]),
);

/** The function of a name, whatever its capitals. */
export function functionNamed(name: string): EqlFunction | null {
  return BY_NAME.get(name.toLowerCase()) ?? null;
}

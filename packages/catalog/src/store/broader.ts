import type { Operator } from '@rulescope/logic';
import { type Automaton, automaton } from './automaton.ts';

/** An indicator, with its number and that of its field (0: the whole event). */
export interface NumberedIndicator {
  readonly id: number;
  readonly field: number;
  readonly op: Operator;
  readonly value: string;
  readonly encoding: string;
}

/** The indicators that every event of an indicator has, too. */
export interface Broader {
  /** How many there are; no more than `MOST_FOUND` are counted. */
  readonly total: number;
  /** The closest of them: those with the longest values first. */
  readonly others: readonly number[];
}

/** Longer values are looked for in nothing: no value that a person wrote holds them. */
const LONGEST_PATTERN = 200;
/** Broader indicators that are counted of one indicator, and those that are kept. */
const MOST_FOUND = 1000;
const MOST_KEPT = 20;

/** Operators whose value is a part of whatever they match, and which ends of it are those of the field. */
const ANCHORS: Partial<Record<Operator, Anchors>> = {
  eq: { start: true, end: true },
  starts_with: { start: true, end: false },
  ends_with: { start: false, end: true },
  contains: { start: false, end: false },
  term: { start: false, end: false },
};

interface Anchors {
  readonly start: boolean;
  readonly end: boolean;
}

const PATTERN_OPS = ['contains', 'starts_with', 'ends_with'] as const;

/** The indicators that look for one text in a field. */
type Pattern = Partial<Record<(typeof PATTERN_OPS)[number], number>>;

/**
 * Finds the broader ones of an indicator among `patterns`: `contains` whose value is a part of its value,
 * `starts_with` and `ends_with` whose value begins or ends it where it is tied to that end of the field. Only within
 * one field, and only where neither is encoded; what wildcards and regexes match is left out. One automaton a field
 * finds them, so that the time grows with the length of all values and with what is found.
 */
export function broaderFinder(
  patterns: Iterable<NumberedIndicator>,
): (indicator: NumberedIndicator) => Broader {
  const searches = searchesOf(patterns);
  return (indicator) => {
    const anchors = ANCHORS[indicator.op];
    const search = searches.get(indicator.field);
    if (anchors === undefined || search === undefined || indicator.encoding !== '') return NONE;
    const found = broaderOf(indicator, anchors, search);
    if (found.size === 0) return NONE;
    const closest = [...found].toSorted(([a, m], [b, n]) => n - m || a - b);
    return { total: found.size, others: closest.slice(0, MOST_KEPT).map(([id]) => id) };
  };
}

const NONE: Broader = { total: 0, others: [] };

/** What is looked for in one field. */
interface Search {
  readonly automaton: Automaton;
  /** By the numbers of their texts. */
  readonly patterns: readonly Pattern[];
}

function searchesOf(indicators: Iterable<NumberedIndicator>): ReadonlyMap<number, Search> {
  const fields = new Map<number, Map<string, Pattern>>();
  for (const { id, field, op, value, encoding } of indicators) {
    const own = PATTERN_OPS.find((candidate) => candidate === op);
    if (own === undefined || encoding !== '' || value === '' || value.length > LONGEST_PATTERN) continue;
    const texts = fields.get(field) ?? new Map<string, Pattern>();
    fields.set(field, texts);
    texts.set(value, { ...texts.get(value), [own]: id });
  }
  return new Map(
    [...fields].map(([field, texts]) => [
      field,
      { automaton: automaton([...texts.keys()]), patterns: [...texts.values()] },
    ]),
  );
}

const NOTHING: ReadonlyMap<number, number> = new Map();

/** The broader indicators of one, with the lengths of their values. */
function broaderOf(
  { id, value }: NumberedIndicator,
  { start, end }: Anchors,
  search: Search,
): ReadonlyMap<number, number> {
  let found: Map<number, number> | null = null;
  let passed: Set<number> | null = null;
  search.automaton.search(value, (number, length, at) => {
    const isLast = at === value.length;
    passed ??= new Set();
    // What is shorter was found where this was found before, save what must stand at the end.
    if (passed.has(number) && !isLast) return false;
    passed.add(number);
    const { contains, starts_with, ends_with } = search.patterns[number] ?? {};
    const add = (pattern: number | undefined): void => {
      if (pattern === undefined || pattern === id) return;
      found ??= new Map();
      found.set(pattern, length);
    };
    add(contains);
    if (start && length === at) add(starts_with);
    if (end && isLast) add(ends_with);
    return found === null || found.size < MOST_FOUND;
  });
  return found ?? NOTHING;
}

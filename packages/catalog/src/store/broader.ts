import type { Operator } from '@rulescope/logic';
import { type StateTable, stateTable } from './state-table.ts';

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
  readonly id: number;
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
const ANCHORS: Partial<Record<Operator, readonly [start: boolean, end: boolean]>> = {
  eq: [true, true],
  starts_with: [true, false],
  ends_with: [false, true],
  contains: [false, false],
  term: [false, false],
};

const PATTERN_OPS = ['contains', 'starts_with', 'ends_with'] as const;
type PatternOp = (typeof PATTERN_OPS)[number];

/**
 * For each indicator the broader ones among `patterns`: `contains` whose value is a part of its value, `starts_with`
 * and `ends_with` whose value begins or ends it where it is tied to that end of the field. Only within one field, and
 * only where neither is encoded; what wildcards and regexes match is left out. One Aho–Corasick automaton holds the
 * values of all fields, each under a root of its own (Aho and Corasick, "Efficient string matching", 1975), so that
 * the time grows with the length of all values and with what is found.
 */
export function* broaderIndicators(
  indicators: Iterable<NumberedIndicator>,
  patterns: Iterable<NumberedIndicator>,
): Iterable<Broader> {
  const trie = emptyTrie();
  for (const pattern of patterns) {
    const op = PATTERN_OPS.find((candidate) => candidate === pattern.op);
    const { value, encoding } = pattern;
    if (op === undefined || encoding !== '' || value === '' || value.length > LONGEST_PATTERN) continue;
    addPattern(trie, pattern, op);
  }
  linkTrie(trie);
  for (const indicator of indicators) {
    const anchors = ANCHORS[indicator.op];
    const root = trie.roots.get(indicator.field);
    if (anchors === undefined || root === undefined || indicator.encoding !== '') continue;
    const found = scan(trie, root, indicator, anchors);
    if (found.size === 0) continue;
    const lengths = [...found].toSorted(([a, m], [b, n]) => n - m || a - b);
    yield { id: indicator.id, total: found.size, others: lengths.slice(0, MOST_KEPT).map(([id]) => id) };
  }
}

/** A state of the automaton: the characters that lead to it from the root are those of some pattern's beginning. */
interface Trie {
  readonly roots: Map<number, number>;
  readonly next: StateTable;
  readonly parent: number[];
  readonly character: number[];
  readonly depth: number[];
  /** The state of the longest end of this one that some pattern begins with. */
  readonly fail: number[];
  /** The nearest state along `fail` that a pattern ends at; -1 where there is none. */
  readonly shorter: number[];
  /** The patterns that end at a state. */
  readonly ends: Map<number, Partial<Record<PatternOp, number>>>;
}

function emptyTrie(): Trie {
  return {
    roots: new Map(),
    next: stateTable(),
    parent: [],
    character: [],
    depth: [],
    fail: [],
    shorter: [],
    ends: new Map(),
  };
}

function addState(trie: Trie, parent: number, character: number, depth: number): number {
  trie.parent.push(parent);
  trie.character.push(character);
  trie.depth.push(depth);
  trie.fail.push(0);
  trie.shorter.push(-1);
  return trie.parent.length - 1;
}

function addPattern(trie: Trie, { id, field, value }: NumberedIndicator, op: PatternOp): void {
  const root = trie.roots.get(field) ?? addState(trie, -1, 0, 0);
  trie.roots.set(field, root);
  let state = root;
  for (let at = 0; at < value.length; at += 1) {
    const character = value.charCodeAt(at);
    const known = trie.next.get(state, character);
    const next = known < 0 ? addState(trie, state, character, at + 1) : known;
    if (known < 0) trie.next.add(state, character, next);
    state = next;
  }
  trie.ends.set(state, { ...trie.ends.get(state), [op]: id });
}

/** The state that a character leads to; the root where no pattern goes on so. */
function step(trie: Trie, from: number, character: number): number {
  let state = from;
  for (;;) {
    const next = trie.next.get(state, character);
    if (next >= 0) return next;
    if (trie.depth[state] === 0) return state;
    state = trie.fail[state] ?? 0;
  }
}

/** Works out `fail` and `shorter`, those of short beginnings first. */
function linkTrie(trie: Trie): void {
  const byDepth: number[][] = [];
  for (const [state, depth] of trie.depth.entries()) {
    const states = byDepth[depth] ?? [];
    byDepth[depth] = states;
    states.push(state);
  }
  for (const states of byDepth) {
    for (const state of states ?? []) linkState(trie, state);
  }
}

function linkState(trie: Trie, state: number): void {
  const depth = trie.depth[state] ?? 0;
  const parent = trie.parent[state] ?? -1;
  if (depth === 0) trie.fail[state] = state;
  else if (depth === 1) trie.fail[state] = parent;
  else trie.fail[state] = step(trie, trie.fail[parent] ?? 0, trie.character[state] ?? 0);
  const fail = trie.fail[state] ?? 0;
  if (depth > 0) trie.shorter[state] = trie.ends.has(fail) ? fail : (trie.shorter[fail] ?? -1);
}

/** The broader indicators of one, with the lengths of their values. */
function scan(
  trie: Trie,
  root: number,
  { id, value }: NumberedIndicator,
  [start, end]: readonly [boolean, boolean],
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const passed = new Set<number>();
  let state = root;
  for (let at = 0; at < value.length; at += 1) {
    state = step(trie, state, value.charCodeAt(at));
    const isLast = at === value.length - 1;
    let match = trie.ends.has(state) ? state : (trie.shorter[state] ?? -1);
    while (match >= 0 && found.size < MOST_FOUND) {
      // What is shorter was found where this was found, save what must stand at the end.
      if (passed.has(match) && !isLast) break;
      passed.add(match);
      const depth = trie.depth[match] ?? 0;
      const patterns = trie.ends.get(match);
      const add = (pattern: number | undefined): void => {
        if (pattern !== undefined && pattern !== id) found.set(pattern, depth);
      };
      add(patterns?.contains);
      if (start && depth === at + 1) add(patterns?.starts_with);
      if (end && isLast) add(patterns?.ends_with);
      match = trie.shorter[match] ?? -1;
    }
  }
  return found;
}

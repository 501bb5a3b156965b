import { or, type Span, simplify } from '@rulescope/logic';
import { choiceOf } from './ask.ts';
import { sizeOf } from './counted.ts';
import { type Choice, type Operand, onlyNames, resolve, setComputed, setName } from './fields.ts';
import { addFilter, type Flow } from './flow.ts';
import { ALWAYS } from './questions.ts';
import type { Branch, Place } from './scope.ts';

/** What columns of more branches mean is not followed; ES|QL has eight at the most (reference, "FORK"). */
const MOST_BRANCHES = 40;
/** Columns times the conditions of their branches, beyond which they are not followed: no rule that a person wrote has so many. */
const MOST_WORK = 1_000_000;

/** An event must pass one of several queries; one without a filter lets every event pass. */
export function addAlternatives(branches: readonly Branch[], flow: Flow): void {
  const filters = branches.flatMap(({ asked }) => (asked === null ? [] : [asked]));
  if (branches.length > 0 && filters.length === branches.length) addFilter(flow, simplify(or(filters)));
}

/**
 * Gives each column that a branch sets the meaning that it has behind all of them: that of the branch by which a row
 * came, which `choiceOf` says with the branch's filter as its condition. A row may come by several branches.
 */
export function mergeColumns(branches: readonly Branch[], flow: Flow, span: Span, place: Place): void {
  const replaced = branches.some(({ end }) => end.fields.outer === null && end.fields.rest === 'computed');
  const names = new Set(branches.flatMap(({ end }) => [...end.fields.names.keys()]));
  const size = branches.reduce((sum, { asked }) => sum + (asked === null ? 1 : sizeOf(asked, MOST_WORK)), 0);
  if (branches.length > MOST_BRANCHES || names.size * size > MOST_WORK) setComputed(flow.fields, names);
  else {
    const merged = [...names].map((name) => [name, valueBehind(name, branches, span, place)] as const);
    if (replaced) flow.fields = onlyNames(merged);
    else for (const [name, value] of merged) setName(flow.fields, name, value);
  }
  if (branches.some(({ end }) => end.aggregated)) flow.aggregated = true;
  if (branches.some(({ end }) => end.limited)) flow.limited = true;
}

function valueBehind(name: string, branches: readonly Branch[], span: Span, place: Place): Operand {
  const values = branches.map(({ end }) => resolve(end.fields, name));
  return branchValue(values, branches, span, place);
}

/** One of several values, by the branch that a row came by. */
export function branchValue(
  values: readonly Operand[],
  branches: readonly Branch[],
  span: Span,
  place: Place,
): Operand {
  const [first, ...others] = values;
  if (first !== undefined && others.every((value) => isSame(value, first))) return first;
  const options = values.map(
    (value, i): Choice => ({
      when: branches[i]?.asked ?? null,
      unless: i === values.length - 1 ? null : ALWAYS,
      value,
    }),
  );
  return choiceOf(options, span, place);
}

function isSame(one: Operand, other: Operand): boolean {
  if (one === other) return true;
  if (one.kind === 'field' && other.kind === 'field') {
    const { length } = one.through;
    return (
      one.name === other.name &&
      length === other.through.length &&
      one.through.every((step, i) => step === other.through[i])
    );
  }
  if (one.kind === 'constant' && other.kind === 'constant') return one.value === other.value;
  return one.kind === 'computed' && other.kind === 'computed' && one.name === other.name;
}

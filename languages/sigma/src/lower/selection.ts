import {
  and,
  type Expression,
  LIMITS,
  nearest,
  not,
  or,
  regexFault,
  SHARED_CODES,
  type Span,
  unknown,
} from '@rulescope/logic';
import { type Budget, type Reporter, report, spend } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import { type Chain, MODIFIER_NAMES, type ModifierProblem, readChain } from '../syntax/modifiers.ts';
import type { YamlEntry, YamlNode, YamlScalar } from '../text/yaml.ts';
import { type LoweredValue, lowerValue, testOf, type ValueProblem } from './values.ts';

const [, , , TOO_MANY_EXPANSIONS] = SHARED_CODES;

/** Lowering one selection: where problems go, and how much the rule may still grow. */
export interface SelectionContext {
  readonly to: Reporter;
  readonly budget: Budget;
}

export interface LoweredSelection {
  readonly where: Expression;
  /** False where a part of it was not understood. */
  readonly understood: boolean;
}

/**
 * Lowers the value of a search identifier (Sigma Rules Specification, "Detection"): a map is the And of its
 * fields, a list the Or of its items, a plain value a keyword.
 */
export function lowerSelection(entry: YamlEntry, context: SelectionContext): LoweredSelection {
  const state: State = { ...context, understood: true };
  const where = lowerNode(entry.value, entry.span, state);
  return { where, understood: state.understood };
}

interface State extends SelectionContext {
  understood: boolean;
}

function lowerNode(node: YamlNode, span: Span, state: State): Expression {
  // Each node costs, so that aliases that multiply lists without values come to an end too.
  if (!afford(1, span, state)) return unknownText(span, state);
  switch (node.kind) {
    case 'map':
      if (node.entries.length === 0) return empty(span, state);
      return and(node.entries.map((entry) => lowerField(entry, state)));
    case 'list':
      return lowerList(node.items, span, state);
    case 'scalar':
      return node.value === null ? empty(span, state) : lowerItem([node], readChain(''), span, state);
  }
}

/** The keywords of a list become one test, at the place of the first; maps and lists stay where they are. */
function lowerList(items: readonly YamlNode[], span: Span, state: State): Expression {
  if (items.length === 0) return empty(span, state);
  const keywords = items.filter((item): item is YamlScalar => item.kind === 'scalar');
  const alternatives = items.flatMap((item) => {
    if (item.kind !== 'scalar') return lowerNode(item, item.span, state);
    return item === keywords[0] ? lowerItem(keywords, readChain(''), spanAcross(keywords), state) : [];
  });
  return or(alternatives);
}

function spanAcross(nodes: readonly YamlNode[]): Span {
  return [nodes[0]?.span[0] ?? 0, nodes.at(-1)?.span[1] ?? 0];
}

function lowerField(entry: YamlEntry, state: State): Expression {
  const chain = readChain(entry.key);
  const blocking = chain.problems.filter((problem) => problem.kind !== 'idle');
  for (const problem of chain.problems) reportModifier(problem, entry, state);
  const values = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  if (values.length === 0) return empty(entry.span, state);
  if (blocking.length > 0) {
    state.understood = false;
    return unknownText(entry.span, state);
  }
  if (chain.all && values.length === 1) {
    reportModifier({ kind: 'idle', modifier: 'all', why: 'there is only one value' }, entry, state);
  }
  return lowerItem(values, chain, entry.span, state);
}

/** Values of one field: one test an operator, in the order in which the operators first appear. */
function lowerItem(values: readonly YamlNode[], chain: Chain, span: Span, state: State): Expression {
  const groups = new Map<string, LoweredValue[]>();
  const parts: (LoweredValue[] | Expression)[] = [];
  for (const node of values) {
    const result = lowerOne(node, chain, values.length, state);
    if ('expression' in result) parts.push(result.expression);
    else {
      const group = groups.get(result.lowered.op) ?? [];
      if (group.length === 0) parts.push(group);
      group.push(result.lowered);
      groups.set(result.lowered.op, group);
    }
  }
  const expressions = parts.map((part) => (isGroup(part) ? testOf(part, chain, span) : part));
  const joined = chain.all ? and(expressions) : or(expressions);
  return chain.negated ? not(joined) : joined;
}

function isGroup(part: readonly LoweredValue[] | Expression): part is readonly LoweredValue[] {
  return Array.isArray(part);
}

type OneValue = { readonly lowered: LoweredValue } | { readonly expression: Expression };

function lowerOne(node: YamlNode, chain: Chain, siblings: number, state: State): OneValue {
  if (node.kind !== 'scalar') {
    report(state.to, CODES.badSelection, 'A value must be text, a number, true, false or null.', node.span);
    return notUnderstood(node.span, chain, state);
  }
  const result = lowerValue(node, chain);
  if ('problem' in result) return valueProblem(result.problem, node, chain, state);
  const { lowered } = result;
  const fault = lowered.op === 'regex' ? regexFault(node.written) : null;
  if (fault !== null)
    report(state.to, CODES.badRegex, `The regular expression cannot work: ${fault}.`, node.span);
  if (lowered.op === 'is_null' && siblings > 1) {
    report(state.to, CODES.nullInList, 'null stands in a list of values.', node.span);
  }
  if (!afford(1 + (lowered.expanded?.length ?? 0), node.span, state))
    return notUnderstood(node.span, chain, state);
  return result.negated === true ? { expression: not(testOf([lowered], chain, node.span)) } : { lowered };
}

function valueProblem(problem: ValueProblem, node: YamlScalar, chain: Chain, state: State): OneValue {
  const name = chain.field ?? 'keywords';
  switch (problem.kind) {
    case 'placeholder':
      report(
        state.to,
        CODES.placeholder,
        `What ${problem.value} stands for is not part of the rule.`,
        node.span,
      );
      return { expression: unknownText(node.span, state) };
    case 'cidr':
      report(state.to, CODES.badCidr, `"${problem.value}" is no network in CIDR notation.`, node.span);
      break;
    case 'too-many':
      report(
        state.to,
        TOO_MANY_EXPANSIONS,
        `A value of ${name} stands for more than ${LIMITS.expansions} literals.`,
        node.span,
      );
      break;
    case 'misused':
      report(
        state.to,
        CODES.badModifierUse,
        `${name}|${chain.modifiers.join('|')}: ${problem.why}.`,
        node.span,
      );
      break;
  }
  return notUnderstood(node.span, chain, state);
}

function notUnderstood(span: Span, chain: Chain, state: State): OneValue {
  state.understood = false;
  return { expression: unknownTest(span, chain, state) };
}

/** One value of a field as unknown text, its field and modifiers before it. */
function unknownTest(span: Span, { field, modifiers }: Chain, state: State): Expression {
  const key = [field ?? '', ...modifiers].join('|');
  return unknown(`${key === '' ? '' : `${key}: `}${shownText(span, state)}`, span);
}

function reportModifier(problem: ModifierProblem, entry: YamlEntry, state: State): void {
  switch (problem.kind) {
    case 'unknown':
      report(state.to, CODES.unknownModifier, unknownModifier(problem.modifier), entry.keySpan);
      return;
    case 'misused':
      report(
        state.to,
        CODES.badModifierUse,
        `"${problem.modifier}" cannot be used here: ${problem.why}.`,
        entry.keySpan,
      );
      return;
    case 'idle':
      report(
        state.to,
        CODES.idleModifier,
        `"${problem.modifier}" changes nothing here: ${problem.why}.`,
        entry.keySpan,
      );
      return;
  }
}

function unknownModifier(modifier: string): string {
  const meant = nearest(modifier, MODIFIER_NAMES);
  return `"${modifier}" is no modifier of Sigma.${meant === null ? '' : ` Do you mean "${meant}"?`}`;
}

function afford(amount: number, span: Span, state: State): boolean {
  const affordable = spend(state.budget, amount, span, state.to);
  if (!affordable) state.understood = false;
  return affordable;
}

function empty(span: Span, state: State): Expression {
  report(state.to, CODES.emptySelection, 'There is nothing to look for here.', span);
  state.understood = false;
  return unknownText(span, state);
}

/** Nobody reads more than this of a part that was not understood; its span says where the rest is. */
const SHOWN = 10_000;

function shownText([start, end]: Span, state: State): string {
  const text = state.to.text.slice(start, Math.min(end, start + SHOWN));
  return end - start > SHOWN ? `${text}…` : text;
}

function unknownText(span: Span, state: State): Expression {
  return unknown(shownText(span, state), span);
}

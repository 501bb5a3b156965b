import {
  and,
  type Expression,
  mapChildren,
  type NestedQuery,
  nearest,
  type Stage,
  simplify,
  testsOf,
} from '@rulescope/logic';
import { fault, note, unknownAt } from '@rulescope/logic/elastic';
import { type EqlPipe, PIPES, pipeNamed } from '../data/pipes.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { Pipe } from '../syntax/ast.ts';
import { stageOf } from './events.ts';
import type { Scope } from './scope.ts';

/** What the pipes so far have made of the events. */
interface Flow {
  /** Fields on which a filter still decides over events alone; null: any field. */
  keys: ReadonlySet<string> | null;
  /** Fields that a pipe added: what is asked of them is derived. */
  readonly added: Set<string>;
  /** Statistics have taken the place of the events. */
  statistics: boolean;
}

/** The pipes as stages, and the filters among them that decide over events as the query's own condition does. */
export function pipeStages(
  pipes: readonly Pipe[],
  first: number,
  scope: Scope,
): { readonly stages: readonly Stage[]; readonly filters: readonly Expression[] } {
  const flow: Flow = { keys: null, added: new Set(), statistics: false };
  const stages: Stage[] = [];
  const filters: Expression[] = [];
  for (const pipe of pipes) {
    const stage = pipeStage(pipe, first + stages.length, flow, scope);
    stages.push(stage);
    if (stage.where !== null && stage.name === 'filter' && decidesOverEvents(stage.where, flow)) {
      filters.push(stage.where);
    }
  }
  return { stages, filters };
}

function pipeStage(pipe: Pipe, index: number, flow: Flow, scope: Scope): Stage {
  const { lowering } = scope;
  const before = lowering.faults;
  const known = knownPipe(pipe, scope);
  const queries: NestedQuery[] = [];
  let where: Expression | null = null;
  if (known === null) where = unknownAt(scope, pipe.span);
  else if (known.passes === 'matching') where = filterOf(pipe, flow, { ...scope, queries });
  else if (!pipe.sound) where = unknownAt(scope, pipe.span);
  if (known !== null) follow(known, pipe, flow);
  return stageOf(lowering, index, {
    name: known?.name ?? (pipe.name === '' ? 'unknown' : pipe.name.slice(0, 60)),
    kind: known?.kind ?? 'shape',
    where,
    queries,
    span: pipe.span,
    sound: pipe.sound && lowering.faults === before,
  });
}

function knownPipe(pipe: Pipe, scope: Scope): EqlPipe | null {
  const known = pipeNamed(pipe.name);
  if (known === null) {
    if (pipe.name === '') return null;
    const meant = nearest(
      pipe.name,
      PIPES.map(({ name }) => name),
    );
    const advice = meant === null ? '' : ` Is ${meant} meant?`;
    fault(scope, CODES.unknownPipe, `EQL has no pipe ${pipe.name.slice(0, 60)}.${advice}`, pipe.span);
    return null;
  }
  if (known.dialect === 'endgame')
    note(scope, CODES.endgameSyntax, `Elasticsearch has no pipe ${known.name}.`, pipe.span);
  if (known.passes === 'first' && pipe.sound && !isCount(pipe)) {
    fault(scope, CODES.badArguments, `${known.name} takes one whole number.`, pipe.span);
  }
  return known;
}

function isCount({ args: [count, ...others] }: Pipe): boolean {
  return others.length === 0 && count?.kind === 'literal' && Number.isInteger(count.value);
}

function filterOf(pipe: Pipe, flow: Flow, scope: Scope): Expression {
  const conditions = pipe.args.map((arg) => scope.lowering.condition(arg, scope));
  return markDerived(simplify(and(conditions)), flow);
}

/** Marks what is asked of statistics and of fields that pipes added. */
function markDerived(where: Expression, flow: Flow): Expression {
  if (!flow.statistics && flow.added.size === 0) return where;
  if ('test' in where) {
    const derived = flow.statistics || flow.added.has(where.test.field ?? '');
    return derived ? { test: { ...where.test, derived: true } } : where;
  }
  return mapChildren(where, (child) => markDerived(child, flow));
}

function follow(known: EqlPipe, pipe: Pipe, flow: Flow): void {
  for (const name of known.adds) flow.added.add(name);
  if (known.passes === 'statistics') flow.statistics = true;
  if (known.passes === 'first' || known.passes === 'statistics') flow.keys = new Set();
  else if (known.passes === 'one-per-key') {
    const keys = pipe.args.flatMap((arg) => (arg.kind === 'field' ? [arg.name] : []));
    const before = flow.keys;
    flow.keys = new Set(before === null ? keys : keys.filter((key) => before.has(key)));
  }
}

/** A filter decides over events where no pipe before it dropped some for another reason. */
function decidesOverEvents(where: Expression, { keys, added }: Flow): boolean {
  return (
    testsOf(where).every(
      ({ field, derived }) =>
        !derived && field !== null && !added.has(field) && (keys === null || keys.has(field)),
    ) &&
    (keys === null || testsOf(where).length > 0)
  );
}

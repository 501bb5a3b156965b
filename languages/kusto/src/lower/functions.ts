import type { CallExpr, Expr, FunctionExpr } from '../syntax/tree.ts';
import { type Binding, declare, type Env, innerScope, lookUp, type Scope } from './scope.ts';

/** A call of a function that the text defines: its body, and what names mean in it. */
export interface CalledFunction {
  readonly binding: Binding;
  readonly body: Expr;
  readonly env: Env;
}

/**
 * The body of a function that a `let` of the text defines, with its parameters standing for the arguments of a
 * call; null where the name is no such function.
 */
export function callEnv(call: CallExpr, env: Env): CalledFunction | null {
  const binding = lookUp(env.scope, call.name);
  if (binding === null || binding.value.kind === 'line') return null;
  const declared = functionOf(binding.value, binding.env.scope);
  if (declared === null || declared.body === null) return null;
  const scope = argumentScope(declared, call, binding.env.scope, env);
  const inner: Env = { scope, columns: env.columns };
  for (const statement of declared.statements) declare(inner, statement);
  return { binding, body: declared.body, env: inner };
}

/** A name may stand for another name of a function. */
function functionOf(value: Expr, scope: Scope): FunctionExpr | null {
  let at: Expr = value;
  for (let i = 0; i < 10; i += 1) {
    if (at.kind === 'function') return at;
    if (at.kind !== 'name') return null;
    const next = lookUp(scope, at.name);
    if (next === null || next.value.kind === 'line') return null;
    at = next.value;
  }
  return null;
}

/** Arguments by place, or by name (`f(a=1)`); else what the parameter has by itself. */
function argumentScope(declared: FunctionExpr, call: CallExpr, home: Scope, caller: Env): Scope {
  const scope = innerScope(home);
  const named = new Map(
    call.args.flatMap((arg) => (arg.kind === 'assign' ? [[arg.names[0], arg.value] as const] : [])),
  );
  const placed = call.args.filter((arg) => arg.kind !== 'assign');
  declared.parameters.forEach(({ name, initial }, i) => {
    const value = named.get(name) ?? placed[i] ?? initial;
    if (value !== null && value !== undefined) {
      scope.names.set(name, { name, value, env: caller, declared: false });
    }
  });
  return scope;
}

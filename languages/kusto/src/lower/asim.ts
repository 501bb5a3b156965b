import { and, type Expression } from '@rulescope/logic';
import { asimFilter, isAsimSwitch } from '../data/asim.ts';
import { CODES } from '../diagnostic-codes.ts';
import type { CallExpr, Expr } from '../syntax/tree.ts';
import { type Context, makeUnknown } from './context.ts';
import type { Env } from './scope.ts';

/**
 * What the parameters of an ASIM parser ask of the events that it gives: `_Im_Dns(responsecodename="NXDOMAIN")` is
 * `_Im_Dns | where ResponseCodeName =~ "NXDOMAIN"`. Null where there are none.
 */
export function asimConditions({ args }: CallExpr, env: Env, context: Context): Expression | null {
  const asked = args.flatMap((arg): readonly Expression[] => {
    const [name = ''] = arg.kind === 'assign' ? arg.names : [];
    if (isAsimSwitch(name)) return [];
    const filter = arg.kind === 'assign' ? asimFilter(name) : null;
    if (arg.kind !== 'assign' || filter === null) {
      const message = `What the parameter ${name} asks is not known here.`;
      return [makeUnknown(arg.span, CODES.notDefinedHere, message, context)];
    }
    const left: Expr = { kind: 'name', name: filter.column, span: arg.span };
    const right = [arg.value];
    return [
      context.lower.condition(
        { kind: 'comparison', op: filter.op, left, right, span: arg.span },
        env,
        context,
      ),
    ];
  });
  return asked.length === 0 ? null : and(asked);
}

import { unknown } from '@rulescope/logic';
import { CODES } from '../../diagnostic-codes.ts';
import type { MacroNode } from '../../syntax/ast.ts';
import { problem } from '../../syntax/context.ts';
import { originalSpan } from '../../text/mapped-text.ts';
import type { Flow, LowerContext, Lowered } from '../context.ts';
import { renamePattern } from '../fields.ts';
import { COMMENT, sayUnknownMacro } from '../search.ts';
import { filtered } from './filter.ts';

/**
 * A macro that stands where a command should. Splunk's Common Information Model brings `drop_dm_object_name`, which
 * takes the name of a data model's object from its fields; a name that ends with `_filter` is by convention a place
 * for exclusions of one's own. What any other does is unknown.
 */
export function lowerMacroCommand(macro: MacroNode, flow: Flow, context: LowerContext): Lowered {
  const [argument] = macro.arguments;
  if (macro.name === 'drop_dm_object_name' && argument !== undefined) {
    const fields = renamePattern(flow.fields, `${argument}.*`, '*', true);
    return { where: null, flow: { ...flow, fields }, understood: true, name: macro.name, kind: 'derive' };
  }
  if (macro.name === COMMENT) return { where: null, flow, understood: true, name: macro.name, kind: 'shape' };
  if (macro.name.endsWith('_filter')) {
    const message = `The macro ${macro.name} lets every event pass until somebody writes exclusions into it.`;
    problem(context.syntax, CODES.filterMacro, message, macro.span);
    return { where: null, flow, understood: true, name: macro.name, kind: 'filter' };
  }
  sayUnknownMacro(macro, context);
  const place = originalSpan(context.syntax.mapped, macro.span);
  const where = unknown(context.syntax.mapped.original.slice(...place), place);
  return { where, flow: filtered(flow, where), understood: true, name: macro.name, kind: 'filter' };
}

import { canonicalise, type EventScope, eventScope, type Form } from '@rulescope/knowledge';
import type { Expression, LanguageId, Operator, Source } from '@rulescope/logic';

export const NONE = { product: null, category: null, service: null };

export function sigma(category: string, product = 'windows'): EventScope {
  const logsource = { product, category, service: null };
  return eventScope({
    language: 'sigma',
    sources: [],
    logsource,
    events: [],
    logsources: [logsource],
    where: [],
  });
}

export function scope(
  language: LanguageId,
  sources: readonly Source[],
  where: readonly Expression[] = [],
): EventScope {
  return eventScope({ language, sources, logsource: NONE, events: [], logsources: [], where });
}

export function wants(field: string, value: string): Expression {
  return {
    test: {
      ...{
        field,
        through: [],
        op: 'eq',
        values: [value],
        quantifier: 'any',
        caseSensitive: null,
        transforms: [],
      },
      ...{ derived: false, implied: false, via: null, span: [0, 0] },
    },
  };
}

export const table = (value: string) => scope('kql', [{ kind: 'table', value }]);
export const elastic = (category: string, where: readonly Expression[] = []) =>
  scope('eql', [{ kind: 'category', value: category }], where);
export const model = (value: string) => scope('spl', [{ kind: 'datamodel', value }]);
export const device = (action: string) =>
  scope('kql', [{ kind: 'table', value: 'DeviceEvents' }], [wants('ActionType', action)]);

/** A form as one line: `Image ends_with \x.exe`. */
export function one(field: string, op: Operator, value: string, events: EventScope): string {
  const { forms } = canonicalise({ field, op, value }, events);
  return forms.map(line).join(' + ');
}

export function line({ field, op, value }: Form): string {
  return `${field} ${op} ${value}`;
}

import type { Diagnostic, DiagnosticCode, Expression, Language, LocatedQuery, Stage } from '@rulescope/logic';
import {
  collect,
  diagnostic,
  emptyQuery,
  LIMITS,
  lineStarts,
  not,
  SHARED_CODES,
  test,
  unknown,
} from '@rulescope/logic';

const ODD: DiagnosticCode = {
  code: 'toy-odd',
  severity: 'warning',
  title: 'A word that is no field',
  help: 'Each word of a toy text is the name of a field that must exist, after any number of exclamation marks. This word holds another character, so that it names no field; it is kept as unknown text.',
};
const shared = (code: string): DiagnosticCode => SHARED_CODES.find((row) => row.code === code) ?? ODD;

/**
 * The smallest language that there is: words, each a stage that asks whether a field exists, `!` before one
 * negates it. It claims to be kuery, whose texts it will never see.
 */
export const toy: Language = {
  id: 'kuery',
  name: 'Toy',
  diagnosticCodes: [ODD],
  parse: (text) => {
    const lines = lineStarts(text);
    if (text.length > LIMITS.textLength) {
      const found = diagnostic(shared('text-too-large'), 'The text is too large.', [0, 0], lines);
      return { language: 'kuery', queries: [], diagnostics: [found] };
    }
    const words = [...text.matchAll(/\S+/gu)];
    const diagnostics: Diagnostic[] = [];
    const stages = words.map((found, index): Stage => {
      const span = [found.index, found.index + found[0].length] as const;
      const [, marks = '', field = ''] = /^(!*)(.*)$/su.exec(found[0]) ?? [];
      const deep = marks.length > LIMITS.depth;
      if (deep) diagnostics.push(diagnostic(shared('nesting-too-deep'), 'Too deep.', span, lines));
      else if (!/^\w+$/.test(field)) diagnostics.push(diagnostic(ODD, 'Odd word.', span, lines));
      const plain = !deep && /^\w+$/.test(field);
      let where: Expression = plain
        ? test({ field, op: 'exists', values: [], caseSensitive: null, span })
        : unknown(found[0], span);
      if (plain) for (const _ of marks) where = not(where);
      return {
        index,
        name: field,
        kind: 'filter',
        text: found[0],
        spans: [span],
        understood: plain ? 'full' : 'partial',
        where,
        queries: [],
      };
    });
    const query: LocatedQuery = {
      ...emptyQuery('kuery', stages.every((stage) => stage.understood === 'full') ? 'full' : 'partial'),
      id: null,
      offset: 0,
      standalone: true,
      where: { and: stages.flatMap((stage) => stage.where ?? []) },
      stages,
      ...collect(stages),
      diagnostics,
    };
    return { language: 'kuery', queries: [query], diagnostics: [] };
  },
};

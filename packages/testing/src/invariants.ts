import { isDeepStrictEqual } from 'node:util';
import type {
  Diagnostic,
  Expression,
  Indicator,
  Language,
  ParsedText,
  Query,
  Span,
  Stage,
  Test,
  Understood,
} from '@rulescope/logic';
import { collect, SHARED_CODES, toResult, visit, worst } from '@rulescope/logic';
import { schemaFaults } from './schema.ts';

/**
 * What is wrong with what a language made of a text, whatever the text is: one line a fault, none where all
 * is well. Spans and diagnostics must lie in the text, stages be numbered, indicators be those that `collect`
 * finds, a query be understood no better than its worst stage, and the JSON be valid and plain.
 */
export function faultsOf(language: Language, text: string, parsed: ParsedText): readonly string[] {
  const result = toResult(parsed, null);
  const faults = [...schemaFaults(result)];
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(parsed)), parsed)) faults.push('is no plain JSON');
  if (parsed.language !== language.id) faults.push(`says that its language is ${parsed.language}`);
  faults.push(...parsed.diagnostics.flatMap((found) => diagnosticFaults(language, text, found)));
  for (const query of parsed.queries) {
    if (query.offset > text.length) faults.push(`offset ${query.offset} is outside of the text`);
    faults.push(...queryFaults(language, text, query, ''));
  }
  return faults;
}

function queryFaults(language: Language, text: string, query: Query, at: string): readonly string[] {
  const faults = query.diagnostics.flatMap((found) => diagnosticFaults(language, text, found));
  const { indicators, exclusions, terms } = collect(query.stages);
  if (!isDeepStrictEqual(query.indicators, indicators)) faults.push(`${at}: indicators are not collect's`);
  if (!isDeepStrictEqual(query.exclusions, exclusions)) faults.push(`${at}: exclusions are not collect's`);
  if (!isDeepStrictEqual(query.terms, terms)) faults.push(`${at}: terms are not collect's`);
  for (const indicator of query.indicators) {
    if (!isWanted(query, indicator)) faults.push(`${at}: the indicator at ${indicator.path} is under a Not`);
  }
  if (isBetter(query.understood, worst(query.stages.map((stage) => stage.understood)))) {
    faults.push(`${at}: is understood better than its worst stage`);
  }
  if (query.where !== null) faults.push(...expressionFaults(text, query.where, at));
  query.stages.forEach((stage, i) => {
    faults.push(...stageFaults(text, stage, i, `${at}/stages/${i}`));
    stage.queries.forEach((nested, j) => {
      faults.push(...queryFaults(language, text, nested, `${at}/stages/${i}/queries/${j}`));
    });
  });
  return faults;
}

function stageFaults(text: string, stage: Stage, index: number, at: string): readonly string[] {
  const faults: string[] = [];
  if (stage.index !== index) faults.push(`${at}: its index is ${stage.index}`);
  let end = 0;
  for (const span of stage.spans) {
    if (!isWithin(span, text)) faults.push(`${at}: span ${span} is outside of the text`);
    if (span[0] < end) faults.push(`${at}: span ${span} starts before the one before it ends`);
    end = span[1];
  }
  if (stage.where !== null) faults.push(...expressionFaults(text, stage.where, at));
  return faults;
}

function expressionFaults(text: string, expression: Expression, at: string): readonly string[] {
  const faults: string[] = [];
  visit(expression, (part) => {
    if ('unknown' in part && !isWithin(part.unknown.span, text)) {
      faults.push(`${at}: unknown at ${part.unknown.span}, outside of the text`);
    }
    if ('test' in part) faults.push(...testFaults(text, part.test, at));
  });
  return faults;
}

function testFaults(text: string, test: Test, at: string): readonly string[] {
  const faults: string[] = [];
  if (!isWithin(test.span, text)) faults.push(`${at}: test at ${test.span}, outside of the text`);
  for (const list of [test.expanded, test.literals]) {
    if (list !== undefined && list.length !== test.values.length) {
      faults.push(`${at}: ${list.length} lists of literals for ${test.values.length} values`);
    }
  }
  return faults;
}

function diagnosticFaults(language: Language, text: string, found: Diagnostic): string[] {
  const at = `diagnostic ${found.code}`;
  const row = [...SHARED_CODES, ...language.diagnosticCodes].find(({ code }) => code === found.code);
  const faults: string[] = [];
  if (row === undefined) faults.push(`${at} is not in the registry`);
  else if (row.severity !== found.severity) faults.push(`${at} is ${found.severity}, not ${row.severity}`);
  if (!isWithin(found.span, text)) return [...faults, `${at}: span ${found.span} is outside of the text`];

  const { line, column } = placeOf(text, found.span[0]);
  if (found.line !== line || found.column !== column) {
    faults.push(`${at}: ${found.span[0]} is ${line}:${column}, not ${found.line}:${found.column}`);
  }
  return faults;
}

/** Line and column worked out in another way than the library's, which would agree with itself. */
function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const ends = [...text.matchAll(/\r\n|\r|\n/g)].map((found) => found.index + found[0].length);
  const before = ends.filter((end) => end <= offset);
  return { line: before.length + 1, column: offset - (before.at(-1) ?? 0) + 1 };
}

function isWithin(span: Span, text: string): boolean {
  return 0 <= span[0] && span[0] <= span[1] && span[1] <= text.length;
}

function isBetter(one: Understood, other: Understood): boolean {
  return one !== other && worst([one, other]) === other;
}

/** Whether an indicator's path leads to a stage that asks its test under an even number of Nots. */
function isWanted(query: Query, indicator: Indicator): boolean {
  const { path, ...test } = indicator;
  const steps = [...path.matchAll(/\/(stages|queries)\/(\d+)/g)];
  let inside: Query | undefined = query;
  let stage: Stage | undefined;
  let negated = false;
  for (const [, list, digits] of steps) {
    if (list === 'stages') stage = inside?.stages[Number(digits)];
    else {
      const nested: (Query & { readonly negated?: boolean }) | undefined = stage?.queries[Number(digits)];
      negated = negated !== (nested?.negated === true);
      inside = nested;
    }
  }
  let found = false;
  if (stage?.where) {
    visit(stage.where, (part, excluded) => {
      if ('test' in part && excluded === negated && isDeepStrictEqual(part.test, test)) found = true;
    });
  }
  return found;
}

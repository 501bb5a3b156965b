import { type DiagnosticCode, LIMITS, nearest, SHARED_CODES, type Span } from '@rulescope/logic';
import { type Reporter, report } from '@rulescope/logic/parsing';
import { OPERATOR_NAMES } from '../data/operators.ts';
import { CODES } from '../diagnostic-codes.ts';
import { readExpression, readLet, readParameter, type TreeReader } from './expressions.ts';
import { type LexicalToken, type Library, library } from './library.ts';
import { readOperator } from './operators.ts';
import { withBlank, wordsToPassOver } from './recover.ts';
import { invisiblesOf, startsOf, startsOfQueries, type Token, tokensOf } from './tokens.ts';
import type { LetStatement, Statement } from './tree.ts';
import { child, items, spanOf, type View, view } from './view.ts';

const [TEXT_TOO_LARGE, NESTING_TOO_DEEP] = SHARED_CODES;

/** A text as far as it could be read. */
export interface ParsedKusto {
  readonly statements: readonly Statement[];
  /** Everything that is no white space and no comment, invisible characters included. */
  readonly tokens: readonly Token[];
  /** Where the text breaks the grammar, or is not read for its size. */
  readonly faults: readonly Span[];
}

/** More than this takes longer than a moment; no query that a person wrote has a tenth of it. */
const MOST_TOKENS = 200_000;

/**
 * Parses a Kusto text: one query or several, with the statements before them. Never throws: what is wrong is
 * reported at the place where Microsoft's parser says it is.
 */
export function parseKusto(text: string, to: Reporter): ParsedKusto {
  const failed: ParsedKusto = { statements: [], tokens: [], faults: [[0, text.length]] };
  try {
    const kusto = library();
    if (kusto === null) {
      report(to, CODES.parserFailed, "Microsoft's parser is not loaded.", [0, 0]);
      return failed;
    }
    return parseTokens(text, kusto.tokens(text), kusto, to);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const line = reason.split('\n', 1)[0] ?? '';
    report(to, CODES.parserFailed, `Microsoft's parser failed on the text: ${line}`, [0, 0]);
    return failed;
  }
}

function parseTokens(
  text: string,
  lexical: readonly LexicalToken[],
  kusto: Library,
  to: Reporter,
): ParsedKusto {
  const tokens = tokensOf(lexical, kusto);
  const deep = tooDeepAt(tokens);
  if (deep !== null) {
    report(to, NESTING_TOO_DEEP, `More than ${LIMITS.depth} brackets are open here.`, deep);
    return { statements: [], tokens, faults: [deep] };
  }
  if (tokens.length > MOST_TOKENS) {
    const message = `The text has ${tokens.length} words and signs; ${MOST_TOKENS} are read.`;
    report(to, TEXT_TOO_LARGE, message, [0, 0]);
    return { statements: [], tokens, faults: [[0, 0]] };
  }
  const cuts = new Set(
    startsOfQueries(tokens)
      .slice(0, MOST_PARTS)
      .map(({ span }) => span[0]),
  );
  const lexed = { text, tokens, lexical, starts: startsOf(tokens), cuts, kusto };
  const { statements, findings } = recovered(bestReading(lexed), lexed);
  for (const { row, message, span } of findings) report(to, row, message, span);
  const invisibles = invisiblesOf(lexical);
  const all =
    invisibles.length === 0 ? tokens : [...tokens, ...invisibles].sort((a, b) => a.span[0] - b.span[0]);
  return { statements, tokens: all, faults: findings.filter(isFault).map(({ span }) => span) };
}

/** Where more brackets are open than anyone nests, or null. */
function tooDeepAt(tokens: readonly Token[]): Span | null {
  let depth = 0;
  for (const { text, span } of tokens) {
    if ('([{'.includes(text)) depth += 1;
    else if (')]}'.includes(text)) depth -= 1;
    if (depth > LIMITS.depth) return span;
  }
  return null;
}

/** Something to report, should the reading be the one that is taken. */
interface Finding {
  readonly row: DiagnosticCode;
  readonly message: string;
  readonly span: Span;
  /** True where the parser stopped reading. */
  readonly stops?: true;
}

interface Reading {
  readonly statements: readonly Statement[];
  readonly findings: readonly Finding[];
}

function isFault({ row }: Finding): boolean {
  return row.severity === 'error';
}

/** What the readings of one text share. */
interface Lexed {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly lexical: readonly LexicalToken[];
  readonly starts: ReadonlyMap<number, number>;
  /** Where further queries of the text seem to start. */
  readonly cuts: ReadonlySet<number>;
  readonly kusto: Library;
}

/**
 * Of one query behind another without a semicolon the parser takes the second table for a further column of
 * the first query's last list. So the parts that seem to be queries are read first, and the text as a whole
 * where that is not clean or there are none; the better of both readings stands.
 */
function bestReading(lexed: Lexed): Reading {
  const cuts = lexed.tokens.filter(({ span }) => lexed.cuts.has(span[0]));
  const parts = cuts.length === 0 ? null : readParts(cuts, lexed);
  const faults = parts?.findings.filter(isFault).length ?? 0;
  if (parts !== null && faults === 0) return parts;
  const whole = readPart(lexed.tokens[0], undefined, lexed);
  if (parts === null) return whole;
  const fewer = faults < whole.findings.filter(isFault).length;
  return fewer || parts.statements.length > whole.statements.length ? parts : whole;
}

/** More places at which a reading stops are not passed over: each costs another reading of the whole. */
const MOST_STOPS = 10;
/** Nor in a text with more words and signs than this. */
const MOST_TOKENS_READ_AGAIN = 20_000;

/**
 * Microsoft's parser stops at what it cannot read. What stands there, up to the next bar, is passed over, so that
 * the operators behind it are read too.
 */
function recovered(first: Reading, lexed: Lexed): Reading {
  const { tokens, cuts, kusto } = lexed;
  const passed: Finding[] = [];
  let reading = first;
  let { text } = lexed;
  for (let i = 0; i < MOST_STOPS && tokens.length <= MOST_TOKENS_READ_AGAIN; i += 1) {
    const stop = stopOf(reading);
    const words = stop === null ? null : wordsToPassOver(tokens, stop);
    if (stop === null || words === null) break;
    const blanked = withBlank(text, words);
    const lexical = kusto.tokens(blanked);
    const left = tokensOf(lexical, kusto);
    const next = bestReading({ text: blanked, tokens: left, lexical, starts: startsOf(left), cuts, kusto });
    if ((stopOf(next) ?? Number.POSITIVE_INFINITY) <= stop) break;
    passed.push(...reading.findings.filter(({ span: [at] }) => words[0] <= at && at < words[1]));
    reading = next;
    text = blanked;
  }
  if (passed.length === 0) return reading;
  const findings = [...passed, ...reading.findings].sort((a, b) => a.span[0] - b.span[0]);
  return { statements: reading.statements, findings };
}

/** The first place where a reading stopped; null where it came to the end. */
function stopOf({ findings }: Reading): number | null {
  const stops = findings.flatMap(({ stops, span }) => (stops === true ? [span[0]] : []));
  return stops.length === 0 ? null : Math.min(...stops);
}

function readParts(cuts: readonly Token[], lexed: Lexed): Reading {
  const firsts = [lexed.tokens[0], ...cuts];
  const parts = firsts.map((first, i) => readPart(first, firsts[i + 1], lexed));
  const unended = parts.slice(0, -1).flatMap(({ statements }): readonly Finding[] => {
    const last = statements.at(-1);
    return last?.kind === 'let' ? [missingSeparator(last.span[1])] : [];
  });
  return {
    statements: parts.flatMap((part) => part.statements),
    findings: [...parts.flatMap((part) => part.findings), ...unended],
  };
}

function missingSeparator(at: number): Finding {
  return {
    row: CODES.missingSeparator,
    message: 'A semicolon is missing behind this `let`.',
    span: [at, at],
  };
}

const MOST_PARTS = 1_000;

/** Reads from one token to another. What starts with a bar gets a table, which is taken away again. */
function readPart(first: Token | undefined, next: Token | undefined, lexed: Lexed): Reading {
  const { text, lexical, starts, kusto } = lexed;
  const from = first?.index ?? 0;
  const start = (first?.span[0] ?? 0) - (lexical[from]?.Trivia.length ?? 0);
  const end = next?.span[0] ?? text.length;
  const part =
    next === undefined ? lexical.slice(from) : [...lexical.slice(from, next.index), ...lexical.slice(-1)];
  const fragment = first?.kind === 'BarToken';
  const offset = fragment ? start - 1 : start;
  const root = kusto.parse(fragment ? [...kusto.tokens('x').slice(0, 1), ...part] : part);
  const findings: Finding[] = [];
  const reader: TreeReader = {
    library: kusto,
    text,
    starts,
    operator: readOperator,
    tooDeep: (span) =>
      findings.push({ row: NESTING_TOO_DEEP, message: 'What is written here is nested too deeply.', span }),
    depth: 0,
  };
  const separators: number[] = [];
  for (const { Start, Length, Message } of kusto.diagnostics(root)) {
    const at = Math.min(end, Math.max(start, Start + offset));
    const span: Span = [at, Math.min(end, at + Length)];
    if (Message === 'Expected: ;') separators.push(at);
    else findings.push({ row: rowOf(Message), ...inPlainWords(Message, wordAt(text, span[0])), span });
  }
  const nodes = items(view(root, offset, reader), 'Statements', reader);
  const read = nodesWithoutJunk(nodes, new Set(separators), text, findings);
  const statements = read.flatMap((node) => readStatement(node, reader) ?? []);
  if (!fragment) return { statements, findings };
  const message = 'The query starts with a bar: it names no table.';
  findings.push({ row: CODES.noSource, message, span: first?.span ?? [start, start] });
  return { statements: statements.map((one, i) => (i === 0 ? withoutSource(one) : one)), findings };
}

/**
 * The statements, without those that only stand in the same line behind another one: these are words that the
 * grammar has no place for. Where a line ends, the next statement may begin without a semicolon, though a
 * `let` wants one.
 */
function nodesWithoutJunk(
  nodes: readonly View[],
  separators: ReadonlySet<number>,
  text: string,
  findings: Finding[],
): readonly View[] {
  let last: View | null = null;
  const kept: View[] = [];
  for (const node of nodes) {
    const end: number = last === null ? -1 : spanOf(last)[1];
    const missing = separators.has(end) || (last !== null && separators.has(spanOf(node)[0]));
    const junk = missing && !text.slice(end, spanOf(node)[0]).includes('\n');
    if (junk) {
      const message = 'This has no place here.';
      findings.push({ row: CODES.syntax, message, span: spanOf(node), stops: true });
    } else {
      kept.push(node);
      if (missing && last?.kind === 'LetStatement') {
        findings.push(missingSeparator(end));
      }
    }
    last = node;
  }
  return kept;
}

/** A name that should have brackets is a name all the same. */
function rowOf(message: string): DiagnosticCode {
  const name = /^The name '(.*)' needs to be bracketed/.exec(message)?.[1];
  return name === undefined || name === 'and' || name === 'or' ? CODES.syntax : CODES.reservedName;
}

function wordAt(text: string, at: number): string {
  return /^[\w-]*/.exec(text.slice(at, at + 40))?.[0] ?? '';
}

/** What Microsoft's parser says, in a whole sentence, and whether it stops there. */
function inPlainWords(message: string, word: string): Pick<Finding, 'message' | 'stops'> {
  if (message === 'The incomplete fragment is unexpected.')
    return { message: 'From here on this is nothing that Kusto can read.', stops: true };
  if (message.startsWith('Query operator expected')) {
    const meant = nearest(word, OPERATOR_NAMES);
    const hint = meant === null ? '' : ` Is it \`${meant}\`?`;
    return { message: `Kusto has no operator \`${word}\`.${hint}` };
  }
  return { message: plainWords(message) };
}

function plainWords(message: string): string {
  const expected = /^Expected: (.+)$/.exec(message)?.[1];
  if (expected !== undefined) return `Kusto expects \`${expected}\` here.`;
  const missing = /^Missing: (.+)$/.exec(message)?.[1];
  if (missing !== undefined)
    return `A \`${missing}\` is missing: what it should close goes on to the end of the line.`;
  const unexpected = /^Unexpected: (.+)$/.exec(message)?.[1];
  if (unexpected !== undefined) return `Kusto has no use for \`${unexpected}\` here.`;
  return message.endsWith('.') ? message : `${message}.`;
}

function readStatement(node: View, reader: TreeReader): Statement | null {
  const span = spanOf(node);
  switch (node.kind) {
    case 'LetStatement':
      return readLet(node, reader);
    case 'ExpressionStatement':
      return { kind: 'query', expression: readExpression(child(node, 'Expression', reader), reader), span };
    case 'QueryParametersStatement':
      return { kind: 'setting', name: 'declare', defines: queryParameters(node, reader), span };
    case 'SetOptionStatement':
      return { kind: 'setting', name: 'set', defines: [], span };
    case 'AliasStatement':
      return { kind: 'setting', name: 'alias', defines: [], span };
    case 'RestrictStatement':
      return { kind: 'setting', name: 'restrict', defines: [], span };
    case 'PatternStatement':
      return { kind: 'setting', name: 'declare', defines: [], span };
    default:
      return null;
  }
}

/** A parameter of a query with a value of its own is used as a `let` is. */
function queryParameters(node: View, reader: TreeReader): readonly LetStatement[] {
  return items(node, 'Parameters', reader).flatMap((one) => {
    const { name, initial } = readParameter(one, reader);
    return initial === null ? [] : [{ kind: 'let' as const, name, value: initial, span: spanOf(one) }];
  });
}

function withoutSource(statement: Statement): Statement {
  if (statement.kind !== 'query' || statement.expression.kind !== 'pipe') return statement;
  return { ...statement, expression: { ...statement.expression, source: null } };
}

import {
  type Diagnostic,
  diagnostic,
  LIMITS,
  type LineStarts,
  lineStarts,
  type Span,
} from '@rulescope/logic';
import { catalogCode } from '../../diagnostic-codes.ts';
import { type Fields, fieldsList, fieldsOf, textOf } from '../fields.ts';
import type { Glance } from '../glance.ts';
import { brokenJson } from '../json-offsets.ts';
import type { FileRole, ReadFile, ReadRule, RuleFormat } from '../reader.ts';
import type { TomlNode } from '../toml-scan.ts';
import { readDetectionRule } from './detection-rule.ts';
import { scanJson, withStatements } from './json-scan.ts';

/**
 * Detection rules in JSON, as Kibana gives them: exported, one rule a line (Elastic Security, "Export rules"), one rule
 * or a list (Detections API, "Retrieve rule", "List rules"), or wrapped as the prebuilt ones are in Elastic's packages.
 */
export const elasticExportFormat: RuleFormat = {
  name: 'elastic-export',
  language: null,
  matches: () => false,
  mayMatch: (path) => /\.(?:json|ndjson|jsonl)$/i.test(path),
  recognises: roleOf,
  read: readExport,
};

/** Every rule of the API has an id, a type and a score; exception lists, connectors and dashboards have not all of them. */
function roleOf({ text }: Glance): FileRole | null {
  const isExport =
    /^\ufeff?\s*[[{]/.test(text) &&
    /"rule_id"\s*:\s*"/.test(text) &&
    /"risk_score"\s*:\s*\d/.test(text) &&
    RULE_TYPE.test(text);
  return isExport ? 'rules' : null;
}

const RULE_TYPE =
  /"type"\s*:\s*"(?:query|saved_query|eql|esql|lucene|threshold|threat_match|machine_learning|new_terms)"/;

/** A JSON text in a file. */
interface Part {
  readonly value: unknown;
  readonly span: Span;
}

function readExport(text: string): ReadFile {
  const lines = lineStarts(text);
  const { parts, diagnostics } = partsOf(text, lines);
  const readings = parts.flatMap((part) => readPart(part, text, lines));
  return {
    rules: readings.flatMap(({ rules }) => rules),
    diagnostics: [...diagnostics, ...readings.flatMap((reading) => reading.diagnostics)],
  };
}

/** The whole text where it is one JSON value; else its lines, of which some may be broken. */
function partsOf(
  text: string,
  lines: LineStarts,
): { readonly parts: readonly Part[]; readonly diagnostics: readonly Diagnostic[] } {
  const whole = parsed(text, [text.startsWith('\ufeff') ? 1 : 0, text.length], lines);
  if ('value' in whole) return { parts: [whole], diagnostics: [] };
  const found = lines.flatMap((start, i) => {
    const from = text.charAt(start) === '\ufeff' ? start + 1 : start;
    const span: Span = [from, lines[i + 1] ?? text.length];
    return text.slice(...span).trim() === '' ? [] : [parsed(text, span, lines)];
  });
  const parts = found.filter((one) => 'value' in one).filter(({ value }) => isObject(value));
  // Of a value that is written on many lines none is a value of its own.
  if (parts.length === 0) return { parts, diagnostics: [whole.fault] };
  return { parts, diagnostics: found.flatMap((one) => ('fault' in one ? [one.fault] : [])) };
}

function parsed(text: string, span: Span, lines: LineStarts): Part | { readonly fault: Diagnostic } {
  const written = text.slice(...span).trimEnd();
  try {
    return { value: JSON.parse(written), span: [span[0], span[0] + written.length] };
  } catch (error) {
    return { fault: brokenJson(error, written, span[0], lines) };
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The rules of a JSON text: what else an export has (its summary, exception lists, connectors) is none. */
function readPart({ value, span }: Part, text: string, lines: LineStarts): readonly ReadFile[] {
  const found: Found[] = [];
  const nodes = scanJson(text, span);
  collect(value, nodes, 0, found);
  return found.map(({ fields, node }) => {
    const place = found.length === 1 ? span : (node?.value ?? span);
    if (place[1] - place[0] > LIMITS.textLength) {
      const message = 'The rule is too large to be read.';
      return { rules: [], diagnostics: [diagnostic(catalogCode('json-invalid'), message, place, lines)] };
    }
    return readRule(fields, node, place, text, lines);
  });
}

interface Found {
  readonly fields: Fields;
  readonly node: TomlNode | null;
}

/** Where rules stand in JSON: alone, in a list, under `data` of an answer, under `attributes` of a saved object. */
function collect(value: unknown, node: TomlNode | null, depth: number, found: Found[]): void {
  if (depth > MOST_LEVELS || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) collect(item, node?.children.get(i) ?? null, depth + 1, found);
    return;
  }
  const fields = fieldsOf(value);
  if (textOf(fields.rule_id) !== null && textOf(fields.type) !== null) {
    found.push({ fields, node });
    return;
  }
  for (const key of ['data', 'attributes']) {
    collect(fields[key], node?.children.get(key) ?? null, depth + 1, found);
  }
}

const MOST_LEVELS = 4;

/** A rule of the API has the keys that it has under `[rule]` in TOML, and says when it was made beside them. */
function readRule(
  rule: Fields,
  node: TomlNode | null,
  span: Span,
  text: string,
  lines: LineStarts,
): ReadFile {
  const metadata = {
    creation_date: dayOf(rule.created_at),
    updated_date: dayOf(rule.updated_at),
    integration: fieldsList(rule.related_integrations).map(({ package: name }) => name),
  };
  const children = new Map(node === null ? [] : [['rule', withStatements(text, node)] as const]);
  const root = {
    value: { rule, metadata },
    text,
    node: { children, statements: [], value: null, tables: 0 },
  };
  const { rules, diagnostics } = readDetectionRule({ root, text, lines });
  const own = ({ query, ...one }: ReadRule): ReadRule => ({
    ...one,
    text: text.slice(...span),
    query: { ...query, offset: span[0] },
  });
  return { rules: rules.map(own), diagnostics };
}

/** `2026-01-02T03:04:05.678Z`: the day alone, as all other rules have it. */
function dayOf(time: unknown): string | null {
  return textOf(time)?.slice(0, 10) ?? null;
}

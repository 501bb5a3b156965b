import {
  collect,
  LIMITS,
  SHARED_CODES,
  type Span,
  type Stage,
  type Understood,
  worst,
} from '@rulescope/logic';
import {
  childReporter,
  type Reporter,
  report,
  reporter,
  type TextBudget,
  textBudget,
} from '@rulescope/logic/parsing';
import { CODES } from './diagnostic-codes.ts';
import { lowerCorrelation, readReferences } from './lower/correlation.ts';
import { lowerDetection } from './lower/detection.ts';
import type { SigmaFile, SigmaRule } from './rule.ts';
import { inherit, type RuleDocument } from './text/documents.ts';
import { logsourceSources, readMetadata } from './text/metadata.ts';
import { dedented } from './text/source-text.ts';
import { entryOf, readYaml, textOf, type YamlDocument, type YamlEntry } from './text/yaml.ts';

const [TEXT_TOO_LARGE, , RESULT_TOO_LARGE, , EMPTY_TEXT] = SHARED_CODES;

/**
 * Reads a Sigma text: every document that is a rule, a correlation or a filter, each lowered once. What one
 * document says of another is left open (`linkSigma` closes it). Never throws: what is wrong is in the
 * diagnostics of the rule that it concerns, or of the file. Spans are offsets of the whole text.
 */
export function readSigma(text: string): SigmaFile {
  const to = reporter(text);
  if (text.length > LIMITS.textLength) {
    report(
      to,
      TEXT_TOO_LARGE,
      `The text has ${text.length} characters; ${LIMITS.textLength} are read.`,
      [0, 0],
    );
    return { rules: [], diagnostics: to.diagnostics };
  }
  const markers = text.match(/^---/gm)?.length ?? 0;
  if (markers > MOST_DOCUMENTS) {
    report(to, TEXT_TOO_LARGE, `The text has ${markers} documents; ${MOST_DOCUMENTS} are read.`, [0, 0]);
    return { rules: [], diagnostics: to.diagnostics };
  }
  return lowerDocuments(readYaml(text, to), to);
}

/** A file that people keep holds far fewer. */
const MOST_DOCUMENTS = 20_000;

/** What the documents of a text say, once its YAML is read. */
export function lowerDocuments(yaml: readonly YamlDocument[], to: Reporter): SigmaFile {
  const documents = inherit(yaml, to);
  const budget = textBudget();
  const rules: SigmaRule[] = [];
  for (const document of documents) {
    const rule = readDocument(document, budget, to);
    if (rule !== null) rules.push(rule);
    if (budget.left < 1) {
      report(
        to,
        RESULT_TOO_LARGE,
        'The rules before this place have too many values: the rest is not read.',
        [document.span[1], document.span[1]],
      );
      break;
    }
  }
  if (documents.length === 0 && to.diagnostics.length === 0) {
    report(to, EMPTY_TEXT, 'The text holds no YAML document.', [0, 0]);
  }
  return { rules, diagnostics: to.diagnostics };
}

type Part = Pick<SigmaRule, 'kind' | 'where' | 'stages' | 'references' | 'generate'>;

function readDocument(document: RuleDocument, budget: TextBudget, fileReporter: Reporter): SigmaRule | null {
  const to = childReporter(fileReporter);
  const part = readPart(document, budget, to);
  if (part === null) {
    fileReporter.diagnostics.push(...document.diagnostics);
    if (!document.sound) return null;
    const keys = document.entries.slice(0, 5).map((entry) => entry.key);
    const message = `The document has none of the keys detection, correlation and filter (it has ${keys.join(', ')}).`;
    report(fileReporter, CODES.notARule, message, firstLineOf(document.span, to.text));
    return null;
  }
  const metadata = readMetadata(document.entries);
  if (metadata.title === null)
    report(to, CODES.missingTitle, 'The rule has no title.', firstLineOf(document.span, to.text));
  const sources = logsourceSources(metadata.logsource);
  if (sources.length === 0 && part.kind !== 'correlation') {
    report(to, CODES.missingLogsource, 'The rule names no log source.', firstLineOf(document.span, to.text));
  }
  const [offset, end] = document.span;
  return {
    id: metadata.id,
    title: metadata.title,
    language: 'sigma',
    understood: understoodOf(part, document.sound),
    sources,
    ...part,
    ...collect(part.stages),
    diagnostics: [...document.diagnostics, ...to.diagnostics],
    offset,
    standalone: part.kind !== 'filter',
    linked: false,
    metadata,
    text: to.text.slice(offset, end),
  };
}

function understoodOf(part: Part, sound: boolean): Understood {
  const stages = worst(part.stages.map((stage) => stage.understood));
  return sound ? stages : worst([stages, 'partial']);
}

function firstLineOf([start, end]: Span, text: string): Span {
  const line = text.slice(start, Math.min(end, start + 200)).split(/[\r\n]/, 1)[0] ?? '';
  return [start, start + line.length];
}

function readPart(document: RuleDocument, budget: TextBudget, to: Reporter): Part | null {
  const find = (key: string): YamlEntry | undefined =>
    document.entries.findLast((entry) => entry.key === key);
  const correlation = find('correlation');
  if (correlation !== undefined) {
    const generate =
      textOf(find('generate')?.value) === 'true' ||
      textOf(entryOf(correlation.value, 'generate')?.value) === 'true';
    return { kind: 'correlation', where: null, generate, ...lowerCorrelation(correlation, to) };
  }
  const filter = find('filter');
  if (filter !== undefined) return readFilter(filter, budget, to);
  const detection = find('detection');
  return detection === undefined ? null : readDetection(detection, budget, to);
}

function readDetection(heading: YamlEntry, budget: TextBudget, to: Reporter): Part {
  const whole = { kind: 'rule', references: [], generate: false } as const;
  if (heading.value.kind !== 'map' || heading.value.entries.length === 0) {
    report(to, CODES.badDetection, 'The detection is not a map of selections and a condition.', heading.span);
    return { ...whole, where: null, stages: [unreadable(heading, to)] };
  }
  return {
    ...whole,
    ...lowerDetection(heading.value.entries, headingSpans(heading, to), endOf(heading, to.text), budget, to),
  };
}

/** The key of a part with its colon, wherever it stands. */
function headingSpans(heading: YamlEntry, to: Reporter): readonly Span[] {
  return [...(heading.inheritedKeys ?? []), heading.keySpan].map(([start, end]) => {
    const colon = /^\s*:/.exec(to.text.slice(end, end + 100))?.[0].length ?? 0;
    return [start, end + colon];
  });
}

/** Where a part ends with the comments below it that are indented like it. */
function endOf({ keySpan, span }: YamlEntry, text: string): number {
  const column = columnOf(keySpan[0], text);
  const comment = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)(?=[ \t]*#)[ \t]*#[^\r\n]*/y;
  let end = span[1];
  for (;;) {
    comment.lastIndex = end;
    const next = comment.exec(text);
    const mark = next === null ? -1 : next.index + next[0].indexOf('#', next[0].indexOf('\n'));
    if (next === null || columnOf(mark, text) <= column) return end;
    end = comment.lastIndex;
  }
}

function columnOf(offset: number, text: string): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function unreadable(heading: YamlEntry, to: Reporter): Stage {
  const text = to.text.slice(...heading.span);
  return {
    index: 0,
    name: 'condition',
    kind: 'filter',
    text,
    spans: [heading.span],
    understood: 'none',
    where: null,
    queries: [],
  };
}

function readFilter(heading: YamlEntry, budget: TextBudget, to: Reporter): Part {
  const rules = entryOf(heading.value, 'rules');
  const references = readReferences(rules?.value, to);
  const whole = { kind: 'filter', references, generate: false } as const;
  if (heading.value.kind !== 'map' || heading.value.entries.length === 0) {
    report(
      to,
      CODES.badDetection,
      'The filter is not a map of rules, selections and a condition.',
      heading.span,
    );
    return { ...whole, where: null, stages: [unreadable(heading, to)] };
  }
  const selections = heading.value.entries.filter((entry) => entry !== rules);
  const { where, stages } = lowerDetection(
    selections,
    headingSpans(heading, to),
    endOf(heading, to.text),
    budget,
    to,
  );
  if (where !== null && collect(stages).exclusions.length === 0) {
    const condition = entryOf(heading.value, 'condition') ?? heading;
    report(
      to,
      CODES.filterNotNegated,
      'The filter keeps the events that it describes: it has no `not`.',
      condition.span,
    );
  }
  return {
    ...whole,
    where,
    stages: rules === undefined ? stages : [...stages, rulesStage(rules, stages.length, to)],
  };
}

/** The rules that a filter names have a place of their own in its text. */
function rulesStage(rules: YamlEntry, index: number, to: Reporter): Stage {
  const text = dedented(to.text, rules.span);
  return {
    index,
    name: 'rules',
    kind: 'declare',
    text,
    spans: [rules.span],
    understood: 'full',
    where: null,
    queries: [],
  };
}

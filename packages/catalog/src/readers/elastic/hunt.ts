import type { RuleMetadata } from '../../types.ts';
import { fact } from '../facts.ts';
import { textOf, textsOf } from '../fields.ts';
import type { EmbeddedText } from '../offsets.ts';
import type { ReadRule } from '../reader.ts';
import { embeddedToml, itemsOf, tableOf, under } from '../toml.ts';
import { sourcesOfKind } from './detection-rule.ts';
import { type ElasticFile, type ElasticReading, frameOf, withoutQuery } from './file.ts';
import { isRead, languageName, queryIn, withBeside } from './query.ts';
import { techniquesIn } from './threat.ts';

/** A query of a hunt, and its language as files name it. */
interface HuntQuery {
  readonly written: EmbeddedText;
  readonly language: string;
}

/**
 * A hunt of elastic/detection-rules (`hunting/README.md`): each of its queries is a rule. The first has the hunt's id,
 * so that links to it stay when more are added; the others have theirs behind it.
 */
export function readHunt(file: ElasticFile): ElasticReading {
  const table = under(file.root, 'hunt');
  const languages = textsOf(tableOf(table).language);
  const queries = itemsOf(under(table, 'query'))
    .map(embeddedToml)
    .filter((written) => written !== null)
    .filter(({ text }) => text.trim() !== '')
    .map((written) => ({ written, language: languageOf(written.text, languages) }));
  if (queries.length === 0) return withoutQuery(file, table);
  return { rules: queries.map((query, i) => ruleOf(file, query, i, queries.length)), diagnostics: [] };
}

function ruleOf(
  file: ElasticFile,
  { written, language }: HuntQuery,
  position: number,
  count: number,
): ReadRule {
  const hunt = tableOf(under(file.root, 'hunt'));
  const name = textOf(hunt.name) ?? '';
  const title = count === 1 ? name : `${name} (${position + 1} of ${count})`.trim();
  const uuid = textOf(hunt.uuid);
  const id = uuid === null || position === 0 ? uuid : `${uuid}-${position + 1}`;
  const query = queryIn(language, written, frameOf(file, id, title));
  return {
    platform: 'elastic',
    metadata: metadataOf(file, title, language),
    query: withBeside(query, sourcesOfKind('integration', hunt.integration)),
    text: file.text,
    names: [id, title].filter((own) => own !== null).filter((own) => own !== ''),
    references: [],
  };
}

/** How queries of each language begin, behind comments and the stray first word that some hunts carry. */
const STARTS: readonly (readonly [start: RegExp, language: string])[] = [
  [/^(?:from|row|show|ts|metrics|promql|set)\s/i, 'es|ql'],
  [/^(?:select|with)\s/i, 'sql'],
  [/^(?:(?:sequence|sample)\b|(?:\w+|"[^"\n]*")\s+where\b)/i, 'eql'],
];

/** Languages whose queries begin with any word. */
const WITHOUT_START: readonly string[] = ['kuery', 'lucene'];

const BEFORE =
  /^(?:\s|\/\/[^\n]*(?:\n|$)|--[^\n]*(?:\n|$)|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\/|(?:sql|esql|eql|kql)\s*\n)*/i;

/**
 * The language of one query: a hunt lists those of all its queries together, so how the query begins decides among
 * several. What begins like none of them is in one that begins in no way of its own, else in the first.
 */
function languageOf(text: string, languages: readonly string[]): string {
  const [first = 'es|ql'] = languages;
  if (languages.length === 1) return first;
  const start = text.slice(BEFORE.exec(text)?.[0].length ?? 0);
  const begins = STARTS.filter(([pattern]) => pattern.test(start)).map(([, language]) => language);
  const listed = (language: string) =>
    languages.some((other) => languageName(other) === languageName(language));
  return begins.find(listed) ?? WITHOUT_START.find(listed) ?? begins[0] ?? first;
}

function metadataOf({ root }: ElasticFile, title: string, language: string): RuleMetadata {
  const hunt = tableOf(under(root, 'hunt'));
  const threat = techniquesIn(textsOf(hunt.mitre));
  return {
    kind: 'hunt',
    title,
    description: textOf(hunt.description),
    status: null,
    severity: null,
    riskScore: null,
    author: textsOf(hunt.author).join(', ') || null,
    licence: textOf(hunt.license),
    date: null,
    modified: null,
    references: textsOf(hunt.references),
    falsePositives: [],
    tags: threat.tags,
    related: [],
    logsource: null,
    facts: [
      ...(isRead(language) ? [] : fact('Language', languageName(language))),
      ...fact('Integration', hunt.integration),
      ...fact('Note', hunt.notes),
      ...threat.facts,
    ],
  };
}

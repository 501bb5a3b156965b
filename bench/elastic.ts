import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { language as eql } from '@rulescope/eql';
import { language as esql } from '@rulescope/esql';
import { language as kuery, parseKueryTree } from '@rulescope/kuery';
import type { Language } from '@rulescope/logic';
import { type Reporter, reporter } from '@rulescope/logic/parsing';
import { language as lucene, parseLuceneTree } from '@rulescope/lucene';
import { measure } from 'mitata';
import { parseEql } from '../languages/eql/dist/syntax/parser.js';
import { parsePipeline } from '../languages/esql/dist/syntax/parser.js';
import type { Figure } from './figures.ts';

/** A language of Elastic: what is measured of it, and the bound that it is held to. */
interface MeasuredLanguage {
  readonly title: string;
  readonly language: Language;
  /** Its parser alone, without lowering. */
  readonly parse: (text: string, to: Reporter) => unknown;
  /** Queries a second, parsed and lowered. */
  readonly atLeast: number;
  /** The queries of rule files, or of a file of converted rules. */
  readonly texts: (corpora: Corpora) => readonly string[];
}

/** Where queries are. */
interface Corpora {
  /** Folders of Elastic's rules. */
  readonly folders: readonly string[];
  /** Rules of Sigma as converters write them, `sigma-conversions.jsonl.gz`. */
  readonly conversions: string;
}

/** A query in a rule file: the value of `query` in three quotes of one kind or the other. */
const QUERY = /^query\s*=\s*(?:\[\s*)?(?:'''([\s\S]*?)'''|"""([\s\S]*?)""")/gm;
/** Those of threat matches, too. */
const MATCHED_QUERY = /^(?:threat_)?query\s*=\s*(?:'''([\s\S]*?)'''|"""([\s\S]*?)""")/gm;
/** Those of the list of a hunt, too. */
const LISTED_QUERY = /(?:^query\s*=\s*|^)(?:\[\s*)?(?:'''([\s\S]*?)'''|"""([\s\S]*?)""")/gm;

export const ELASTIC_LANGUAGES: readonly MeasuredLanguage[] = [
  {
    title: 'EQL',
    language: eql,
    parse: parseEql,
    atLeast: 15_000,
    texts: ({ folders }) =>
      queriesOf(folders, (toml) => {
        // Behaviour rules name no language: all are EQL.
        if (!/eql/i.test(/^language = (.*)$/m.exec(toml)?.[1] ?? 'eql')) return [];
        return matchesOf(QUERY, toml.slice(toml.search(/^\[(?:rule|hunt)\]/m)));
      }),
  },
  {
    title: 'kuery',
    language: kuery,
    parse: parseKueryTree,
    atLeast: 20_000,
    texts: ({ folders }) =>
      queriesOf(folders, (toml) => {
        if (!/^language = "kuery"/m.test(toml)) return [];
        return matchesOf(MATCHED_QUERY, toml.slice(toml.search(/^\[rule\]/m)));
      }),
  },
  {
    title: 'Lucene',
    language: lucene,
    parse: parseLuceneTree,
    atLeast: 20_000,
    texts: ({ conversions }) => convertedToLucene(conversions),
  },
  {
    title: 'ES|QL',
    language: esql,
    parse: parsePipeline,
    atLeast: 8_000,
    texts: ({ folders }) =>
      queriesOf(folders, (toml) => {
        if (!/esql|ES\|QL/i.test(/^language = (.*)$/m.exec(toml)?.[1] ?? '')) return [];
        // Hunts have queries in SQL, too.
        const texts = matchesOf(LISTED_QUERY, toml);
        return texts.filter((text) => /^\s*(?:\/\/|from\b|row\b|ts\b)/i.test(text));
      }),
  },
];

/** How fast texts of a language are parsed, and parsed and lowered, on one core. */
export async function elasticFigures(
  { language, parse, atLeast }: MeasuredLanguage,
  texts: readonly string[],
): Promise<readonly Figure[]> {
  const options = { min_samples: 5, min_cpu_time: 3_000_000_000, warmup_samples: 1 };
  const parsing = await measure(() => {
    for (const text of texts) parse(text, reporter(text));
  }, options);
  const whole = await measure(() => {
    for (const text of texts) language.parse(text);
  }, options);
  const perSecond = (nanoseconds: number): number => Math.round(texts.length / (nanoseconds / 1e9));
  return [
    { name: 'parsing alone', value: perSecond(parsing.p50), unit: 'queries/s' },
    { name: 'parsing and lowering', value: perSecond(whole.p50), unit: 'queries/s', atLeast },
  ];
}

/** What is read from each rule file of the folders, in the order of their paths. */
function queriesOf(folders: readonly string[], read: (toml: string) => readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.toml'))
      .sort()
      .flatMap((path) => read(readFileSync(join(folder, path), 'utf8'))),
  );
}

function matchesOf(query: RegExp, toml: string): readonly string[] {
  return [...toml.matchAll(query)].map((found) => found[1] ?? found[2] ?? '');
}

/** What converters make of Sigma in Lucene's query syntax; none where the file is not at hand. */
function convertedToLucene(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const row: { readonly queries: Readonly<Record<string, readonly string[] | undefined>> } =
        JSON.parse(line);
      return [...(row.queries.lucene ?? []), ...(row.queries.lucene_ecs ?? [])];
    });
}

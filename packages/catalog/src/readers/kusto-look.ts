import type { LanguageId } from '@rulescope/logic';
import { languageByText } from '../languages.ts';

/** What only KQL has behind a bar; `where`, `join`, `lookup` and `sort` are words of other languages too. */
const OWN_OPERATOR =
  /^[ \t\u200b]*\|[ \t]*(?:extend|project|project-\w+|summarize|distinct|take|limit|order by|mv-expand|mv-apply|make-series|render|invoke|evaluate|parse-\w+|join kind|lookup kind)\b/m;

/** A filter behind a bar: a sign of KQL where nothing else is one. */
const FILTER = /^[ \t\u200b]*\|[ \t]*where[ \t]/m;

/** What no KQL has behind a bar: commands of Splunk (Search Reference). */
const SPLUNK_COMMAND =
  /\|[ \t]*(?:stats|tstats|eval|rex|table|rename|fields|dedup|timechart|inputlookup|outputlookup|spath|eventstats|streamstats)\b/;

/** How texts of other kinds begin that stand in fences: data, markup, scripts, SQL, commands that manage a database. */
const OTHER_STARTS: readonly RegExp[] = [
  /^\s*(?:\{|\[\s*\{)/,
  /^\s*</,
  /^\s*(?:#|\$[\w{(]|(?:Get|Set|New|Add|Remove|Connect|Import|Install|Invoke|Enable|Disable|Start)-[A-Z]\w+)/,
  /^\s*(?:SELECT|INSERT|UPDATE|CREATE|WITH)\s/,
  /^\s*(?:curl|wget|sudo|git|npm|pip3?|docker|az|cd|cmd|powershell|reg|net|sc)(?:\.exe)?\s/,
  /^\s*\.(?:create|show|alter|drop|set|append|ingest)\b/,
];

/** Whether a text is plainly something else than KQL, whatever it is said to be. */
function isAnother(text: string): boolean {
  return (
    OTHER_STARTS.some((start) => start.test(text)) ||
    SPLUNK_COMMAND.test(text) ||
    languageByText(text) === 'spl'
  );
}

/** Whether a text that says nothing of its language looks like a KQL query. Cheap: nothing is parsed. */
export function looksLikeKusto(text: string): boolean {
  if (isAnother(text)) return false;
  const language = languageByText(text);
  return language === null ? OWN_OPERATOR.test(text) || FILTER.test(text) : language === 'kql';
}

/** How people label fences that hold KQL. */
const KUSTO_LABELS: ReadonlySet<string> = new Set(['kql', 'kusto', 'csl', 'kustoql']);

/** Labels that say nothing, or stand for another language whose colours suit KQL. */
const LOOSE_LABELS: ReadonlySet<string> = new Set([
  '',
  'c#',
  'csharp',
  'cs',
  'c',
  'text',
  'txt',
  'plaintext',
  'query',
]);

/** Whether a fence of a label holds a KQL query. */
export function isKustoFence(label: string, text: string): boolean {
  if (text.trim() === '') return false;
  const known = label.toLowerCase();
  if (KUSTO_LABELS.has(known)) return !isAnother(text);
  if (LOOSE_LABELS.has(known)) return looksLikeKusto(text);
  return !isAnother(text) && languageByText(text) === 'kql';
}

/** How people label fences that hold queries of other languages. */
const OTHER_LABELS: ReadonlyMap<string, LanguageId> = new Map([
  ['spl', 'spl'],
  ['splunk', 'spl'],
  ['eql', 'eql'],
  ['esql', 'esql'],
  ['es|ql', 'esql'],
  ['kuery', 'kuery'],
  ['lucene', 'lucene'],
]);

/** Labels of fences that may hold a Sigma rule, as any other YAML. */
const YAML_LABELS: ReadonlySet<string> = new Set(['sigma', 'yaml', 'yml']);

/** The language of the query or rule that a fence of a label holds; null where it holds none. */
export function languageOfFence(label: string, text: string): LanguageId | null {
  if (isKustoFence(label, text)) return 'kql';
  const known = label.toLowerCase();
  if (text.trim() === '') return null;
  if (YAML_LABELS.has(known)) return isSigmaRule(text) ? 'sigma' : null;
  return OTHER_LABELS.get(known) ?? null;
}

/** A part of a rule, as pages about writing rules show it, is none. */
function isSigmaRule(text: string): boolean {
  return /^title:/m.test(text) && /^(?:detection|correlation):/m.test(text);
}

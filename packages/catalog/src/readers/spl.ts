import { lineStarts } from '@rulescope/logic';
import { parseSpl } from '@rulescope/spl';
import { languageByText } from '../languages.ts';
import { embeddedQuery } from './embedded.ts';
import { attackTags } from './facts.ts';
import { embeddedAt } from './offsets.ts';
import type { ReadFile, RuleFormat, SourceFile } from './reader.ts';
import { isSplunkContext, splunkEnvironment } from './splunk-environment.ts';

/**
 * A Splunk search in a file of its own. Its leading comment says what it is: the first line is the title, the rest
 * the description, and techniques of ATT&CK that it names are the rule's.
 */
export const splFormat: RuleFormat = {
  name: 'spl',
  language: 'spl',
  matches: isSplPath,
  recognises: ({ path, text }) => (isSplPath(path) || languageByText(text) === 'spl' ? 'rules' : null),
  context: isSplunkContext,
  read: readSearch,
};

function isSplPath(path: string): boolean {
  return /\.spl$/i.test(path);
}

/** Search Manual, "Add comments to searches": between three backticks. */
const LEADING_COMMENT = /^\s*```([^`]*)```/;

const TECHNIQUE = /\bT\d{4}(?:\.\d{3})?\b/g;

function readSearch(text: string, context: readonly SourceFile[]): ReadFile {
  const comment = LEADING_COMMENT.exec(text)?.[1] ?? '';
  const { title, description } = headOf(comment);
  const frame = {
    id: null,
    title: title === '' ? null : title,
    offset: 0,
    lines: lineStarts(text),
    diagnostics: [],
  };
  const parsed = parseSpl(text, splunkEnvironment(context));
  if (parsed.queries.length === 0) return { rules: [], diagnostics: parsed.diagnostics };
  return {
    rules: [
      {
        platform: 'splunk',
        metadata: {
          kind: 'rule',
          title,
          description,
          status: null,
          severity: null,
          riskScore: null,
          author: null,
          licence: null,
          date: null,
          modified: null,
          references: comment.match(/\bhttps?:\/\/[^\s<>"]+/g) ?? [],
          falsePositives: [],
          tags: attackTags(comment.match(TECHNIQUE) ?? []),
          related: [],
          logsource: null,
          facts: [],
        },
        query: embeddedQuery(parsed, embeddedAt(text, 0), frame),
        text,
        names: [],
        references: [],
      },
    ],
    diagnostics: [],
  };
}

function headOf(comment: string): { readonly title: string; readonly description: string | null } {
  const [title = '', ...rest] = comment.trim().split(/\r?\n/);
  const description = rest
    .map((line) => line.trim())
    .join('\n')
    .trim();
  return { title: title.trim(), description: description === '' ? null : description };
}

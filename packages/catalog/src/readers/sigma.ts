import { linkSigma, readSigma, type SigmaMetadata, type SigmaRule } from '@rulescope/sigma';
import type { RuleMetadata } from '../types.ts';
import type { ReadRule, RuleReader } from './reader.ts';

/** Sigma rules, correlations and filters in YAML files, one or several documents a file. */
export const sigmaReader: RuleReader = {
  format: 'sigma',
  matches: (path) => /\.ya?ml$/i.test(path),
  read: (text) => {
    const { rules, diagnostics } = readSigma(text);
    return { rules: rules.map(readRule), diagnostics };
  },
  readLinked: (texts) => {
    const files = texts.map((text) => readSigma(text));
    const linked = linkSigma(files.map((file) => file.rules));
    return files.map(({ diagnostics }, i) => ({ rules: (linked[i] ?? []).map(readRule), diagnostics }));
  },
};

function readRule(rule: SigmaRule): ReadRule {
  const { kind, metadata, text, references, generate: _generate, linked: _linked, ...query } = rule;
  return {
    metadata: metadataOf(kind, metadata),
    query,
    text,
    names: [metadata.id, metadata.name].filter((name) => name !== null),
    references: references.map((reference) => reference.name),
  };
}

function metadataOf(kind: string, metadata: SigmaMetadata): RuleMetadata {
  const { category, product, service, definition } = metadata.logsource;
  const hasLogsource = [category, product, service, definition].some((part) => part !== null);
  return {
    kind,
    title: metadata.title ?? metadata.name ?? metadata.id ?? 'Untitled rule',
    description: metadata.description,
    status: metadata.status,
    severity: metadata.level,
    author: metadata.author,
    licence: metadata.license,
    date: metadata.date,
    modified: metadata.modified,
    references: metadata.references,
    falsePositives: metadata.falsepositives,
    tags: metadata.tags,
    related: metadata.related,
    logsource: hasLogsource ? { product, category, service, definition } : null,
  };
}

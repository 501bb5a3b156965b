import { linkSigma, readSigma, type SigmaMetadata, type SigmaRule } from '@rulescope/sigma';
import type { RuleMetadata } from '../types.ts';
import { type Glance, isYamlPath } from './glance.ts';
import type { ReadRule, RuleFormat } from './reader.ts';

/** Sigma rules, correlations and filters in YAML files, one or several documents a file. */
export const sigmaFormat: RuleFormat = {
  name: 'sigma',
  language: 'sigma',
  matches: isYamlPath,
  recognises: (glance) => (isSigma(glance) ? 'rules' : null),
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

/** Keys of which only Sigma documents have one (Sigma Rules Specification 2.1.0, "Schema"). */
const SIGMA_KEYS = ['logsource', 'detection', 'correlation', 'filter'];

/**
 * A text without any of those keys that has a title may be a rule that somebody has begun, and one that is no map
 * at all may be a broken one: only the reader can say what is wrong with them.
 */
function isSigma({ keys }: Glance): boolean {
  return keys.size === 0 || keys.has('title') || SIGMA_KEYS.some((key) => keys.has(key));
}

function readRule(rule: SigmaRule): ReadRule {
  const { kind, metadata, text, references, generate: _generate, linked: _linked, ...query } = rule;
  return {
    platform: 'sigma',
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
    riskScore: null,
    author: metadata.author,
    licence: metadata.license,
    date: metadata.date,
    modified: metadata.modified,
    references: metadata.references,
    falsePositives: metadata.falsepositives,
    tags: metadata.tags,
    related: metadata.related,
    logsource: hasLogsource ? { product, category, service, definition } : null,
    facts: [],
  };
}

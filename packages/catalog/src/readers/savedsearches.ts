import { type Diagnostic, diagnostic } from '@rulescope/logic';
import { parseSpl } from '@rulescope/spl';
import { catalogCode } from '../diagnostic-codes.ts';
import { type ConfBlock, type ConfFile, type ConfSetting, embeddedConf, readConf } from './conf.ts';
import { isConfOf } from './conf-layers.ts';
import { embeddedQuery } from './embedded.ts';
import type { Glance } from './glance.ts';
import type { FileRole, ReadFile, ReadRule, RuleFormat, SourceFile } from './reader.ts';
import { type LayeredStanza, layeredSearches } from './savedsearches-layers.ts';
import { describe } from './savedsearches-metadata.ts';
import { isSplunkContext, splunkEnvironment } from './splunk-environment.ts';

/**
 * The searches that a Splunk app keeps, those of Enterprise Security with what it does about their results (Admin
 * Manual, "savedsearches.conf"; Enterprise Security, "Upgrade correlation searches", parameters): each stanza with a
 * search is a rule, in the file whose search counts.
 */
export const savedSearchesFormat: RuleFormat = {
  name: 'savedsearches',
  language: null,
  matches: isSavedSearches,
  recognises: roleOf,
  context: (path) => isSplunkContext(path) || isSavedSearches(path),
  read: readSavedSearches,
};

function isSavedSearches(path: string): boolean {
  return isConfOf(path, 'savedsearches');
}

const HEADER = /^[ \t]*\[[^\n]*\][ \t]*\r?$/m;

const SEARCH = /^[ \t]*search[ \t]*=/m;

/** A file without searches only changes settings of stanzas that another one has. */
function roleOf({ path, text }: Glance): FileRole | null {
  const hasSearch = SEARCH.test(text);
  if (isSavedSearches(path)) return hasSearch ? 'rules' : 'beside-rules';
  return hasSearch && HEADER.test(text) ? 'rules' : null;
}

function readSavedSearches(text: string, context: readonly SourceFile[]): ReadFile {
  const file = readConf(text);
  const rules: ReadRule[] = [];
  const diagnostics: Diagnostic[] = [];
  const owned = new Set<ConfBlock>();
  for (const stanza of layeredSearches(file, context)) {
    const { search } = stanza;
    if (search === null || !isDetection(stanza)) continue;
    const fault = faultOf(stanza, search);
    if (fault !== null) {
      diagnostics.push(fault);
      continue;
    }
    owned.add(search.block);
    rules.push(readStanza(stanza, search, file, context));
  }
  const others = file.blocks.filter((block) => !owned.has(block)).flatMap((block) => block.diagnostics);
  return { rules, diagnostics: [...others, ...diagnostics] };
}

/** Why a search is no rule. */
function faultOf({ name, lines, isOverridden }: LayeredStanza, search: ConfSetting): Diagnostic | null {
  const shown = JSON.stringify(name);
  if (isOverridden) {
    const message = `The search of ${shown} does not count: a file in a folder local has another one.`;
    return diagnostic(catalogCode('conf-overridden'), message, search.statement, lines);
  }
  if (search.value !== '') return null;
  return diagnostic(catalogCode('no-search'), `The search of ${shown} is empty.`, search.statement, lines);
}

/** Searches that gather what detections compare with, or that a person runs afterwards, as in security_content. */
function isDetection({ setting }: LayeredStanza): boolean {
  const type = setting('action.escu.search_type')?.value ?? 'detection';
  return type === 'detection';
}

function readStanza(
  stanza: LayeredStanza,
  search: ConfSetting,
  file: ConfFile,
  context: readonly SourceFile[],
): ReadRule {
  const written = embeddedConf(file, search);
  const { id, metadata, diagnostics } = describe(stanza);
  const [offset, end] = search.block.span;
  return {
    platform: 'splunk',
    metadata,
    query: embeddedQuery(parseSpl(written.text, splunkEnvironment(context)), written, {
      id,
      title: metadata.title,
      offset,
      lines: file.lines,
      diagnostics: [...search.block.diagnostics, ...diagnostics],
    }),
    text: file.text.slice(offset, end),
    names: [...new Set([id ?? '', stanza.name])].filter((name) => name !== ''),
    references: [],
  };
}

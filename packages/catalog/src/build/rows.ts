import { type AttackRelease, attackOf, type RuleAttack } from '@rulescope/knowledge';
import { diagnostic, lineStarts, type Understood } from '@rulescope/logic';
import { type AnalysedRule, withDiagnostic } from '../analyse/analyse.ts';
import type { BuildReport, DuplicateId, ReportedRule } from '../build-types.ts';
import { catalogCode } from '../diagnostic-codes.ts';
import { isRetired } from '../facets/retired.ts';
import { facetsOf } from '../facets/rule-facets.ts';
import type { RuleRow } from '../store/write.ts';
import type { Problem, RuleSource } from '../types.ts';
import type { BuiltFile, FoundSource } from './analyse-files.ts';
import { assignId, type Place, type TakenIds } from './ids.ts';
import { notUnderstoodOf } from './not-understood.ts';

/** A rule as it goes into the catalog, and what the report says of it. */
export interface BuiltRule extends RuleRow {
  /** Its tags that the release of ATT&CK has nothing for. */
  readonly unresolved: readonly string[];
  /** Null where it is understood in full. */
  readonly notUnderstood: ReportedRule | null;
  /** Null where it has the id that it says, or says none. */
  readonly duplicate: DuplicateId | null;
}

/** The rules of a catalog in its order (sources, paths, places in the file), each with its id and facets. */
export function* rulesOf(
  files: readonly BuiltFile[],
  sources: readonly RuleSource[],
  release: AttackRelease,
): Iterable<BuiltRule> {
  const taken: TakenIds = new Map();
  const attackOfTags = resolver(release);
  for (const { source: number, path, content, analysis } of files) {
    const source = sources[number];
    if (source === undefined) continue;
    const { name } = source;
    for (const [ordinal, read] of analysis.rules.entries()) {
      const rule = titled(read, path);
      const platform = source.platform ?? rule.platform;
      const place = { platform, source: name, path, ordinal };
      const text = content.text.slice(...rule.span);
      const { id, duplicateOf } = assignId(taken, place, rule.ownId);
      const attack = attackOfTags(rule.metadata.tags);
      yield {
        key: id,
        source: number,
        platform,
        path,
        ordinal,
        text,
        rule: duplicateOf === null ? rule : withDuplicate(rule, text, id, duplicateOf),
        facets: facetsOf(rule, { source, platform }, attack),
        retired: isRetired(rule.metadata.status),
        unresolved: attack.unresolved.map(({ tag }) => tag),
        duplicate:
          duplicateOf === null
            ? null
            : {
                id,
                source: name,
                path,
                wanted: `${platform}/${rule.ownId}`,
                keeper: { source: duplicateOf.source, path: duplicateOf.path },
              },
        notUnderstood: notUnderstoodOf(rule, { id, source: name, path }, content.text),
      };
    }
  }
}

/** A rule that has no title is called after its file. */
function titled(rule: AnalysedRule, path: string): AnalysedRule {
  if (rule.metadata.title !== '') return rule;
  return { ...rule, metadata: { ...rule.metadata, title: titleOfFile(path) } };
}

/** What a rule without a title is called, by the path of its file. */
export function titleOfFile(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
}

/** Many rules have the same tags. */
function resolver(release: AttackRelease): (tags: readonly string[]) => RuleAttack {
  const known = new Map<string, RuleAttack>();
  return (tags) => {
    const key = tags.join('\n');
    const attack = known.get(key) ?? attackOf(tags, release);
    known.set(key, attack);
    return attack;
  };
}

/** Where a rule says its id, in YAML or TOML. */
const ID_KEY = /^[ \t]*["']?(?:rule_)?id["']?[ \t]*[:=]/m;

function withDuplicate(rule: AnalysedRule, text: string, id: string, other: Place): AnalysedRule {
  const ownId = rule.ownId ?? '';
  const at = Math.max(text.indexOf(ownId, Math.max(text.search(ID_KEY), 0)), 0);
  const message =
    `The id ${ownId} is that of the rule in ${other.source}/${other.path} (number ${other.ordinal}) already: ` +
    `this one is catalogued as ${id}.`;
  const found = diagnostic(catalogCode('duplicate-id'), message, [at, at + ownId.length], lineStarts(text));
  return withDiagnostic(rule, found);
}

/** What could not be read, in the order of sources and paths: one item a file. */
export function problemsOf(files: readonly BuiltFile[], found: readonly FoundSource[]): readonly Problem[] {
  return found.flatMap(({ source, problems }, number) => {
    const unreached = problems.map(({ path, diagnostic: only }) => ({ path, diagnostics: [only] }));
    const unread = files.filter((file) => file.source === number && file.analysis.diagnostics.length > 0);
    const all = [
      ...unreached,
      ...unread.map(({ path, analysis }) => ({ path, diagnostics: analysis.diagnostics })),
    ];
    return all
      .toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
      .map(({ path, diagnostics }) => ({ source: source.name, path, diagnostics }));
  });
}

/** Tags that the note about them names: more says no more. */
const NAMED_TAGS = 20;

/** What there is to say of the tags that a release has nothing for, one item a rule: the most frequent first. */
function unresolvedNotes(tags: readonly string[], release: AttackRelease): readonly string[] {
  if (tags.length === 0) return [];
  const counts = new Map<string, number>();
  for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const named = [...counts]
    .toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([tag, rules]) => `${tag} (${rules})`);
  const more = named.length > NAMED_TAGS ? ` and ${named.length - NAMED_TAGS} more` : '';
  const title = release.version === null ? 'The release of ATT&CK' : `ATT&CK ${release.version}`;
  return [`${title} has nothing for these tags (rules): ${named.slice(0, NAMED_TAGS).join(', ')}${more}.`];
}

/** What is reported of the rules of a catalog: kept in it, so that it can be told when nothing has changed. */
export type KeptReport = Totals & Pick<BuildReport, 'files' | 'problems'>;

/** The part of the report that is counted while the rows are written. */
export type Totals = Pick<BuildReport, 'rules' | 'understood' | 'notUnderstood' | 'duplicates' | 'notes'>;

/** Counts the rules as they come. */
export interface Counter {
  readonly add: (rule: BuiltRule) => void;
  readonly totals: () => Totals;
}

export function countRules(release: AttackRelease): Counter {
  const understood: Record<Understood, number> = { full: 0, partial: 0, none: 0 };
  const notUnderstood: ReportedRule[] = [];
  const notRead: ReportedRule[] = [];
  const duplicates: DuplicateId[] = [];
  const unresolved: string[] = [];
  let rules = 0;
  return {
    add: (row) => {
      rules += 1;
      understood[row.rule.understood] += 1;
      unresolved.push(...row.unresolved);
      if (row.duplicate !== null) duplicates.push(row.duplicate);
      if (row.notUnderstood !== null)
        (row.rule.language === null ? notRead : notUnderstood).push(row.notUnderstood);
    },
    totals: () => ({
      rules,
      understood,
      notUnderstood: [...notUnderstood, ...notRead],
      duplicates,
      notes: unresolvedNotes(unresolved, release),
    }),
  };
}

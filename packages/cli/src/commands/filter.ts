import { FACETS, type FacetName, isRetired, type RuleFilter } from '@rulescope/catalog';
import { type Command, Option } from 'commander';
import { languageNamed } from '../language-name.ts';

/** What the options of a filter give, by the names of its facets. */
export interface FilterFlags extends Partial<Readonly<Record<FacetName, string>>> {
  readonly retired?: boolean;
}

const FILTERS: readonly (readonly [flags: string, does: string])[] = [
  ['--technique <id>', 'rules of a technique or one of its sub-techniques: T1218'],
  ['--tactic <name>', 'rules of a tactic: credential-access, "Credential Access"'],
  ['--event <event>', 'rules that can fire on an event: Microsoft-Windows-Sysmon/1, Sysmon/1, 4688'],
  ['--field <name>', 'rules that test a field, by any product’s name: CommandLine'],
  ['--product <name>', 'rules for a product: windows'],
  ['--platform <name>', 'rules of a platform: sigma, splunk'],
  ['--source <name>', 'rules of a source of the catalog'],
  ['--language <id>', 'rules in a language: spl'],
  ['--kind <kind>', 'rules of a kind: correlation, threshold'],
  ['--logsource <source>', 'rules of a log source: windows/process_creation/'],
  ['--verdict <verdict>', 'rules of which an event shows so much: "blind Microsoft-Windows-Sysmon/1"'],
  ['--status <status>', 'rules of a status: stable'],
  ['--severity <level>', 'rules of a severity: high'],
  ['--author <name>', 'rules of an author'],
  ['--understood <degree>', 'rules that are understood so well: full, partial, none'],
  ['--diagnostic <code>', 'rules that were given a diagnostic: spl-unknown-macro'],
  ['--missing <name>', 'rules with a name that nothing defines: "macro wineventlog_security"'],
];

/** Adds the options that say which rules count. Their values are those that `stats --by` lists. */
export function addFilterOptions(command: Command): Command {
  for (const [flags, does] of FILTERS) command.addOption(new Option(flags, does));
  return command.option('--retired', 'deprecated and unsupported rules, too');
}

/** The filter that the options ask for. Who asks for the status of retired rules wants to see them. */
export function filterOf(flags: FilterFlags): RuleFilter {
  const retired = flags.retired === true || isRetired(flags.status ?? null);
  return { ...chosenFacets(flags), ...(retired ? { retired } : {}) };
}

/** The facets that the options choose a value of. */
export function chosenFacets(flags: FilterFlags): Partial<Record<FacetName, string>> {
  const chosen: Partial<Record<FacetName, string>> = {};
  for (const name of FACETS) {
    const value = flags[name];
    if (value !== undefined) chosen[name] = name === 'language' ? (languageNamed(value) ?? value) : value;
  }
  return chosen;
}

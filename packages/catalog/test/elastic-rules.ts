import type { CatalogRule, RuleSource } from '@rulescope/catalog';
import { type Expression, printExpression } from '@rulescope/logic';
import { stringify } from 'smol-toml';
import { catalogOf } from './folder.ts';

type Keys = Readonly<Record<string, unknown>>;

/** A detection rule as elastic/detection-rules has them, of our own words; what is undefined is left out. */
export function detectionRule(rule: Keys, more: Keys = {}): string {
  return toml({
    metadata: {
      creation_date: '2026/01/02',
      integration: ['endpoint'],
      maturity: 'production',
      updated_date: '2026/02/03',
    },
    rule: {
      author: ['A. Author'],
      description: 'An installer asks nothing.\n',
      name: 'Quiet Installer',
      rule_id: 'a',
      risk_score: 47,
      severity: 'medium',
      index: ['logs-endpoint.events.process-*'],
      language: 'eql',
      license: 'Elastic License v2',
      tags: [],
      type: 'eql',
      query: 'process where process.name == "msiexec.exe"',
      ...rule,
    },
    ...more,
  });
}

/** A behaviour rule as elastic/protections-artifacts has them, of our own words. */
export function behaviorRule(rule: Keys, more: Keys = {}): string {
  return toml({
    rule: {
      description: 'An installer asks nothing.',
      id: 'b',
      license: 'Elastic License v2',
      name: 'Quiet Installer',
      os_list: ['windows'],
      version: '1.0.3',
      query: 'process where event.action == "start" and process.name : "msiexec.exe"',
      ...rule,
    },
    ...more,
  });
}

/** A hunt as elastic/detection-rules has them, of our own words. */
export function hunt(keys: Keys): string {
  return toml({
    hunt: {
      author: 'A. Author',
      description: 'Installers that ask nothing.',
      integration: ['endpoint'],
      uuid: 'c',
      name: 'Quiet Installers',
      language: ['EQL'],
      license: 'Elastic License v2',
      notes: ['Look at the parent.'],
      mitre: ['T1218.007'],
      query: ['process where process.name == "msiexec.exe"'],
      ...keys,
    },
  });
}

function toml(tables: Keys): string {
  return stringify(withoutUndefined(tables));
}

function withoutUndefined(keys: Keys): Keys {
  const kept = Object.entries(keys).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    kept.map(([key, value]) => [key, isTable(value) ? withoutUndefined(value) : value]),
  );
}

function isTable(value: unknown): value is Keys {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ELASTIC: Partial<RuleSource> = { platform: null };

/** The rule of an id in a catalog of one file. */
export async function ruleOf(text: string, id = 'a'): Promise<CatalogRule> {
  const catalog = await catalogOf({ 'a.toml': text }, ELASTIC);
  const rule = catalog.rule(`elastic/${id}`);
  if (rule === null) throw new Error(`No rule ${id}: ${JSON.stringify(catalog.problems())}`);
  return rule;
}

/** A condition in a few words. */
export function shown(where: Expression | null | undefined): string {
  return where == null ? '' : printExpression(where).replaceAll(/\s+/g, ' ');
}

/** Name, kind and filter of each stage, and the text at its places in the rule. */
export function stagesOf({ text, result }: CatalogRule) {
  return result.stages.map(({ name, kind, where, spans }) => ({
    name,
    kind,
    where: shown(where),
    written: spans.map((span) => text.slice(...span)),
  }));
}

export const factsOf = ({ metadata }: CatalogRule) =>
  Object.fromEntries(metadata.facts.map(({ name, values }) => [name, values]));

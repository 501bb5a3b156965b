import type { Glance } from '../glance.ts';
import type { FileRole, ReadFile, RuleFormat } from '../reader.ts';
import { readTomlFile, tableOf, under } from '../toml.ts';
import { readBehavior } from './behavior.ts';
import { readDetectionRule } from './detection-rule.ts';
import type { ElasticFile, ElasticReading } from './file.ts';
import { readHunt } from './hunt.ts';

/**
 * Rules of Elastic, one TOML file each: detection rules and building blocks (elastic/detection-rules, `rules/`,
 * `rules_building_block/`), hunts with several queries a file (`hunting/`), and the behaviour rules of Elastic
 * Endpoint (elastic/protections-artifacts, `behavior/`).
 */
export const elasticFormat: RuleFormat = {
  name: 'elastic',
  language: null,
  matches: isTomlPath,
  recognises: roleOf,
  read: readElastic,
};

function isTomlPath(path: string): boolean {
  return /\.toml$/i.test(path);
}

/** A header or a key of the table that each of these files has. */
const RULE_TABLE = /^\ufeff?[ \t]*(?:\[[ \t]*["']?(?:rule|hunt)["']?[ \t]*[.\]]|(?:rule|hunt)[ \t]*[.=])/m;

/** Any other TOML file configures something: versions, packages, tools. */
function roleOf({ path, text }: Glance): FileRole | null {
  if (RULE_TABLE.test(text)) return 'rules';
  return isTomlPath(path) && text.trim() !== '' ? 'beside-rules' : null;
}

function readElastic(text: string): ReadFile {
  const { root, diagnostics, lines } = readTomlFile(text);
  if (root === null) return { rules: [], diagnostics };
  const file: ElasticFile = { root, text, lines };
  const readings: readonly ElasticReading[] = [
    ...(under(root, 'rule') === null
      ? []
      : [isBehavior(file) ? readBehavior(file) : readDetectionRule(file)]),
    ...(under(root, 'hunt') === null ? [] : [readHunt(file)]),
  ];
  return {
    rules: readings.flatMap(({ rules }) => rules),
    diagnostics: readings.flatMap(({ diagnostics: found }) => found),
  };
}

/** Behaviour rules have an `id` where detection rules have a `rule_id` and a `type`. */
function isBehavior({ root }: ElasticFile): boolean {
  const { rule_id, type, id, os_list } = tableOf(under(root, 'rule'));
  return rule_id === undefined && type === undefined && (id !== undefined || os_list !== undefined);
}

import type { AttackRelease } from '@rulescope/knowledge';
import type { AnalysedRule } from '../analyse/analyse.ts';
import { foldField, type TestedValue } from '../analyse/indicators.ts';
import { oneAWrittenValue } from '../analyse/literals.ts';
import type { RuleFacet } from '../facets/rule-facets.ts';
import type { Problem, RuleSource } from '../types.ts';
import { facetLists } from './facet-lists.ts';
import { type FamilyRule, families } from './families.ts';
import { fieldStatuses, writtenFields } from './field-statuses.ts';
import { gatherIndicators } from './indicators.ts';
import { packJson } from './pack.ts';
import { APPLICATION_ID, FINISH, SCHEMA, SCHEMA_USER_VERSION } from './schema.sql.ts';
import { type Command, type Database, openForWriting } from './sqlite.ts';
import { type KeptValue, keptValue } from './tested.ts';

/** A rule and its place in the catalog. */
export interface RuleRow {
  readonly key: string;
  /** The number of its source, as the list of sources has it. */
  readonly source: number;
  readonly platform: string;
  readonly path: string;
  readonly ordinal: number;
  /** The rule's own text. */
  readonly text: string;
  readonly rule: AnalysedRule;
  readonly facets: readonly RuleFacet[];
  /** Deprecated or unsupported. */
  readonly retired: boolean;
}

/** Fills a new catalog file. */
export interface CatalogWriter {
  /** Adds a rule; rules are numbered as they come. */
  readonly addRule: (row: RuleRow) => void;
  readonly addProblem: (problem: Problem) => void;
  /** Keeps the release of ATT&CK that the rules were resolved against. */
  readonly addAttack: (release: AttackRelease) => void;
  /** Counts and indexes what was added. `facts` are those about the build, by their names. */
  readonly finish: (facts: Readonly<Record<string, string>>) => void;
  /** Closes the file, finished or not. */
  readonly close: () => void;
}

/** Begins a catalog in a file that nobody reads before it is finished: it is written without any safety. */
export function writeCatalog(path: string, sources: readonly RuleSource[]): CatalogWriter {
  const database = openForWriting(path);
  try {
    database.exec(BEGIN);
    const commands = prepareCommands(database);
    sources.forEach(({ name, path: place, platform, licence, link }, id) => {
      commands.source.run(id, name, place, platform, licence, link);
    });
    return writerOf(database, commands, sources);
  } catch (error) {
    database.close();
    throw error;
  }
}

// Node opens databases in SQLite's defensive mode, which allows no less of a journal than one in memory.
const BEGIN = `
PRAGMA page_size = 8192; PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;
PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_USER_VERSION};
${SCHEMA}
INSERT INTO rule_words (rule_words, rank) VALUES ('hashsize', 33554432);
BEGIN;`;

function prepareCommands(database: Database) {
  const insert = (table: string, ...columns: readonly string[]): Command => {
    const places = columns.map(() => '?').join(', ');
    return database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
  };
  return {
    source: insert('source', 'id', 'name', 'path', 'platform', 'licence', 'link'),
    rule: insert(
      'rule',
      ...[
        'id',
        'key',
        'source',
        'platform',
        'path',
        'ordinal',
        'language',
        'kind',
        'title',
        'status',
        'severity',
        'author',
      ],
      ...['understood', 'standalone', 'retired', 'family', 'indicators'],
    ),
    body: insert('rule_body', 'rule', 'metadata', 'tested', 'text', 'result'),
    relation: insert('relation', 'other', 'rule', 'position', 'type'),
    facet: insert('facet', 'name', 'value', 'label', 'folded', 'rules'),
    attack: insert('attack', 'version', 'derived', 'source', 'release'),
    words: insert('rule_words', 'rowid', 'title', 'description', 'path', 'text'),
    written: insert('written_field', 'folded', 'field', 'count'),
    status: insert(
      'field_status',
      ...['source', 'platform', 'language', 'retired', 'status', 'field', 'count'],
    ),
    field: insert('field', 'id', 'name', 'folded'),
    indicator: insert(
      'indicator',
      ...['id', 'field', 'op', 'value', 'encoding', 'rules', 'exclusions'],
      ...['including', 'excluding', 'broader', 'broader_total'],
    ),
    problem: insert('problem', 'source', 'path', 'diagnostics'),
    diagnostic: insert('diagnostic', 'code', 'retired', 'count'),
    meta: insert('meta', 'key', 'value'),
  };
}

type Commands = ReturnType<typeof prepareCommands>;

function writerOf(database: Database, commands: Commands, sources: readonly RuleSource[]): CatalogWriter {
  const numbers = new Map(sources.map(({ name }, number) => [name, number]));
  const indicators = gatherIndicators();
  const familyOf = families();
  const statuses = fieldStatuses();
  const names = writtenFields();
  const facets = facetLists();
  let rule = 0;
  const codes = [new Map<string, number>(), new Map<string, number>()] as const;
  const count = (code: string, retired: boolean) => {
    const counts = codes[retired ? 1 : 0];
    counts.set(code, (counts.get(code) ?? 0) + 1);
  };
  return {
    addRule: (row) => {
      rule += 1;
      const tested = row.rule.tested.map((value) => {
        const field = indicators.fieldOf(value.field);
        names.add(value.written.field, field.id);
        return keptValue(value, indicators.add(rule, value, field.id), field.name);
      });
      const family = familyOf(familyRule(rule, row, tested));
      indicators.addRule({ family, retired: row.retired });
      addRule(rule, row, { family, tested }, commands);
      statuses.add(row);
      facets.add(rule, row.facets);
      for (const code of row.rule.diagnostics) count(code, row.retired);
    },
    addProblem: ({ source, path, diagnostics }) => {
      commands.problem.run(numbers.get(source) ?? 0, path, JSON.stringify(diagnostics));
      for (const { code } of diagnostics) count(code, false);
    },
    addAttack: (release) => {
      const { version, derived, source } = release;
      commands.attack.run(version, Number(derived), source, packJson(release));
    },
    finish: (facts) => {
      for (const [key, value] of Object.entries(facts)) commands.meta.run(key, value);
      for (const [retired, counts] of codes.entries()) {
        for (const [code, times] of counts) commands.diagnostic.run(code, retired, times);
      }
      facets.write(commands.facet);
      statuses.write(commands.status);
      names.write(commands.written);
      indicators.write(commands);
      database.exec(FINISH);
      database.exec('COMMIT');
    },
    close: () => database.close(),
  };
}

function addRule(
  id: number,
  row: RuleRow,
  { family, tested }: { readonly family: number; readonly tested: readonly KeptValue[] },
  commands: Commands,
): void {
  const { key, source, platform, path, ordinal, text, rule, retired } = row;
  const { language, understood, standalone, metadata } = rule;
  const { kind, title, status, severity, author } = metadata;
  commands.rule.run(
    ...[id, key, source, platform, path, ordinal, language, kind, title, status, severity, author],
    ...[understood, Number(standalone), Number(retired), family, countWanted(rule.tested)],
  );
  commands.body.run(id, JSON.stringify(metadata), JSON.stringify(tested), rule.text, rule.result);
  for (const [position, { id: other, type }] of metadata.related.entries()) {
    commands.relation.run(other, id, position, type);
  }
  commands.words.run(id, title, metadata.description ?? '', path, text);
}

/** How many indicators a rule looks for, without what only picks events. */
function countWanted(tested: readonly TestedValue[]): number {
  const wanted = tested.filter(({ polarity, selector }) => polarity === 'include' && !selector);
  const keys = oneAWrittenValue(wanted).map(({ field, op, value, encoding }) =>
    JSON.stringify([field === null ? null : foldField(field), op, value, encoding]),
  );
  return new Set(keys).size;
}

function familyRule(id: number, row: RuleRow, tested: readonly KeptValue[]): FamilyRule {
  const { platform, rule } = row;
  const values = tested.map(({ indicator, excluded = false, selector = false }) => ({
    indicator,
    polarity: excluded ? ('exclude' as const) : ('include' as const),
    selector,
  }));
  return {
    id,
    platform,
    file: `${row.source}/${row.path}`,
    ownId: rule.ownId,
    title: rule.metadata.title,
    related: rule.metadata.related.map(({ id: other }) => other),
    tested: values,
  };
}

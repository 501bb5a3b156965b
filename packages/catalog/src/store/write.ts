import type { AttackRelease } from '@rulescope/knowledge';
import type { AnalysedRule } from '../analyse/analyse.ts';
import { foldField, type TestedValue } from '../analyse/indicators.ts';
import type { RuleFacet } from '../facets/rule-facets.ts';
import type { Problem, RuleSource } from '../types.ts';
import { facetLists } from './facet-lists.ts';
import { packJson } from './pack.ts';
import { APPLICATION_ID, FINISH, SCHEMA, SCHEMA_USER_VERSION } from './schema.sql.ts';
import { type Command, type Database, openForWriting } from './sqlite.ts';

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
  /** Counts and indexes what was added. `files` is how many were read. */
  readonly finish: (builtAt: string, files: number) => void;
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
INSERT INTO value_parts (value_parts, rank) VALUES ('hashsize', 33554432);
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
      ...['understood', 'standalone', 'retired'],
    ),
    body: insert('rule_body', 'rule', 'metadata', 'text', 'result'),
    relation: insert('relation', 'other', 'rule', 'position', 'type'),
    facet: insert('facet', 'name', 'value', 'label', 'folded', 'rules'),
    attack: insert('attack', 'version', 'derived', 'source', 'release'),
    words: insert('rule_words', 'rowid', 'title', 'description', '"values"', 'path', 'text'),
    tested: insert('rule_indicator', 'rule', 'position', 'indicator', 'excluded', 'shown', 'transforms'),
    field: insert('field', 'name', 'folded'),
    value: insert('value', 'text'),
    indicator: insert('indicator', 'value', 'field', 'op', 'encoding'),
    problem: insert('problem', 'source', 'path', 'diagnostics'),
    diagnostic: insert('diagnostic', 'code', 'retired', 'count'),
    meta: insert('meta', 'key', 'value'),
  };
}

type Commands = ReturnType<typeof prepareCommands>;

function writerOf(database: Database, commands: Commands, sources: readonly RuleSource[]): CatalogWriter {
  const numbers = new Map(sources.map(({ name }, number) => [name, number]));
  const indicatorId = indicatorIds(commands);
  const facets = facetLists();
  const codes = [new Map<string, number>(), new Map<string, number>()] as const;
  const count = (code: string, retired: boolean) => {
    const counts = codes[retired ? 1 : 0];
    counts.set(code, (counts.get(code) ?? 0) + 1);
  };
  return {
    addRule: (row) => {
      const id = addRule(row, commands);
      addTested(id, row.rule.tested, indicatorId, commands);
      facets.add(id, row.facets);
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
    finish: (builtAt, files) => {
      commands.meta.run('built_at', builtAt);
      commands.meta.run('files', String(files));
      for (const [retired, counts] of codes.entries()) {
        for (const [code, times] of counts) commands.diagnostic.run(code, retired, times);
      }
      facets.write(commands.facet);
      database.exec(FINISH);
      database.exec('COMMIT');
    },
    close: () => database.close(),
  };
}

function addRule(row: RuleRow, commands: Commands): number {
  const { key, source, platform, path, ordinal, text, rule, retired } = row;
  const { language, understood, standalone, metadata, tested } = rule;
  const { kind, title, status, severity, author } = metadata;
  const id = commands.rule.run(
    ...[key, source, platform, path, ordinal, language, kind, title, status, severity, author],
    ...[understood, Number(standalone), Number(retired)],
  );
  commands.body.run(id, JSON.stringify(metadata), rule.text, rule.result);
  for (const [position, { id: other, type }] of metadata.related.entries()) {
    commands.relation.run(other, id, position, type);
  }
  const values = tested.map(({ shown }) => shown).join('\n');
  commands.words.run(id, title, metadata.description ?? '', values, path, text);
  return id;
}

function addTested(
  rule: number,
  tested: readonly TestedValue[],
  indicatorId: (tested: TestedValue) => number,
  commands: Commands,
): void {
  for (const [position, item] of tested.entries()) {
    const shown = item.shown === item.value ? null : item.shown;
    const transforms = item.transforms.length === 0 ? null : JSON.stringify(item.transforms);
    const excluded = Number(item.polarity === 'exclude');
    commands.tested.run(rule, position, indicatorId(item), excluded, shown, transforms);
  }
}

/** Gives the number of an indicator, its field and value; new ones are added. Terms have field 0. */
function indicatorIds(commands: Commands): (tested: TestedValue) => number {
  const fields = new Map<string, number>();
  const values = new Map<string, number>();
  const indicators = new Map<string, number>();
  const fieldId = (field: string) =>
    known(fields, foldField(field), (folded) => commands.field.run(field, folded));
  return ({ field, op, value, encoding }) => {
    const fieldNumber = field === null ? 0 : fieldId(field);
    const valueNumber = known(values, value, (text) => commands.value.run(text));
    return known(indicators, `${valueNumber} ${fieldNumber} ${op} ${encoding}`, () =>
      commands.indicator.run(valueNumber, fieldNumber, op, encoding),
    );
  };
}

function known(ids: Map<string, number>, key: string, add: (key: string) => number): number {
  const id = ids.get(key) ?? add(key);
  ids.set(key, id);
  return id;
}

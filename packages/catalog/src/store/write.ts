import type { AnalysedRule } from '../analyse/analyse.ts';
import { foldField, type TestedValue } from '../analyse/indicators.ts';
import type { Problem, RuleSource } from '../types.ts';
import { unpack } from './pack.ts';
import { APPLICATION_ID, FINISH, SCHEMA, SCHEMA_USER_VERSION } from './schema.sql.ts';
import { openForWriting } from './sqlite.ts';

/** A rule and its place in the catalog. */
export interface RuleRow {
  readonly key: string;
  /** The number of its source, as the list of sources has it. */
  readonly source: number;
  readonly path: string;
  readonly ordinal: number;
  readonly rule: AnalysedRule;
}

/** Fills a new catalog file. */
export interface CatalogWriter {
  /** Adds a rule; rules are numbered as they come. */
  readonly addRule: (row: RuleRow) => void;
  readonly addProblem: (problem: Problem) => void;
  /** Counts and indexes what was added. `files` is how many were read. */
  readonly finish: (builtAt: string, files: number) => void;
  /** Closes the file, finished or not. */
  readonly close: () => void;
}

/** Begins a catalog in a file that nobody reads before it is finished: it is written without any safety. */
export function writeCatalog(path: string, sources: readonly RuleSource[]): CatalogWriter {
  const database = openForWriting(path);
  database.exec(`
    PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;
    PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_USER_VERSION};
    ${SCHEMA}
    INSERT INTO rule_words (rule_words, rank) VALUES ('hashsize', 33554432);
    INSERT INTO value_parts (value_parts, rank) VALUES ('hashsize', 33554432);
    BEGIN;
  `);
  const addSource = database.prepare(
    'INSERT INTO source (id, name, path, platform, licence, link) VALUES (?, ?, ?, ?, ?, ?)',
  );
  sources.forEach(({ name, path, platform, licence, link }, id) => {
    addSource.run(id, name, path, platform, licence, link);
  });
  const addRule = database.prepare(
    `INSERT INTO rule (key, source, path, ordinal, language, kind, title, status, severity, author, understood, standalone)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addBody = database.prepare(
    'INSERT INTO rule_body (rule, metadata, text, result) VALUES (?, ?, ?, ?)',
  );
  const addWords = database.prepare(
    'INSERT INTO rule_words (rowid, title, description, "values", path, text) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addTested = database.prepare(
    `INSERT INTO rule_indicator (rule, position, indicator, excluded, shown, transforms) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const addMeta = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
  const addProblem = database.prepare('INSERT INTO problem (source, path, diagnostics) VALUES (?, ?, ?)');
  const addDiagnostic = database.prepare('INSERT INTO diagnostic (code, count) VALUES (?, ?)');
  const indicatorId = indicatorIds(database);
  const codes = new Map<string, number>();
  const count = (code: string) => codes.set(code, (codes.get(code) ?? 0) + 1);

  return {
    addRule: ({ key, source, path, ordinal, rule }) => {
      const { metadata } = rule;
      const id = addRule.run(
        key,
        source,
        path,
        ordinal,
        rule.language,
        metadata.kind,
        metadata.title,
        metadata.status,
        metadata.severity,
        metadata.author,
        rule.understood,
        Number(rule.standalone),
      );
      addBody.run(id, JSON.stringify(metadata), rule.text, rule.result);
      const values = rule.tested.map(({ shown }) => shown).join('\n');
      addWords.run(id, metadata.title, metadata.description ?? '', values, path, unpack(rule.text));
      rule.tested.forEach((tested, position) => {
        const { value, shown, transforms } = tested;
        addTested.run(
          id,
          position,
          indicatorId(tested),
          Number(tested.polarity === 'exclude'),
          shown === value ? null : shown,
          transforms.length === 0 ? null : JSON.stringify(transforms),
        );
      });
      rule.diagnostics.forEach(count);
    },
    addProblem: ({ source, path, diagnostics }) => {
      addProblem.run(
        sources.findIndex(({ name }) => name === source),
        path,
        JSON.stringify(diagnostics),
      );
      for (const { code } of diagnostics) count(code);
    },
    finish: (builtAt, files) => {
      addMeta.run('built_at', builtAt);
      addMeta.run('files', String(files));
      for (const [code, times] of codes) addDiagnostic.run(code, times);
      database.exec(FINISH);
      database.exec('COMMIT');
    },
    close: () => database.close(),
  };
}

type Writing = ReturnType<typeof openForWriting>;

/** Gives the number of an indicator, its field and value; new ones are added. Terms have field 0. */
function indicatorIds(database: Writing): (tested: TestedValue) => number {
  const addField = database.prepare('INSERT INTO field (name, folded) VALUES (?, ?)');
  const addValue = database.prepare('INSERT INTO value (text) VALUES (?)');
  const addIndicator = database.prepare(
    'INSERT INTO indicator (value, field, op, encoding) VALUES (?, ?, ?, ?)',
  );
  const fields = new Map<string, number>();
  const values = new Map<string, number>();
  const indicators = new Map<string, number>();
  return ({ field, op, value, encoding }) => {
    const fieldId =
      field === null ? 0 : known(fields, foldField(field), (folded) => addField.run(field, folded));
    const valueId = known(values, value, (text) => addValue.run(text));
    return known(indicators, `${valueId} ${fieldId} ${op} ${encoding}`, () =>
      addIndicator.run(valueId, fieldId, op, encoding),
    );
  };
}

function known(ids: Map<string, number>, key: string, add: (key: string) => number): number {
  const id = ids.get(key) ?? add(key);
  ids.set(key, id);
  return id;
}

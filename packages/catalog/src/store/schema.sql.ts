/** Raised whenever the tables change: a catalog of another version is built again. */
export const SCHEMA_USER_VERSION = 7;

/** "RSCP", in the header of every catalog: tells it from any other SQLite file. */
export const APPLICATION_ID = 0x52_53_43_50;

/**
 * The tables of a catalog; README.md describes them. Rows are numbered in the order of sources, paths and
 * places in the file, so the same rules always give the same catalog.
 */
export const SCHEMA = `
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE source (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE,
  path     TEXT NOT NULL,
  platform TEXT,
  licence  TEXT,
  link     TEXT
);

CREATE TABLE rule (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL UNIQUE,
  source     INTEGER NOT NULL REFERENCES source(id),
  platform   TEXT NOT NULL,
  path       TEXT NOT NULL,
  ordinal    INTEGER NOT NULL,
  language   TEXT,
  kind       TEXT NOT NULL,
  title      TEXT NOT NULL,
  status     TEXT,
  severity   TEXT,
  author     TEXT,
  understood TEXT NOT NULL,
  standalone INTEGER NOT NULL,
  retired    INTEGER NOT NULL,
  family     INTEGER NOT NULL,
  indicators INTEGER NOT NULL
);

CREATE TABLE rule_body (
  rule     INTEGER PRIMARY KEY REFERENCES rule(id),
  metadata TEXT NOT NULL,
  tested   TEXT NOT NULL,
  text     BLOB NOT NULL,
  result   BLOB NOT NULL
);

CREATE TABLE relation (
  other    TEXT NOT NULL,
  rule     INTEGER NOT NULL REFERENCES rule(id),
  position INTEGER NOT NULL,
  type     TEXT NOT NULL,
  PRIMARY KEY (other, rule, position)
) WITHOUT ROWID;

CREATE TABLE facet (
  id     INTEGER PRIMARY KEY,
  name   TEXT NOT NULL,
  value  TEXT NOT NULL,
  label  TEXT NOT NULL,
  folded TEXT NOT NULL,
  rules  BLOB NOT NULL
);

CREATE TABLE attack (
  version TEXT,
  derived INTEGER NOT NULL,
  source  TEXT NOT NULL,
  release BLOB NOT NULL
);

CREATE TABLE field (
  id     INTEGER PRIMARY KEY,
  name   TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE
);

CREATE TABLE indicator (
  id            INTEGER PRIMARY KEY,
  field         INTEGER NOT NULL,
  op            TEXT NOT NULL,
  value         TEXT NOT NULL,
  encoding      TEXT NOT NULL,
  rules         INTEGER NOT NULL,
  exclusions    INTEGER NOT NULL,
  including     BLOB NOT NULL,
  excluding     BLOB NOT NULL,
  broader       BLOB NOT NULL,
  broader_total INTEGER NOT NULL
);

CREATE TABLE field_status (
  source   INTEGER NOT NULL REFERENCES source(id),
  platform TEXT NOT NULL,
  language TEXT NOT NULL,
  retired  INTEGER NOT NULL,
  status   TEXT NOT NULL,
  field    TEXT NOT NULL,
  count    INTEGER NOT NULL,
  PRIMARY KEY (source, platform, language, retired, status, field)
) WITHOUT ROWID;

CREATE TABLE written_field (
  folded TEXT NOT NULL,
  field  INTEGER NOT NULL REFERENCES field(id),
  count  INTEGER NOT NULL,
  PRIMARY KEY (folded, field)
) WITHOUT ROWID;

CREATE TABLE problem (
  id          INTEGER PRIMARY KEY,
  source      INTEGER NOT NULL REFERENCES source(id),
  path        TEXT NOT NULL,
  diagnostics TEXT NOT NULL
);

CREATE TABLE diagnostic (
  code    TEXT NOT NULL,
  retired INTEGER NOT NULL,
  count   INTEGER NOT NULL,
  PRIMARY KEY (code, retired)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE rule_words USING fts5 (
  title, description, path, text,
  content = '', tokenize = 'unicode61'
);
`;

/** What is made once all rows are there: it is faster than keeping it up to date. */
export const FINISH = `
CREATE UNIQUE INDEX indicator_by_key ON indicator (value, field, op, encoding);
CREATE INDEX indicator_by_use ON indicator (field, rules DESC, id) WHERE rules > 0;
CREATE INDEX rule_by_title ON rule (title COLLATE NOCASE, id, retired);
CREATE INDEX rule_by_key ON rule (key COLLATE NOCASE);
CREATE INDEX rule_by_family ON rule (family);
CREATE UNIQUE INDEX facet_by_value ON facet (name, folded);
`;

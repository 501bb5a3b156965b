import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { CatalogError, ConfigError, type ConfigIssue, reasonOf } from './errors.ts';
import type { RuleSource } from './types.ts';

/** The name of the configuration file. */
export const CONFIG_NAME = 'rulescope.yml';

/** What a configuration file says. */
export interface Config {
  /** The file itself, absolute. */
  readonly file: string;
  readonly sources: readonly RuleSource[];
  /** The catalog file to write, absolute; null where the file does not say. */
  readonly catalog: string | null;
}

const SOURCE_KEYS = ['name', 'path', 'platform', 'licence', 'link'] as const;
const CONFIG_KEYS = ['sources', 'catalog'] as const;
const NAME = /^[A-Za-z0-9_-]+$/;
const NAME_PARTS = 'letters, digits, `-` and `_`';
const NO_SOURCES = 'Name at least one source: `sources:` is a list of items with a `name` and a `path`.';

/**
 * Reads a configuration file: the rule sources by name, and where the catalog goes. Paths in it are relative
 * to its own folder. Throws a ConfigError that lists everything wrong with it, or a CatalogError
 * (`source-unreadable`) where the file itself cannot be read.
 */
export function readConfig(path: string): Config {
  const file = resolve(path);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CatalogError('source-unreadable', `Cannot read ${file}: ${reasonOf(error)}.`, error);
  }
  return parseConfig(text, file);
}

/** Reads the text of a configuration file; `file` is where it lies, absolute. Throws as `readConfig` does. */
export function parseConfig(text: string, file: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const issues: ConfigIssue[] = [];
  const report: Report = (node, message) => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    issues.push({ line: Math.max(line, 1), column: Math.max(col, 1), message });
  };
  for (const error of document.errors) {
    const { line, col } = lines.linePos(error.pos[0]);
    issues.push({ line, column: col, message: error.message.split('\n')[0] ?? error.code });
  }
  const config = issues.length > 0 ? null : configOf(document.contents, file, report);
  if (config === null || issues.length > 0) throw new ConfigError(file, issues);
  return config;
}

type Report = (node: Node | null | undefined, message: string) => void;

function configOf(contents: unknown, file: string, report: Report): Config | null {
  if (!isMap(contents)) {
    report(null, NO_SOURCES);
    return null;
  }
  const fields = fieldsOf(contents, CONFIG_KEYS, 'the file', report);
  const items = isSeq(fields.sources) ? fields.sources.items : [];
  if (items.length === 0) report(fields.sources ?? contents, NO_SOURCES);
  const reading: Reading = { folder: dirname(file), taken: new Set(), report };
  const sources = items.map((item) => sourceOf(item, reading));
  const catalog = textOf(fields, 'catalog', report);
  return {
    file,
    sources: sources.filter((source) => source !== null),
    catalog: catalog === null ? null : resolve(dirname(file), catalog),
  };
}

interface Reading {
  readonly folder: string;
  /** The names of the sources before. */
  readonly taken: Set<string>;
  readonly report: Report;
}

function sourceOf(item: unknown, { folder, taken, report }: Reading): RuleSource | null {
  if (!isMap(item)) {
    report(isNode(item) ? item : null, 'A source is a map with a `name` and a `path`.');
    return null;
  }
  const fields = fieldsOf(item, SOURCE_KEYS, 'a source', report);
  const name = textOf(fields, 'name', report);
  const path = textOf(fields, 'path', report);
  const platform = textOf(fields, 'platform', report);
  const licence = textOf(fields, 'licence', report);
  const link = textOf(fields, 'link', report);
  if (fields.name === undefined) report(item, `The source has no \`name\`: give it one of ${NAME_PARTS}.`);
  if (fields.path === undefined)
    report(item, 'The source has no `path`: name the folder or file of its rules.');
  if (name !== null) {
    checkName(name, 'name', fields.name, report);
    if (taken.has(name))
      report(fields.name, `Another source is called ${quote(name)} already: names are unique.`);
    taken.add(name);
  }
  if (platform !== null) checkName(platform, 'platform', fields.platform, report);
  if (link !== null) checkLink(link, fields.link, report);
  if (name === null || path === null) return null;
  const absolute = resolve(folder, path);
  if (!existsSync(absolute)) {
    report(
      fields.path,
      `There is no ${quote(absolute)}: write the path as it is from the folder of this file.`,
    );
  }
  return { name, path: absolute, platform, licence, link };
}

function checkName(name: string, what: string, node: Value, report: Report): void {
  if (!NAME.test(name)) report(node, `The ${what} ${quote(name)} may hold only ${NAME_PARTS}.`);
}

/** Links end up in pages, so that only web addresses will do. */
function checkLink(link: string, node: Value, report: Report): void {
  const example = '`https://example.org/rules/{path}`';
  if (!/^https?:\/\/[^\s{}]/.test(link)) report(node, `The link must be a web address such as ${example}.`);
  else if (!link.includes('{path}')) report(node, `The link must hold \`{path}\`, such as ${example}.`);
}

/** The value of a key: undefined where the key is not there, null where nothing follows it. */
type Value = Node | null | undefined;
type Fields<Key extends string> = Partial<Record<Key, Node | null>>;

/** The values of a map by key; a key that is not known is reported. */
function fieldsOf<Key extends string>(
  map: YAMLMap,
  keys: readonly Key[],
  where: string,
  report: Report,
): Fields<Key> {
  const fields: Fields<Key> = {};
  for (const pair of map.items) {
    const name = isScalar(pair.key) ? String(pair.key.value) : 'a list or map';
    const key = keys.find((candidate) => candidate === name);
    const choice = keys.map((candidate) => `\`${candidate}\``).join(', ');
    if (key !== undefined) fields[key] = isNode(pair.value) ? pair.value : null;
    else report(isNode(pair.key) ? pair.key : map, `${quote(name)} is not a key of ${where}: use ${choice}.`);
  }
  return fields;
}

/** The text of a key's value, as written; null where there is none, which is reported save for a missing key. */
function textOf<Key extends string>(fields: Fields<Key>, key: Key, report: Report): string | null {
  const node = fields[key];
  if (node === undefined) return null;
  if (isScalar(node) && node.source !== undefined && node.source !== '') return node.source;
  report(node, `\`${key}\` must be a text that is not empty.`);
  return null;
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** The source that a folder or file named on a command line stands for; its name is made from the path's end. */
export function sourceFor(path: string): RuleSource {
  const absolute = resolve(path);
  const name = basename(absolute)
    .replace(/\.(ya?ml|spl)$/i, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return {
    name: name === '' ? 'rules' : name,
    path: absolute,
    platform: null,
    licence: null,
    link: null,
  };
}

/** The sources that several folders or files stand for; where two would share a name, later ones get a number. */
export function sourcesFor(paths: readonly string[]): readonly RuleSource[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const source = sourceFor(path);
    let name = source.name;
    for (let number = 2; taken.has(name); number += 1) name = `${source.name}-${number}`;
    taken.add(name);
    return { ...source, name };
  });
}

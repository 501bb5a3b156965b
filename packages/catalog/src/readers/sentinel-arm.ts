import { LIMITS, lineStarts, type Span } from '@rulescope/logic';
import { type Fields, fieldsList, fieldsOf, textOf } from './fields.ts';
import type { Glance } from './glance.ts';
import { brokenJson, embeddedJson, type JsonPlaces, jsonPlaces, jsonPointer } from './json-offsets.ts';
import { kustoRule, parseKusto } from './kusto-rule.ts';
import type { FileRole, ReadFile, ReadRule, RuleFormat } from './reader.ts';
import { type Expressions, expressionsOf, meaningOf } from './sentinel-expressions.ts';
import { sentinelMetadata } from './sentinel-metadata.ts';
import { fillParameters } from './sentinel-parameters.ts';

/**
 * Analytics rules and saved queries of Microsoft Sentinel in JSON: ARM templates, rules as the portal exports them,
 * templates of templates as solutions have them (Microsoft Learn, "Import and export analytics rules to and from ARM
 * templates").
 */
export const sentinelArmFormat: RuleFormat = {
  name: 'sentinel-arm',
  language: null,
  matches: () => false,
  mayMatch: (path) => /\.json$/i.test(path),
  recognises: roleOf,
  read: readTemplate,
};

/** Other JSON, such as playbooks and parameters, is none. */
function roleOf({ text }: Glance): FileRole | null {
  if (!/^\s*[[{]/.test(text)) return null;
  const isTemplate =
    /"properties"\s*:/.test(text) && /"(?:query|body)"\s*:\s*"/.test(text) && RULE_TYPE.test(text);
  return isTemplate ? 'rules' : null;
}

/** The types of resources that hold a query which somebody asks, or that an alert is made of. */
const RULE_TYPE = /\b(?:alertRules|savedSearches|querypacks\/queries)\b/i;

/** A resource with a query. */
interface Resource {
  readonly pointer: string;
  readonly fields: Fields;
  readonly properties: Fields;
  /** The key of the query. */
  readonly key: string;
}

function readTemplate(text: string): ReadFile {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    return { rules: [], diagnostics: [brokenJson(error, text, 0, lineStarts(text))] };
  }
  const found: Resource[] = [];
  collect(root, '', 0, found);
  const places = jsonPlaces(text, QUERY_KEYS);
  const expressions = expressionsOf(fieldsOf(root));
  const lines = lineStarts(text);
  const rules = found.flatMap((resource) => {
    const own = places.get(resource.pointer);
    const span: Span = own === undefined || found.length === 1 ? [0, text.length] : own;
    return readResource(resource, {
      text,
      places,
      expressions,
      place: { text, span, lines, diagnostics: [] },
    });
  });
  return { rules, diagnostics: [] };
}

const QUERY_KEYS: ReadonlySet<string> = new Set(['query', 'body']);

/** Gathers the resources with a query, however deep their template stands in another one. */
function collect(value: unknown, pointer: string, depth: number, found: Resource[]): void {
  if (depth > LIMITS.depth || typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    const fields = fieldsOf(value);
    const properties = fieldsOf(fields.properties);
    const key = queryKey(fields, properties);
    if (key !== null) {
      found.push({ pointer, fields, properties, key });
      return;
    }
  }
  for (const [key, inner] of Object.entries(value))
    collect(inner, jsonPointer(pointer, key), depth + 1, found);
}

/** Functions are saved as queries are, but nobody hunts with them alone. */
function queryKey(fields: Fields, properties: Fields): string | null {
  if (textOf(properties.displayName) === null || textOf(properties.functionAlias) !== null) return null;
  if (textOf(properties.query) !== null) return 'query';
  return /querypacks\/queries/i.test(textOf(fields.type) ?? '') && textOf(properties.body) !== null
    ? 'body'
    : null;
}

interface Reading {
  readonly text: string;
  readonly places: JsonPlaces;
  readonly expressions: Expressions;
  readonly place: Omit<Parameters<typeof kustoRule>[3], 'id'>;
}

function readResource(
  { pointer, fields, properties, key }: Resource,
  { text, places, expressions, place }: Reading,
): readonly ReadRule[] {
  const value = properties[key];
  const span = places.get(jsonPointer(jsonPointer(pointer, 'properties'), key));
  if (typeof value !== 'string' || span === undefined) return [];
  const { query: filled, parameters } = fillParameters(
    embeddedJson(text, span, meaningOf(value, expressions)),
  );
  const metadata = sentinelMetadata(
    withTags(properties, expressions),
    kindOf(fields, properties),
    parameters,
  );
  return parseKusto(filled.text).queries.map(({ query }, i) =>
    kustoRule(query, filled, i === 0 ? metadata : { ...metadata, title: `${metadata.title} (${i + 1})` }, {
      ...place,
      id: i === 0 ? idOf(fields, expressions) : null,
    }),
  );
}

function kindOf(fields: Fields, properties: Fields): string {
  const category = textOf(properties.category);
  return textOf(fields.kind) ?? (category === null || /hunt/i.test(category) ? 'Hunting' : category);
}

/** Saved searches say what they are in a list of names with values (Azure-Sentinel, solutions). */
function withTags(properties: Fields, expressions: Expressions): Fields {
  const tags = fieldsList(properties.tags).flatMap(({ name, value }) => {
    const [key, text] = [textOf(name), textOf(value)];
    return key === null || text === null ? [] : [[key, text] as const];
  });
  const said = Object.fromEntries(
    tags.map(([key, value]) => [key, /^(?:tactics|techniques)$/.test(key) ? value.split(',') : value]),
  );
  const own = Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [
      key,
      typeof value === 'string' ? meaningOf(value, expressions) : value,
    ]),
  );
  return tags.length === 0 ? own : { ...said, ...own, tags: [] };
}

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** The last part of the resource's name: mostly a GUID, in an expression that puts the workspace before it. */
function idOf({ name, id }: Fields, expressions: Expressions): string | null {
  for (const written of [name, id].map(textOf)) {
    const meant = written === null ? '' : meaningOf(written, expressions);
    const guid = meant.match(GUID)?.at(-1);
    if (guid !== undefined) return guid;
    if (meant !== '' && !meant.startsWith('[')) return meant.slice(meant.lastIndexOf('/') + 1);
  }
  return null;
}

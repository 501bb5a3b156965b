/** What a function that answers true or false asks of its arguments. */
export type PredicateFunction =
  | { readonly asks: 'empty' | 'null'; readonly negated: boolean }
  /** Addresses in one network, in any of several, with a prefix length as a further argument or without. */
  | { readonly asks: 'network'; readonly several: boolean }
  | { readonly asks: 'private-address' }
  /** An address as a word of a text; `prefix` where only its start is given. */
  | { readonly asks: 'address-in-text'; readonly prefix: boolean }
  /** A value in a list. */
  | { readonly asks: 'element' }
  | { readonly asks: 'not' }
  /** Condition, then, otherwise; or several conditions, each with its own. */
  | { readonly asks: 'choice' | 'choices' };

const EMPTY = { asks: 'empty', negated: false } as const;
const NOT_EMPTY = { asks: 'empty', negated: true } as const;
const NETWORK = { asks: 'network', several: false } as const;
const NETWORKS = { asks: 'network', several: true } as const;

/** The functions that stand where a condition is wanted, each from its page of the KQL reference. */
const PREDICATES: ReadonlyMap<string, PredicateFunction> = new Map<string, PredicateFunction>([
  ['isempty', EMPTY],
  ['isnotempty', NOT_EMPTY],
  ['notempty', NOT_EMPTY],
  ['isnull', { asks: 'null', negated: false }],
  ['isnotnull', { asks: 'null', negated: true }],
  ['notnull', { asks: 'null', negated: true }],
  ['not', { asks: 'not' }],
  ['iff', { asks: 'choice' }],
  ['iif', { asks: 'choice' }],
  ['case', { asks: 'choices' }],
  ['ipv4_is_in_range', NETWORK],
  ['ipv4_is_match', NETWORK],
  ['ipv6_is_in_range', NETWORK],
  ['ipv6_is_match', NETWORK],
  ['ipv4_is_in_any_range', NETWORKS],
  ['ipv6_is_in_any_range', NETWORKS],
  ['ipv4_is_private', { asks: 'private-address' }],
  ['has_ipv4', { asks: 'address-in-text', prefix: false }],
  ['has_any_ipv4', { asks: 'address-in-text', prefix: false }],
  ['has_ipv4_prefix', { asks: 'address-in-text', prefix: true }],
  ['has_any_ipv4_prefix', { asks: 'address-in-text', prefix: true }],
  ['set_has_element', { asks: 'element' }],
]);

/** What a function asks where it stands as a condition; null for a function of another kind. */
export function predicateFunction(name: string): PredicateFunction | null {
  return PREDICATES.get(name.toLowerCase()) ?? null;
}

/** ipv4_is_private(): "private network addresses" are those of RFC 1918. */
export const PRIVATE_NETWORKS: readonly string[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/**
 * Functions that only make the inside of a value reachable: `parse_json(A).b` is the part `A.b`, and no function
 * is left around the field. parse_json(), todynamic().
 */
const TRANSPARENT: ReadonlySet<string> = new Set(['parse_json', 'parsejson', 'todynamic', 'toobject']);

export function isTransparent(name: string): boolean {
  return TRANSPARENT.has(name.toLowerCase());
}

/**
 * Functions that give a value another type and leave it the same: where a part is taken of what they answer
 * (`parse_json(tostring(A)).b`) they mean nothing; elsewhere they are kept beside the field.
 */
const CONVERSIONS: ReadonlySet<string> = new Set([
  'tostring',
  'toint',
  'tolong',
  'todouble',
  'toreal',
  'todecimal',
  'tobool',
  'toboolean',
  'todatetime',
  'totimespan',
  'toguid',
  'dynamic_to_json',
]);

export function isConversion(name: string): boolean {
  return CONVERSIONS.has(name.toLowerCase());
}

/** The names by which the common model knows functions that other languages have too. */
const COMMON_NAMES: ReadonlyMap<string, string> = new Map([
  ['tolower', 'lower'],
  ['toupper', 'upper'],
  ['strlen', 'len'],
  ['hourofday', 'hour'],
  ['dayofmonth', 'day'],
  ['monthofyear', 'month'],
  ['getmonth', 'month'],
  ['getyear', 'year'],
  ['week_of_year', 'week'],
  // trim(regex, text) takes away what a regex matches: not the `trim` of other languages.
  ['trim', 'trim_regex'],
]);

/** The name under which a function is kept beside its field. */
export function functionName(name: string): string {
  const lower = name.toLowerCase();
  return COMMON_NAMES.get(lower) ?? lower;
}

/** Functions that name the column of their first argument. column_ifexists(). */
export function namesColumn(name: string): boolean {
  return name === 'column_ifexists' || name === 'columnifexists' || name === 'column';
}

/** Functions that take a whole table and give it, or a value of it: materialize(), totable(), toscalar(). */
export function isTablePassedOn(name: string): boolean {
  return name === 'materialize' || name === 'totable' || name === 'toscalar';
}

/** Functions without arguments that answer something of the row: ingestion_time(). */
export function isOfRow(name: string): boolean {
  return name === 'ingestion_time';
}

/** Functions that put all columns into one value, so that a text is looked for in the whole row: pack_all(). */
export function isWholeRow(name: string): boolean {
  return name === 'pack_all';
}

/** Columns that FileProfile() adds to those that events of files have ("FileProfile()", advanced hunting). */
export const FILE_PROFILE_COLUMNS: readonly string[] = [
  'GlobalPrevalence',
  'GlobalFirstSeen',
  'GlobalLastSeen',
  'Signer',
  'Issuer',
  'SignerHash',
  'IsCertificateValid',
  'IsRootSignerMicrosoft',
  'SignatureState',
  'IsExecutable',
  'ThreatName',
  'Publisher',
  'SoftwareName',
  'ProfileAvailability',
];

/** Functions that look at other rows ("Window functions"): what they answer is computed. */
export function isWindowFunction(name: string): boolean {
  return name === 'prev' || name === 'next' || name.startsWith('row_');
}

/** Functions that name a table in a text: table(), external_table(), materialized_view(). */
export function namesTable(name: string): boolean {
  return (
    name === 'table' ||
    name === 'external_table' ||
    name === 'materialized_view' ||
    name === 'stored_query_result'
  );
}

/** Where a table is kept: workspace("x").T is the table T. */
export function isPlaceOfTables(name: string): boolean {
  return ['workspace', 'database', 'cluster', 'app', 'resource', 'adx', 'arg', 'entity_group'].includes(
    name.toLowerCase(),
  );
}

/** Functions that answer with a row that the events had, so that other columns stay the event's own. */
export function choosesRow(name: string): boolean {
  return ['arg_max', 'arg_min', 'argmax', 'argmin', 'any', 'take_any', 'anyif', 'take_anyif'].includes(
    name.toLowerCase(),
  );
}

/** Sentinel's function for watchlists: "Build queries or detection rules with watchlists". */
export function isWatchlist(name: string): boolean {
  return name.toLowerCase() === '_getwatchlist' || name.toLowerCase() === '_getwatchlistalias';
}

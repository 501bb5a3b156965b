import table from './functions.json' with { type: 'json' };

/**
 * What a function of ES|QL is, as far as a test on its result is concerned.
 * - `condition`: true or false of its arguments;
 * - `choice`: one of its arguments, by conditions;
 * - `value`: made of its arguments: where one of them is a field and the others are constants, a test on it is a test
 *   on that field, through the function;
 * - `clock`: made of no field, but not always the same;
 * - `aggregate`: made of many rows.
 */
type FunctionKind = 'condition' | 'choice' | 'value' | 'clock' | 'aggregate';

/** A row of `functions.json`. */
export interface EsqlFunction {
  readonly name: string;
  readonly kind: FunctionKind;
  /** The page that describes it. */
  readonly page: string;
  /** Its other spellings. */
  readonly aliases?: readonly string[];
}

/** The functions of the ES|QL reference, in `functions.json`. */
export const FUNCTIONS = table as readonly EsqlFunction[];

const BY_NAME: ReadonlyMap<string, EsqlFunction> = new Map(
  FUNCTIONS.flatMap((row) => [row.name, ...(row.aliases ?? [])].map((name) => [name, row] as const)),
);

/** The function of a name in lower case. */
export function functionNamed(name: string): EsqlFunction | null {
  return BY_NAME.get(name) ?? null;
}

/** The function that `::type` calls, by the names of types (ES|QL reference, "Cast (::)"). */
const CASTS: Readonly<Record<string, string>> = {
  bool: 'to_boolean',
  boolean: 'to_boolean',
  cartesian_point: 'to_cartesianpoint',
  cartesian_shape: 'to_cartesianshape',
  date: 'to_datetime',
  date_nanos: 'to_date_nanos',
  date_period: 'to_dateperiod',
  datetime: 'to_datetime',
  dense_vector: 'to_dense_vector',
  double: 'to_double',
  geo_point: 'to_geopoint',
  geo_shape: 'to_geoshape',
  geohash: 'to_geohash',
  geohex: 'to_geohex',
  geotile: 'to_geotile',
  int: 'to_integer',
  integer: 'to_integer',
  ip: 'to_ip',
  keyword: 'to_string',
  long: 'to_long',
  string: 'to_string',
  text: 'to_string',
  time_duration: 'to_timeduration',
  ul: 'to_unsigned_long',
  ulong: 'to_unsigned_long',
  unsigned_long: 'to_unsigned_long',
  ver: 'to_version',
  version: 'to_version',
};

/** The function that converts to a type; null for a type that ES|QL has not. */
export function castTo(type: string): string | null {
  return Object.hasOwn(CASTS, type) ? (CASTS[type] ?? null) : null;
}

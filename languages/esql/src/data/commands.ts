import type { StageKind } from '@rulescope/logic';

/** A command of ES|QL. */
export interface EsqlCommand {
  /** In lower case; a command of two words has a space. */
  readonly name: string;
  readonly kind: StageKind;
  /** How its arguments are read; `plain` ones mean nothing to the model and are kept as text. */
  readonly form: CommandForm;
  /** It lets only some rows pass, whatever is in them. */
  readonly limits?: true;
  /** Columns that it adds under names of its own, where the query gives none; of `parts`, behind the query's prefix. */
  readonly adds?: readonly string[];
  /** Page and section that describe it. */
  readonly documentation: string;
}

export type CommandForm =
  | 'source'
  | 'where'
  | 'assign'
  | 'stats'
  | 'columns'
  | 'rename'
  | 'sort'
  | 'limit'
  | 'extract'
  | 'enrich'
  | 'join'
  | 'fork'
  | 'completion'
  | 'parts'
  | 'set'
  | 'plain';

const SOURCES = 'ES|QL reference, Source commands';
const PROCESSING = 'ES|QL reference, Processing commands';

function words(list: string): readonly string[] {
  return list.split(' ');
}

export const COMMANDS: readonly EsqlCommand[] = [
  { name: 'from', kind: 'source', form: 'source', documentation: `${SOURCES}, "FROM"` },
  { name: 'ts', kind: 'source', form: 'source', documentation: `${SOURCES}, "TS"` },
  { name: 'row', kind: 'source', form: 'assign', documentation: `${SOURCES}, "ROW"` },
  { name: 'show', kind: 'source', form: 'plain', documentation: `${SOURCES}, "SHOW"` },
  { name: 'promql', kind: 'source', form: 'plain', documentation: `${SOURCES}, "PROMQL"` },
  { name: 'set', kind: 'declare', form: 'set', documentation: 'ES|QL reference, Directives, "SET"' },
  { name: 'where', kind: 'filter', form: 'where', documentation: `${PROCESSING}, "WHERE"` },
  { name: 'eval', kind: 'derive', form: 'assign', documentation: `${PROCESSING}, "EVAL"` },
  { name: 'stats', kind: 'aggregate', form: 'stats', documentation: `${PROCESSING}, "STATS"` },
  { name: 'inline stats', kind: 'derive', form: 'stats', documentation: `${PROCESSING}, "INLINE STATS"` },
  { name: 'keep', kind: 'shape', form: 'columns', documentation: `${PROCESSING}, "KEEP"` },
  { name: 'drop', kind: 'shape', form: 'columns', documentation: `${PROCESSING}, "DROP"` },
  { name: 'mv_expand', kind: 'derive', form: 'columns', documentation: `${PROCESSING}, "MV_EXPAND"` },
  { name: 'rename', kind: 'derive', form: 'rename', documentation: `${PROCESSING}, "RENAME"` },
  { name: 'sort', kind: 'shape', form: 'sort', documentation: `${PROCESSING}, "SORT"` },
  { name: 'limit', kind: 'shape', form: 'limit', limits: true, documentation: `${PROCESSING}, "LIMIT"` },
  { name: 'sample', kind: 'shape', form: 'limit', limits: true, documentation: `${PROCESSING}, "SAMPLE"` },
  { name: 'grok', kind: 'derive', form: 'extract', documentation: `${PROCESSING}, "GROK"` },
  { name: 'dissect', kind: 'derive', form: 'extract', documentation: `${PROCESSING}, "DISSECT"` },
  { name: 'enrich', kind: 'derive', form: 'enrich', documentation: `${PROCESSING}, "ENRICH"` },
  { name: 'lookup join', kind: 'join', form: 'join', documentation: `${PROCESSING}, "LOOKUP JOIN"` },
  { name: 'fork', kind: 'join', form: 'fork', adds: ['_fork'], documentation: `${PROCESSING}, "FORK"` },
  {
    name: 'fuse',
    kind: 'aggregate',
    form: 'plain',
    adds: ['_score'],
    documentation: `${PROCESSING}, "FUSE"`,
  },
  {
    name: 'completion',
    kind: 'derive',
    form: 'completion',
    adds: ['completion'],
    documentation: `${PROCESSING}, "COMPLETION"`,
  },
  {
    name: 'rerank',
    kind: 'derive',
    form: 'plain',
    adds: ['_score'],
    documentation: `${PROCESSING}, "RERANK"`,
  },
  {
    name: 'change_point',
    kind: 'derive',
    form: 'plain',
    adds: ['type', 'pvalue'],
    documentation: `${PROCESSING}, "CHANGE_POINT"`,
  },
  {
    name: 'uri_parts',
    kind: 'derive',
    form: 'parts',
    adds: words('domain extension fragment password path port query scheme user_info username'),
    documentation: `${PROCESSING}, "URI_PARTS"`,
  },
  {
    name: 'user_agent',
    kind: 'derive',
    form: 'parts',
    adds: words('device.name device.type name os.full os.name os.version version'),
    documentation: `${PROCESSING}, "USER_AGENT"`,
  },
  {
    name: 'ip_location',
    kind: 'derive',
    form: 'parts',
    adds: words(
      'city_name continent_name country_iso_code country_name location region_iso_code region_name',
    ),
    documentation: `${PROCESSING}, "IP_LOCATION"`,
  },
  {
    name: 'registered_domain',
    kind: 'derive',
    form: 'parts',
    adds: words('domain registered_domain subdomain top_level_domain'),
    documentation: `${PROCESSING}, "REGISTERED_DOMAIN"`,
  },
  { name: 'dense_vector', kind: 'derive', form: 'plain', documentation: `${PROCESSING}, "DENSE_VECTOR"` },
  { name: 'highlight', kind: 'derive', form: 'plain', documentation: `${PROCESSING}, "HIGHLIGHT"` },
  { name: 'dedup', kind: 'shape', form: 'plain', documentation: `${PROCESSING}, "DEDUP"` },
  { name: 'ts_collapse', kind: 'shape', form: 'plain', documentation: `${PROCESSING}, "TS_COLLAPSE"` },
  { name: 'limitk', kind: 'shape', form: 'limit', limits: true, documentation: `${PROCESSING}, "LIMITK"` },
  { name: 'topk', kind: 'shape', form: 'plain', limits: true, documentation: `${PROCESSING}, "TOPK"` },
  { name: 'bottomk', kind: 'shape', form: 'plain', limits: true, documentation: `${PROCESSING}, "BOTTOMK"` },
  { name: 'mmr', kind: 'shape', form: 'plain', limits: true, documentation: `${PROCESSING}, "MMR"` },
  { name: 'metrics_info', kind: 'aggregate', form: 'plain', documentation: `${PROCESSING}, "METRICS_INFO"` },
  { name: 'ts_info', kind: 'aggregate', form: 'plain', documentation: `${PROCESSING}, "TS_INFO"` },
];

/** Other spellings: `inlinestats` is that of older versions. */
export const OTHER_NAMES: ReadonlyMap<string, string> = new Map([['inlinestats', 'inline stats']]);

const BY_NAME: ReadonlyMap<string, EsqlCommand> = new Map(COMMANDS.map((row) => [row.name, row]));

/** The command of a name in lower case. */
export function commandNamed(name: string): EsqlCommand | null {
  return BY_NAME.get(OTHER_NAMES.get(name) ?? name) ?? null;
}

import type { NestedQuery, Source } from '@rulescope/logic';
import { textOf, textsOf } from '../fields.ts';
import type { RuleQuery } from '../reader.ts';
import { embeddedToml, spansOf, tableOf, under } from '../toml.ts';
import { mappingOf } from './conditions.ts';
import type { ElasticFile } from './file.ts';
import { filtersBeside } from './filters.ts';
import { type Beside, NOTHING, queryIn, stageAt, withBeside } from './query.ts';

const KEYS = [
  'threat_index',
  'threat_indicator_path',
  'threat_language',
  'threat_query',
  'threat_filters',
  'threat_mapping',
];

/** The indicators that a rule's events are compared with, as a join: their query, and the mapping of their fields. */
export function threatMatchBeside(file: ElasticFile): Beside {
  const rule = under(file.root, 'rule');
  const found = KEYS.map((key) => under(rule, key));
  if (found.every((value) => value === null)) return NOTHING;
  const indicators = indicatorQuery(file);
  const nested = indicators === null ? null : nestedOf(indicators);
  const stage = stageAt(file.text, spansOf(...found), {
    name: 'threat_match',
    kind: 'join',
    where: mappingOf(under(rule, 'threat_mapping')),
    queries: nested === null ? [] : [nested],
    understood: indicators === null ? 'full' : indicators.understood,
  });
  // What is said of a nested query stands with the rule's.
  return { ...NOTHING, stages: [stage], diagnostics: indicators?.diagnostics ?? [] };
}

function indicatorQuery(file: ElasticFile): RuleQuery | null {
  const rule = under(file.root, 'rule');
  const { threat_index: indices, threat_language: language } = tableOf(rule);
  const written = embeddedToml(under(rule, 'threat_query'));
  if (written === null || written.text.trim() === '') return null;
  const frame = { id: null, title: null, offset: 0, lines: file.lines, diagnostics: [] };
  const sources = textsOf(indices).map((value): Source => ({ kind: 'index', value }));
  const query = queryIn(textOf(language) ?? 'kuery', written, frame);
  return withBeside(query, sources, filtersBeside(under(rule, 'threat_filters'), file));
}

/** The query as a part of another one; null where its language is not read. */
function nestedOf(query: RuleQuery): NestedQuery | null {
  const { id: _id, title: _title, offset: _offset, standalone: _standalone, language, ...parts } = query;
  return language === null ? null : { ...parts, language, diagnostics: [] };
}

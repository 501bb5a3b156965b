import type { Source } from '@rulescope/logic';
import type { SigmaLogsource, SigmaMetadata, SigmaRelated } from '../rule.ts';
import { entryOf, textOf, textsOf, type YamlEntry, type YamlNode } from './yaml.ts';

/** What a document says of itself (Sigma Rules Specification, "Components"). Nothing is checked but its shape. */
export function readMetadata(entries: readonly YamlEntry[]): SigmaMetadata {
  const values = new Map(entries.map((entry) => [entry.key, entry.value]));
  const text = (key: string): string | null => textOf(values.get(key));
  const texts = (key: string): readonly string[] => textsOf(values.get(key));
  return {
    title: text('title'),
    id: text('id'),
    name: text('name'),
    related: readRelated(values.get('related')),
    taxonomy: text('taxonomy'),
    status: text('status'),
    description: text('description'),
    license: text('license'),
    author: texts('author').join(', ') || null,
    references: texts('references'),
    date: text('date'),
    modified: text('modified'),
    logsource: readLogsource(values.get('logsource')),
    fields: texts('fields'),
    falsepositives: texts('falsepositives'),
    level: text('level'),
    tags: texts('tags'),
    scope: texts('scope'),
  };
}

function readRelated(node: YamlNode | undefined): readonly SigmaRelated[] {
  const items = node?.kind === 'list' ? node.items : [];
  return items.flatMap((item) => {
    const id = textOf(entryOf(item, 'id')?.value);
    return id === null ? [] : [{ id, type: textOf(entryOf(item, 'type')?.value) ?? 'related' }];
  });
}

function readLogsource(node: YamlNode | undefined): SigmaLogsource {
  const part = (key: string): string | null => textOf(entryOf(node ?? null, key)?.value);
  return {
    category: part('category'),
    product: part('product'),
    service: part('service'),
    definition: part('definition'),
  };
}

/** The log source as one source of the model, `product/category/service` with empty parts left empty. */
export function logsourceSources({ product, category, service }: SigmaLogsource): readonly Source[] {
  if (product === null && category === null && service === null) return [];
  return [{ kind: 'logsource', value: `${product ?? ''}/${category ?? ''}/${service ?? ''}` }];
}

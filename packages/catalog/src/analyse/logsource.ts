import type { Logsource } from '@rulescope/knowledge';
import type { Source } from '@rulescope/logic';

/** The log source that a query names: one source, `product/category/service`, of which parts may be empty. */
export function logsourceOf(sources: readonly Source[]): Logsource {
  const parts = sources.find((source) => source.kind === 'logsource')?.value.split('/') ?? [];
  const [product, category, service] = parts.map((part) => (part === '' ? null : part));
  return { product: product ?? null, category: category ?? null, service: service ?? null };
}

import type { Source } from '@rulescope/logic';
import { type Scope, scopesOf, withValues } from './platform-sources.ts';
import { PLATFORM_SOURCES } from './tables.ts';
import type { PlatformSource } from './types.ts';

const PLATFORM = 'elastic';

/** The fields that name the data set of an event (Elastic Common Schema, Event fields, Data stream fields). */
export const DATASET_FIELDS = ['data_stream.dataset', 'event.dataset', 'event.module'] as const;

const TABLE: readonly PlatformSource[] = PLATFORM_SOURCES.get(PLATFORM) ?? [];
const DATASETS = TABLE.filter(({ kind }) => kind === 'dataset').flatMap(({ names }) => names);
const STANDS_FOR = new Map(
  TABLE.flatMap(({ names, datasets }) =>
    datasets === undefined ? [] : names.map((name) => [name, datasets] as const),
  ),
);

const byDataset = new Map(DATASETS.map((name) => [name, scopesOfDataset(name)]));

/**
 * What the sources of a query mean: the index patterns, or where they say nothing, the integrations. A pattern that
 * any data set fits is open: only a test on the data set says which.
 */
export function elasticScopes(sources: readonly Source[]): readonly Scope[] {
  const meant = unique(sources.filter(({ kind }) => kind === 'index').flatMap(scopesOfPattern));
  const closed = meant.filter(({ open }) => !open);
  if (closed.length > 0) return closed;
  const integrations = sources.filter(({ kind }) => kind === 'integration').flatMap(scopesOfIntegration);
  return integrations.length > 0 ? unique(integrations) : meant;
}

/** `logs-endpoint.events.*`: the data sets whose data streams the pattern fits; `winlogbeat-*`: a row of its own. */
function scopesOfPattern({ kind, value }: Source): readonly Scope[] {
  const pattern = value.toLowerCase().replace(/^[^:]*:/, '');
  const own = [
    ...scopesOf(PLATFORM, { kind, value: pattern }),
    ...(STANDS_FOR.get(pattern) ?? []).flatMap(membersOf),
  ];
  if (own.length > 0) return own;
  if (!pattern.startsWith('logs-') && pattern !== '*') return [];
  const open = /^(?:logs-)?\*$/.test(pattern);
  const parts = pattern.split('*');
  return DATASETS.filter((dataset) => fits(`logs-${dataset}-default`, parts)).flatMap((dataset) =>
    (byDataset.get(dataset) ?? []).map((scope) => ({
      ...scope,
      open: open || (scope.open && !pattern.startsWith(`logs-${dataset}`)),
    })),
  );
}

/** `aws`: all data sets of the integration; `aws.cloudtrail`: one of them. */
function scopesOfIntegration({ value }: Source): readonly Scope[] {
  const name = value.toLowerCase();
  return DATASETS.filter((dataset) => dataset === name || dataset.startsWith(`${name}.`)).flatMap(
    (dataset) => byDataset.get(dataset) ?? [],
  );
}

function scopesOfDataset(dataset: string): readonly Scope[] {
  const members = (STANDS_FOR.get(dataset) ?? []).flatMap(membersOf);
  const own = [...scopesOf(PLATFORM, { kind: 'dataset', value: dataset }), ...members];
  const [module = dataset] = dataset.split('.');
  const values = Object.fromEntries(
    DATASET_FIELDS.map((field) => [field, field === 'event.module' ? [module] : [dataset]]),
  );
  return own.map((scope) => ({ ...scope, row: withValues(scope.row, values) }));
}

function membersOf(dataset: string): readonly Scope[] {
  return scopesOf(PLATFORM, { kind: 'dataset', value: dataset });
}

/** Whether a name is the parts of a pattern in their order, anything between them. */
function fits(name: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.endsWith(last) && name.length - last.length >= from;
}

function unique(scopes: readonly Scope[]): readonly Scope[] {
  return [...new Set(scopes)];
}

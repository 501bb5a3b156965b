import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Catalog, FacetName, RuleFilter } from '@rulescope/catalog';
import { buildCatalog, openCatalog, sourcesFor } from '@rulescope/catalog';
import { createApp } from '@rulescope/web';
import type { Figure } from './figures.ts';

/** Requests of each kind of page. */
const REQUESTS = 400;
/** Values of a facet that pages are asked for. */
const VALUES = 400;

/**
 * How long the site takes for a page, of every kind, over folders of rules: from the request to the whole HTML,
 * without a socket. Each kind is asked for many of its pages once, most-used things first, after some pages of
 * each have warmed the code up. The median is of the time that went by. The slowest are told by the time of the
 * processor in this thread, which the kernel counts in steps of some milliseconds: a page waits for nothing, and on a busy
 * machine the slowest would tell of the other processes.
 */
export async function webFigures(corpora: readonly string[]): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rulescope-bench-web-'));
  const output = join(folder, 'catalog.sqlite');
  await buildCatalog({ sources: sourcesFor(corpora), output, cacheFolder: null });
  const catalog = openCatalog(output);
  try {
    const app = createApp(catalog);
    const figures: Figure[] = [];
    for (const [kind, paths] of Object.entries(pagesOf(catalog))) {
      const times: number[] = [];
      const processor: number[] = [];
      const ask = async (path: string): Promise<void> => {
        const start = performance.now();
        const used = process.threadCpuUsage();
        const response = await app.request(path);
        await response.text();
        times.push(performance.now() - start);
        const { user, system } = process.threadCpuUsage(used);
        processor.push((user + system) / 1000);
        if (!response.ok) throw new Error(`${path} is answered with ${response.status}`);
      };
      for (const path of paths.slice(0, 20)) await ask(path);
      times.length = 0;
      processor.length = 0;
      for (let i = 0; i < Math.max(paths.length, 100); i += 1) await ask(paths[i % paths.length] ?? '/');
      figures.push({ name: `${kind}, p50`, value: percentile(times, 0.5), unit: 'ms' });
      const slowest = percentile(processor, 0.99);
      figures.push({ name: `${kind}, p99 of processor time`, value: slowest, unit: 'ms', atMost: 20 });
    }
    return figures;
  } finally {
    catalog.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The value that this share of the values does not exceed. */
function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
}

/** The addresses of each kind of page. */
function pagesOf(catalog: Catalog): Readonly<Record<string, readonly string[]>> {
  const values = (name: FacetName, filter: RuleFilter = {}): readonly string[] =>
    catalog.facets(filter, [name], VALUES)[0]?.values.map(({ value }) => value) ?? [];
  const lists = (
    ['tactic', 'technique', 'event', 'field', 'logsource', 'author', 'severity'] as const
  ).flatMap((name) =>
    values(name)
      .slice(0, 60)
      .map((value) => `/?${new URLSearchParams({ [name]: value })}`),
  );
  const total = catalog.stats().rules;
  const rules = every(catalog.rules({ retired: true }, { limit: 100_000, offset: 0 }).rules, REQUESTS);
  const encoded = (value: string): string => value.split('/').map(encodeURIComponent).join('/');
  const fields = values('field');
  return {
    'the list': Array.from({ length: Math.ceil(total / 50) }, (_, i) => `/?page=${i + 1}`),
    'a narrowed list': lists,
    'a search': ['powershell', 'certutil', 'windows', 'cmd.exe /c', 'mimikatz', 'the', 'image'].map(
      (words) => `/search?${new URLSearchParams({ q: words })}`,
    ),
    'a facet': ['technique', 'event', 'field', 'author', 'logsource'].map((name) => `/facets/${name}`),
    'a rule': rules.map(({ id }) => `/rules/${encoded(id)}`),
    'rules like a rule': rules.map(({ id }) => `/overlap/${encoded(id)}`),
    'an indicator': fields
      .slice(0, 40)
      .flatMap((field) =>
        catalog
          .fieldIndicators(field, { limit: 10, offset: 0 })
          .indicators.map(({ op, value }) => `/indicators?${new URLSearchParams({ field, op, value })}`),
      ),
    'the matrix': ['/tactics'],
    'a tactic': values('tactic').map((tactic) => `/tactics/${tactic}`),
    'a technique': values('technique').map((technique) => `/techniques/${technique}`),
    'the events': ['/events'],
    'an event': values('event', { product: 'windows' })
      .filter((event) => /^[^/]+\/\d+$/.test(event))
      .map((event) => `/events/${encoded(event)}`),
    'the fields': ['/fields'],
    'a field': fields.map((field) => `/fields/${encodeURIComponent(field)}`),
    'problems, coverage and help': ['/problems', '/coverage', '/help'],
  };
}

/** So many of the items, spread evenly over all. */
function every<T>(items: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, i) => i % step === 0);
}

import type { CoverageRow, Facet, UnderstandingReport } from '@rulescope/catalog';
import type { Paint } from './paint.ts';
import { plainLine } from './plain.ts';
import { columns } from './table.ts';
import { formatNumber } from './words.ts';

/** What is understood of a catalog, as lines for people; of each list the first `limit` lines. */
export function renderUnderstanding(
  report: UnderstandingReport,
  limit: number,
  paint: Paint,
): readonly string[] {
  const [head = '', ...rows] = columns(
    [
      ['Source', 'Language', 'Rules', 'In full', 'In part', 'Not', 'Canonical', 'Native', 'Unknown', 'Known'],
      ...report.rows.map(({ source, platform, language, rules, understood, fields }) => [
        plainLine(source),
        plainLine(language ?? `${platform}, ${unreadWords(understood)}`),
        ...[rules, understood.full, understood.partial, understood.none].map(formatNumber),
        ...[fields.canonical, fields.native, fields.unknown].map(formatNumber),
        shareOf(fields.canonical + fields.native, fields.unknown),
      ]),
    ],
    ['left', 'left', ...Array.from({ length: 8 }, () => 'right' as const)],
  );
  const fields = report.unknownFields
    .slice(0, limit)
    .map(({ field, platform, values }) => [formatNumber(values), plainLine(field), plainLine(platform)]);
  return [
    paint.heading(head),
    ...rows,
    ...part('Fields that are not known (tested values)', fields, report.unknownFieldTotal, paint),
    ...part('Names that nothing defines (rules)', rowsOf(report.missing, limit), report.missing.total, paint),
    ...part('Diagnostics (rules)', rowsOf(report.diagnostics, limit), report.diagnostics.total, paint),
  ];
}

/** What rules without a language are: without a query, such as machine-learning rules, or in a language not read. */
function unreadWords({ full, partial, none }: CoverageRow['understood']): string {
  if (none === 0) return 'no query';
  return full + partial === 0 ? 'not read' : 'no query or not read';
}

function shareOf(known: number, unknown: number): string {
  const all = known + unknown;
  return all === 0 ? '-' : `${((known / all) * 100).toFixed(1)} %`;
}

function rowsOf({ values }: Facet, limit: number): readonly (readonly string[])[] {
  return values.slice(0, limit).map(({ label, rules }) => [formatNumber(rules), plainLine(label)]);
}

function part(
  title: string,
  rows: readonly (readonly string[])[],
  total: number,
  paint: Paint,
): readonly string[] {
  if (rows.length === 0) return [];
  const more = total - rows.length;
  return [
    '',
    paint.heading(title),
    ...columns(rows, ['right', 'left', 'left']),
    ...(more > 0 ? [`and ${formatNumber(more)} more`] : []),
  ];
}

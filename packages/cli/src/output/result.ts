import { coverageOf, type EventCoverage, noCoverageReason, type RuleResult } from '@rulescope/catalog';
import type { Diagnostic, Expression, Indicator, Query, Source, Stage } from '@rulescope/logic';
import { printExpression } from '@rulescope/logic';
import type { Explained } from '../explain/explain.ts';
import { renderEvents } from './events.ts';
import type { Paint } from './paint.ts';
import { plain, plainLine } from './plain.ts';
import { indent } from './table.ts';
import { formatNumber, understoodWords } from './words.ts';

/** How a text is printed for people. */
export interface Style {
  readonly paint: Paint;
  /** The longest line of a paragraph, in characters. */
  readonly width: number;
}

/**
 * A result as text for people: what was understood, stages, exclusions, indicators, terms, what its events show
 * of it, diagnostics.
 */
export function renderAnswer({ answer, coverage }: Explained, name: string, style: Style): string {
  const { paint } = style;
  const queries = answer.queries ?? [];
  const title = [
    paint.heading(plainLine(name)),
    ...namesOf(answer),
    answer.language === null ? '' : plainLine(answer.language),
    understoodWords(answer.understood, [...answer.diagnostics, ...queries.flatMap(diagnosticsOf)], paint),
  ];
  const parts = [title.filter((word) => word !== '').join('  ')];
  if (queries.length > 0) {
    parts.push(`The text holds ${formatNumber(queries.length)} queries.`);
    queries.forEach((query, i) => {
      const how = understoodWords(query.understood, query.diagnostics, paint);
      parts.push([paint.heading(`Query ${i + 1}`), ...namesOf(query), how].join('  '));
      const events = coverage?.[i] ?? coverageOf(query);
      const logic = [...renderLogic(query, paint), ...renderCoverage(query, events, style)];
      parts.push(...logic.map((text) => indent(text, 2)));
      parts.push(...renderDiagnostics(query.diagnostics, name, paint));
    });
  } else {
    parts.push(...renderLogic(answer, paint));
    const { language } = answer;
    const events = coverage?.[0] ?? (language === null ? [] : coverageOf({ ...answer, language }));
    parts.push(...renderCoverage(answer, events, style));
  }
  parts.push(...renderDiagnostics(answer.diagnostics, name, paint));
  return `${parts.join('\n\n')}\n`;
}

/** What a query is called, once: a stanza's name is its title and its id. */
function namesOf({ title, id }: Partial<Pick<Query, 'title' | 'id'>>): readonly string[] {
  const names = [title, id].flatMap((name) => (name == null || name === '' ? [] : plainLine(name)));
  return [...new Set(names)];
}

function diagnosticsOf({ diagnostics }: Pick<Query, 'diagnostics'>): readonly Diagnostic[] {
  return diagnostics;
}

/** What a query looks for, as the parts that are not empty. */
export function renderLogic(query: Omit<Query, 'language'>, paint: Paint): readonly string[] {
  // A test of what the query has worked out is never counted: it says how often, not what.
  const thresholds = query.indicators.filter(({ derived }) => derived);
  const tests = query.indicators.filter(({ derived }) => !derived);
  return [
    ...renderPart('Looks in', renderSources(query.sources), paint),
    ...renderPart('Stages', renderStages(query.stages), paint),
    ...renderPart(
      'Exclusions',
      query.exclusions.map((exclusion, i) => numbered(i + 1, print(exclusion.where))),
      paint,
    ),
    ...renderPart('Indicators', tests.map(renderIndicator), paint),
    ...renderPart('Thresholds', thresholds.map(renderIndicator), paint),
    ...renderPart(
      'Search terms',
      query.terms.map(
        ({ value, polarity }) =>
          `${plain(JSON.stringify(value))}${polarity === 'exclude' ? ' [excluded]' : ''}`,
      ),
      paint,
    ),
  ];
}

/** What the events that a query can mean show of it; where those are not known, why. */
export function renderCoverage(
  { sources, language }: Pick<RuleResult, 'sources' | 'language'>,
  events: readonly EventCoverage[],
  { paint, width }: Style,
): readonly string[] {
  // A correlation of Sigma's has the events of its rules.
  const isAsked = language !== null && (language !== 'sigma' || sources.length > 0);
  const reason = isAsked ? noCoverageReason({ sources, language }, events) : null;
  if (reason !== null) return [plainLine(reason)];
  return renderPart('Event coverage', renderEvents(events, paint, width), paint);
}

/** Diagnostics as compilers write them, so that editors and terminals can follow them to their place. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  name: string,
  paint: Paint,
): readonly string[] {
  if (diagnostics.length === 0) return [];
  const lines = diagnostics.map(({ severity, code, message, line, column }) => {
    const word =
      severity === 'error'
        ? paint.error(severity)
        : severity === 'warning'
          ? paint.warning(severity)
          : severity;
    return `${plainLine(name)}:${line}:${column}: ${word}: ${plainLine(message)} [${code}]`;
  });
  return [lines.join('\n')];
}

/** A heading and what stands under it; nothing where that is nothing. */
export function renderPart(title: string, items: readonly string[], paint: Paint): readonly string[] {
  if (items.length === 0) return [];
  return [`${paint.heading(title)}\n${items.map((item) => indent(item, 2)).join('\n')}`];
}

/** A part of several lines, its number before the first. */
function numbered(number: number, text: string): string {
  const lead = `${number}  `;
  return lead + indent(text, lead.length).trimStart();
}

/** Where a query takes its events from, one line a kind: index, table, data model, log source … */
export function renderSources(sources: readonly Source[]): readonly string[] {
  const groups = Map.groupBy(sources, ({ kind }) => kind);
  return [...groups].map(([kind, group]) =>
    plainLine(
      kind === 'logsource'
        ? `log source ${group.map(({ value }) => logsourceWords(value)).join('; ')}`
        : `${kind} ${group.map(({ value }) => value).join(', ')}`,
    ),
  );
}

/** Sigma's log source, `product/category/service` with empty parts left empty, as words. */
function logsourceWords(value: string): string {
  const parts = value.split('/');
  return ['product', 'category', 'service']
    .flatMap((name, i) => (parts[i] === undefined || parts[i] === '' ? [] : [`${name} ${parts[i]}`]))
    .join(', ');
}

function renderStages(stages: readonly Stage[]): readonly string[] {
  return stages.map((stage) => {
    const note =
      stage.understood === 'full'
        ? ''
        : stage.understood === 'none'
          ? ' (not understood)'
          : ' (understood in part)';
    const lines = [`${stage.index}  ${plainLine(stage.name)}${note}`];
    if (stage.where === null) lines.push(indent(plain(stage.text).trim(), 4));
    else lines.push(indent(print(stage.where), 4));
    for (const query of stage.queries) {
      lines.push(indent(['query', plainLine(query.title ?? query.id ?? '')].join(' ').trim(), 4));
      lines.push(...renderStages(query.stages).map((text) => indent(text, 6)));
    }
    return lines.join('\n');
  });
}

/** A test as it is written, and the canonical field that a catalog counts it under, where that has another name. */
function renderIndicator(indicator: Indicator): string {
  const { path: _path, ...test } = indicator;
  const { field, canonical } = test;
  const isOther = canonical !== undefined && canonical.toLowerCase() !== field?.toLowerCase();
  return `${print({ test })}${isOther ? `  counted as ${plainLine(canonical)}` : ''}`;
}

function print(expression: Expression): string {
  return plain(printExpression(expression, { multiline: true }));
}

import type { BuildReport, DuplicateId, Problem, ReportedRule } from '@rulescope/catalog';
import type { Paint } from './paint.ts';
import { plainLine } from './plain.ts';
import { formatNumber, plural, seconds } from './words.ts';

/** Problems that are listed without --verbose. */
const FEW = 10;

/** Rules not understood in full that are listed without --verbose. */
export const FEW_RULES = 20;

/** What a build did, as lines for people. */
export function renderReport(report: BuildReport, verbose: boolean, paint: Paint): readonly string[] {
  const { rules, files, cached, understood, notUnderstood, problems, duplicates, notes, milliseconds } =
    report;
  const fromCache = cached === 0 ? '' : `, ${formatNumber(cached)} of them unchanged`;
  const lines = [
    `${paint.heading(plural(rules, 'rule'))} from ${plural(files, 'file')}${fromCache}, in ${seconds(milliseconds)}.`,
    `Understood in full: ${formatNumber(understood.full)}, in part: ${formatNumber(understood.partial)}, not: ${formatNumber(understood.none)}.`,
  ];
  const named = verbose ? notUnderstood : notUnderstood.slice(0, FEW_RULES);
  lines.push(...renderNotUnderstood(named, { total: notUnderstood.length, places: 'file' }, paint));
  if (problems.length > 0) {
    lines.push(`${paint.warning(plural(problems.length, 'file'))} could not be read whole:`);
    const shown = verbose ? problems : problems.slice(0, FEW);
    lines.push(...shown.flatMap((problem) => renderProblem(problem, paint)));
    const more = problems.length - shown.length;
    if (more > 0) lines.push(`  and ${plural(more, 'more file')}: --verbose lists them all`);
  }
  lines.push(...renderDuplicates(duplicates, verbose, paint));
  lines.push(...notes.map((note) => `${paint.warning('Note:')} ${plainLine(note)}`));
  const why = report.unchanged ? 'nothing has changed' : 'no rule was found';
  const kept = report.written ? '' : ` (left as it was: ${why})`;
  lines.push(`Catalog: ${plainLine(report.output)}${kept}`);
  return lines;
}

/**
 * Rules that are not understood in full, each with its reason at its place; `total` is how many there are, `places` what
 * the places are counted in: a catalog has those of the rule's own text.
 */
export function renderNotUnderstood(
  rules: readonly ReportedRule[],
  { total, places }: { readonly total: number; readonly places: 'file' | 'rule' },
  paint: Paint,
): readonly string[] {
  if (total === 0) return [];
  const lines = rules.map(({ id, source, path, understood, diagnostic }) => {
    const how = paint.warning(understood === 'none' ? 'not understood' : 'in part');
    const place = diagnostic === null ? '' : `${diagnostic.line}:${diagnostic.column}`;
    const [inFile, inRule] = places === 'file' ? [`:${place}`, ''] : ['', ` (${place} of the rule)`];
    const why = diagnostic === null ? '' : `${inRule}: ${plainLine(diagnostic.message)} [${diagnostic.code}]`;
    return `  ${plainLine(`${source}/${path}`)}${place === '' ? '' : inFile}: ${how}: ${plainLine(id)}${why}`;
  });
  const more = total - rules.length;
  return [
    `${paint.warning(plural(total, 'rule'))} not understood in full:`,
    ...lines,
    ...(more > 0 ? [`  and ${formatNumber(more)} more: --verbose lists them all`] : []),
  ];
}

/** Rules whose id another one has already, each with both files. */
function renderDuplicates(
  duplicates: readonly DuplicateId[],
  verbose: boolean,
  paint: Paint,
): readonly string[] {
  if (duplicates.length === 0) return [];
  const shown = verbose ? duplicates : duplicates.slice(0, FEW);
  const more = duplicates.length - shown.length;
  const verb = duplicates.length === 1 ? 'says' : 'say';
  return [
    `${paint.warning(plural(duplicates.length, 'rule'))} ${verb} an id that another rule has already:`,
    ...shown.map(
      (one) => `  ${plainLine(`${one.source}/${one.path}: ${one.wanted} is that of ${keeperOf(one)}`)}`,
    ),
    ...(more > 0 ? [`  and ${formatNumber(more)} more: --verbose lists them all`] : []),
  ];
}

function keeperOf({ source, path, keeper }: DuplicateId): string {
  const isOwnFile = keeper.source === source && keeper.path === path;
  return isOwnFile ? 'a rule before it in the file' : `${keeper.source}/${keeper.path}`;
}

function renderProblem(problem: Problem, paint: Paint): readonly string[] {
  const place = plainLine(`${problem.source}/${problem.path}`);
  return problem.diagnostics.map(
    ({ severity, code, message, line, column }) =>
      `  ${place}:${line}:${column}: ${severity === 'error' ? paint.error(severity) : severity}: ${plainLine(message)} [${code}]`,
  );
}

import { diagnosticCodes as catalogCodes, languages } from '@rulescope/catalog';
import type { DiagnosticCode } from '@rulescope/logic';
import { nearest, SHARED_CODES } from '@rulescope/logic';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { EXPLAIN_CODES } from '../explain/codes.ts';
import { plainJson } from '../output/plain.ts';
import { print, printLines, widthOf } from '../output/print.ts';
import { columns, wrap } from '../output/table.ts';
import { examples } from './options.ts';

/** The word that asks for the list of all diagnostics. */
const CODES = 'codes';

/** All diagnostics that Rulescope gives, by code. */
export function allDiagnosticCodes(): readonly DiagnosticCode[] {
  const codes = [
    ...SHARED_CODES,
    ...languages.flatMap((language) => language.diagnosticCodes),
    ...catalogCodes,
    ...EXPLAIN_CODES,
  ];
  return codes.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** Adds `rulescope help`. */
export function addHelp(program: Command, context: Context): void {
  program
    .command('help')
    .description('explain a command, or a diagnostic by its code')
    .argument('[topic]', `a command, the code of a diagnostic, or "${CODES}" for the list of them`)
    .option('--json', 'print diagnostics as JSON')
    .addHelpText(
      'after',
      examples([
        ['rulescope help build', 'how to use a command'],
        ['rulescope help codes', 'all diagnostics'],
        ['rulescope help text-too-large', 'what one of them means and what to do'],
      ]),
    )
    .action(async (topic: string | undefined, flags: { readonly json?: boolean }) => {
      const { io } = context;
      const command = topic === undefined ? program : program.commands.find((item) => item.name() === topic);
      if (command !== undefined) return command.outputHelp();
      const codes = allDiagnosticCodes();
      if (topic === CODES) {
        const lines = columns(
          codes.map(({ code, severity, title }) => [code, severity, title]),
          ['left', 'left', 'left'],
        );
        return flags.json === true
          ? print(io.stdout, `${plainJson(codes, 2)}\n`)
          : printLines(io.stdout, lines);
      }
      const row = codes.find((item) => item.code === topic);
      if (row === undefined) {
        const names = [
          ...program.commands.map((item) => item.name()),
          CODES,
          ...codes.map(({ code }) => code),
        ];
        const meant = topic === undefined ? null : nearest(topic, names);
        const hint = meant === null ? '' : ` Did you mean ${meant}?`;
        throw new CliError(
          `There is no command and no diagnostic ${JSON.stringify(topic)}: see \`rulescope help\` and \`rulescope help codes\`.${hint}`,
        );
      }
      return flags.json === true
        ? print(io.stdout, `${plainJson(row, 2)}\n`)
        : printLines(io.stdout, renderCode(row, context));
    });
}

function renderCode(row: DiagnosticCode, { io, paint }: Context): readonly string[] {
  return [`${paint.heading(row.title)}  ${row.code}  ${row.severity}`, '', wrap(row.help, widthOf(io))];
}

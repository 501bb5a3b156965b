import { diagnosticCodes as catalogCodes, GLOSSARY, type GlossaryEntry, languages } from '@rulescope/catalog';
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

/** The word that asks for the glossary. */
const WORDS = 'words';

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

/** What help there is of a topic: as text, and as the data behind it. */
interface Topic {
  readonly lines: readonly string[];
  readonly data: unknown;
}

/** Adds `rulescope help`. */
export function addHelp(program: Command, context: Context): void {
  program
    .command('help')
    .description('explain a command, a word that answers use, or a diagnostic by its code')
    .argument(
      '[topic...]',
      `a command, a word, the code of a diagnostic; "${WORDS}" and "${CODES}" list them`,
    )
    .option('--json', 'print words and diagnostics as JSON')
    .addHelpText(
      'after',
      examples([
        ['rulescope help build', 'how to use a command'],
        ['rulescope help words', 'what derived, canonical, blind … mean'],
        ['rulescope help noisier', 'what one of these words means'],
        ['rulescope help codes', 'all diagnostics'],
        ['rulescope help text-too-large', 'what one of them means and what to do'],
      ]),
    )
    .action(async (words: readonly string[], flags: { readonly json?: boolean }) => {
      const { io } = context;
      const [name] = words;
      const command = name === undefined ? program : program.commands.find((item) => item.name() === name);
      if (command !== undefined) return command.outputHelp();
      const { lines, data } = topicOf(words.join(' '), program, context);
      return flags.json === true ? print(io.stdout, `${plainJson(data, 2)}\n`) : printLines(io.stdout, lines);
    });
}

/** Throws a CliError where there is no help of it. */
function topicOf(topic: string, program: Command, context: Context): Topic {
  const codes = allDiagnosticCodes();
  if (topic === CODES) {
    const rows = codes.map(({ code, severity, title }) => [code, severity, title]);
    return { lines: columns(rows, ['left', 'left', 'left']), data: codes };
  }
  if (topic === WORDS) {
    const lines = GLOSSARY.map((entry) => renderWord(entry, context).join('\n'));
    return { lines: [lines.join('\n\n')], data: GLOSSARY };
  }
  const entry = GLOSSARY.find(({ word }) => word === topic.toLowerCase());
  if (entry !== undefined) return { lines: renderWord(entry, context), data: entry };
  const row = codes.find(({ code }) => code === topic);
  if (row !== undefined) return { lines: renderCode(row, context), data: row };
  const names = [
    ...program.commands.map((item) => item.name()),
    CODES,
    WORDS,
    ...GLOSSARY.map(({ word }) => word),
    ...codes.map(({ code }) => code),
  ];
  const meant = nearest(topic, names);
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  throw new CliError(
    `There is no command, no word and no diagnostic ${JSON.stringify(topic)}: see \`rulescope help\`, \`rulescope help words\` and \`rulescope help codes\`.${hint}`,
  );
}

function renderWord({ word, where, meaning }: GlossaryEntry, { io, paint }: Context): readonly string[] {
  return [`${paint.heading(word)}  ${paint.quiet(where)}`, wrap(meaning, widthOf(io))];
}

function renderCode(row: DiagnosticCode, { io, paint }: Context): readonly string[] {
  return [`${paint.heading(row.title)}  ${row.code}  ${row.severity}`, '', wrap(row.help, widthOf(io))];
}

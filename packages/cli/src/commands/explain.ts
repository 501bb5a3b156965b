import { join, relative, resolve } from 'node:path';
import {
  contextBeside,
  contextOf,
  diagnosticCodes,
  languageByName,
  languages,
  ruleFilesOf,
} from '@rulescope/catalog';
import type { Diagnostic } from '@rulescope/logic';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { CliError, EXIT, reasonOf, usageError } from '../errors.ts';
import { explainCode, textDiagnostic } from '../explain/codes.ts';
import type { Explained } from '../explain/explain.ts';
import { explain, failure, tooLarge } from '../explain/explain.ts';
import { isFolder, MOST_FILES, tooManyFiles } from '../explain/folder.ts';
import { openBytes, readText, STDIN } from '../explain/input.ts';
import { type ExplainOptions, explainLines } from '../explain/jsonl.ts';
import { serialise } from '../explain/serialise.ts';
import type { Io } from '../io.ts';
import { LANGUAGE_LIST, languageFlag } from '../language-name.ts';
import { renderAnswerLines } from '../output/answer-lines.ts';
import { plainJson } from '../output/plain.ts';
import { print, printLines, widthOf } from '../output/print.ts';
import { renderAnswer } from '../output/result.ts';
import { examples } from './options.ts';

interface ExplainFlags {
  readonly json?: boolean;
  readonly jsonl?: boolean;
  readonly language?: string;
  readonly source?: string;
}

/** Adds `rulescope explain`. */
export function addExplain(program: Command, context: Context): void {
  program
    .command('explain')
    .description('show what rules look for: stages, exclusions, indicators, what was not understood')
    .argument('[files...]', 'files of rules, or one folder; - is standard input')
    .option('--json', 'print the result as JSON; of several files, or a folder, a list')
    .option('--jsonl', 'read {"id","language","query"} one a line, write one result a line')
    .option('-l, --language <id>', `the language: ${LANGUAGE_LIST}`)
    .option('-s, --source <folder>', 'the folder whose macros and lookups searches may use')
    .addHelpText(
      'after',
      examples(
        [
          ['rulescope explain rule.yml', 'one rule, to read'],
          ['rulescope explain rules', 'the rules of a folder, one a line'],
          ['rulescope explain --json rule.yml | jq .indicators', 'its indicators, for a program'],
          ['rulescope explain --source . detections/a.yml', 'a Splunk detection, its macros from here'],
          ['cat search.txt | rulescope explain --language spl -', 'a text from another program'],
          ['rulescope explain --jsonl < requests.jsonl > results.jsonl', 'many texts, as a stream'],
        ],
        'With --jsonl every line gets exactly one result, in order; what is wrong with a line is ' +
          'in its result. Warnings leave the exit code 0. It is 1 where a text could not be ' +
          'understood at all.',
      ),
    )
    .action(async (files: readonly string[], flags: ExplainFlags) => {
      if (flags.json === true && flags.jsonl === true) {
        throw usageError('--json and --jsonl are two ways: use one of them.');
      }
      const language = languageFlag(flags.language);
      const names = inputNames(files, context.io);
      const source = flags.source === undefined ? null : contextOf(resolve(context.io.cwd, flags.source));
      const understood =
        flags.jsonl === true
          ? await streamLines(names, { language, context: source }, context.io)
          : await explainNames(names, { language, context: source }, flags.json === true, context);
      if (!understood) context.exit(EXIT.failed);
    });
}

/** The inputs that were named. Without any it is standard input, unless a person sits there. */
function inputNames(files: readonly string[], io: Io): readonly string[] {
  if (files.length === 0 && io.stdin.isTTY === true) {
    throw usageError('Name a file, or - to type the rule and end it with Ctrl-D.');
  }
  if (files.filter((name) => name === STDIN).length > 1)
    throw usageError('Standard input can be read only once.');
  return files.length === 0 ? [STDIN] : files;
}

/** Explains one folder, or files one by one; tells whether each rule, or text, was understood at least in part. */
function explainNames(
  names: readonly string[],
  options: ExplainOptions,
  json: boolean,
  context: Context,
): Promise<boolean> {
  const [name] = names;
  const isOne = names.length === 1 && name !== undefined && name !== STDIN;
  return isOne && isFolder(resolve(context.io.cwd, name))
    ? explainFolder(name, options, json, context)
    : explainFiles(names, options, json, context);
}

/** Explains the rules of a folder, one a line; as JSON each file with its result. */
async function explainFolder(
  name: string,
  { language, context: named }: ExplainOptions,
  json: boolean,
  { io, paint }: Context,
): Promise<boolean> {
  const folder = resolve(io.cwd, name);
  const { paths, more } = ruleFilesOf(folder, MOST_FILES);
  if (paths.length === 0) throw new CliError(`There is no rule in ${name}.`);
  const options = { language, context: named ?? contextOf(folder) };
  let understood = true;
  for (const [i, path] of paths.entries()) {
    const file = join(name, relative(folder, path));
    const { answer } = await explainFile(file, options, io);
    const written = json ? serialise(answer) : null;
    understood &&= (written?.answer ?? answer).understood !== 'none';
    if (written === null) await printLines(io.stdout, renderAnswerLines(answer, file, paint));
    else {
      const shown = plainJson(file);
      await print(io.stdout, `${i === 0 ? '[\n' : ',\n'}{"file":${shown},"result":${written.json}}`);
    }
  }
  if (json) await print(io.stdout, '\n]\n');
  if (more) io.stderr.write(`rulescope: ${tooManyFiles(name)}\n`);
  return understood;
}

/** Explains whole files; tells whether each was understood at least in part. */
async function explainFiles(
  names: readonly string[],
  options: ExplainOptions,
  json: boolean,
  context: Context,
): Promise<boolean> {
  const { io, paint } = context;
  const list = json && names.length > 1;
  let understood = true;
  for (const [i, name] of names.entries()) {
    const explained = await explainFile(name, options, io);
    const { answer } = explained;
    if (json) {
      const written = serialise(answer, 2);
      understood &&= written.answer.understood !== 'none';
      await print(io.stdout, list ? `${i === 0 ? '[\n' : ',\n'}${written.json}` : `${written.json}\n`);
    } else {
      understood &&= answer.understood !== 'none';
      const text = renderAnswer(explained, shownName(name), { paint, width: widthOf(io) });
      await print(io.stdout, `${i === 0 ? '' : '\n'}${text}`);
    }
  }
  if (list) await print(io.stdout, '\n]\n');
  return understood;
}

async function explainFile(name: string, { language, context }: ExplainOptions, io: Io): Promise<Explained> {
  const file = name === STDIN ? null : name;
  const asked = language ?? (file === null ? null : languageByName(file));
  const read = await readText(name, io);
  switch (read.kind) {
    case 'text': {
      const own = context ?? (file === null ? null : contextBeside(resolve(io.cwd, file)));
      const { answer, coverage } = explain({ id: null, language, file, query: read.text }, languages, own);
      const diagnostics = read.valid ? answer.diagnostics : [notUtf8(), ...answer.diagnostics];
      return { answer: { ...answer, diagnostics }, coverage };
    }
    case 'too-large':
      return { answer: tooLarge(null, asked), coverage: null };
    case 'unreadable': {
      const message = `Cannot read ${shownName(name)}: ${read.reason}.`;
      const told = textDiagnostic(explainCode('input-unreadable'), message);
      return { answer: failure(null, asked, told), coverage: null };
    }
  }
}

function notUtf8(): Diagnostic {
  const row = diagnosticCodes.find((candidate) => candidate.code === 'not-utf-8');
  const message = 'Bytes that are not UTF-8 are read as U+FFFD.';
  return textDiagnostic(row ?? explainCode('explain-failed'), message);
}

/** Answers request by request; tells whether each was understood at least in part. */
async function streamLines(names: readonly string[], options: ExplainOptions, io: Io): Promise<boolean> {
  let understood = true;
  for (const name of names) {
    try {
      for await (const answer of explainLines(openBytes(name, io), languages, options)) {
        const written = serialise(answer);
        understood &&= written.answer.understood !== 'none';
        await print(io.stdout, `${written.json}\n`);
      }
    } catch (error) {
      if (!isReadError(error)) throw error;
      io.stderr.write(`rulescope: cannot read ${shownName(name)}: ${reasonOf(error)}\n`);
      understood = false;
    }
  }
  return understood;
}

/** Errors of the input are told and the other inputs are read; those of the output end everything. */
function isReadError(error: unknown): boolean {
  return (
    error instanceof Error && 'syscall' in error && (error.syscall === 'open' || error.syscall === 'read')
  );
}

function shownName(name: string): string {
  return name === STDIN ? 'standard input' : name;
}

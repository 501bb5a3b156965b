import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addBuild } from './commands/build.ts';
import { addExplain } from './commands/explain.ts';
import { addHelp } from './commands/help.ts';
import { addOverlap } from './commands/overlap.ts';
import { addSearch } from './commands/search.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addStats } from './commands/stats.ts';
import type { Context } from './context.ts';
import { plain } from './output/plain.ts';

const AFTER = `
Examples:
  # see Rulescope's own examples in a browser
  rulescope serve --build
  # what one rule really looks for
  rulescope explain rule.yml
  # a catalog of your rules, then questions about it
  rulescope build ~/sigma/rules
  rulescope search msiexec
  # does such a rule exist already, in any language?
  rulescope overlap rule.yml
  # what the words of the answers mean
  rulescope help words

Exit codes:
  0  done; warnings about rules do not change it
  1  something failed, was not found, or could not be understood at all
  2  the command line is wrong

Catalogs and cached analyses are kept in $XDG_CACHE_HOME/rulescope
(~/.cache/rulescope). Nothing leaves this machine.`;

/** The command line: its commands, flags and help. Parsing throws a CommanderError instead of ending the process. */
export function createProgram(context: Context): Command {
  const { io, paint } = context;
  const program = new Command('rulescope')
    .description('Shows what detection rules really look for.')
    .version(version(), '-V, --version', 'print the version')
    .option('-q, --quiet', 'print nothing but the answer')
    .option('-v, --verbose', 'print more, and where an unexpected error comes from')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, styleTitle: paint.heading })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 80, 100),
      getErrHelpWidth: () => Math.min(io.stderr.columns ?? 80, 100),
      getOutHasColors: () => true,
      outputError: (text, write) => write(plain(text.replace(/^error: /, 'rulescope: '))),
    })
    .addHelpText('after', AFTER);
  addBuild(program, context);
  addServe(program, context);
  addExplain(program, context);
  addSearch(program, context);
  addOverlap(program, context);
  addShow(program, context);
  addStats(program, context);
  addHelp(program, context);
  return program;
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const about: unknown = JSON.parse(text);
  const found = typeof about === 'object' && about !== null && 'version' in about ? about.version : null;
  return typeof found === 'string' ? found : 'unknown';
}

import type { Diagnostic } from '@rulescope/logic';

/** A name that a rule uses and nothing that it comes with defines. */
export interface MissingName {
  /** What it is the name of. */
  readonly kind: 'macro' | 'command' | 'function' | 'lookup' | 'parameter' | 'placeholder' | 'rule' | 'name';
  readonly name: string;
}

/**
 * The diagnostics that say that a name is not defined, and where their messages have it. A macro's call need not
 * stand in the text itself, so that its span would not say the name.
 */
const NAMING: ReadonlyMap<string, readonly [MissingName['kind'], RegExp]> = new Map([
  ['spl-unknown-macro', ['macro', /defines the macro (.+)\.$/]],
  ['spl-unknown-command', ['command', /^(.+) is no command of Splunk/]],
  ['spl-unknown-function', ['function', /evaluation function ([^.\s]+)/]],
  ['eql-unknown-function', ['function', /has no function ([^.\s]+)/]],
  ['eql-unknown-pipe', ['command', /has no pipe ([^.\s]+)/]],
  ['esql-unknown-command', ['command', /has no command ([^.\s]+)/]],
  ['esql-unknown-function', ['function', /has no function ([^.\s]+)/]],
  ['esql-parameter', ['parameter', /^(?:The function )?(\S+) is given/]],
  ['esql-lookup-columns', ['lookup', /^(.+) adds columns/]],
  ['kql-not-defined-here', ['name', /^"(.+)" is /]],
  ['sigma-placeholder', ['placeholder', /^What (.+) stands for/]],
  ['sigma-rule-not-found', ['rule', /no rule "(.+)" here/]],
]);

/** The longest name that is kept. */
const LONGEST = 200;

/** The names that a rule's diagnostics say are not defined, each once. */
export function missingNames(diagnostics: readonly Diagnostic[]): readonly MissingName[] {
  const names = new Map<string, MissingName>();
  for (const { code, message } of diagnostics) {
    const naming = NAMING.get(code);
    if (naming === undefined) continue;
    const [kind, pattern] = naming;
    const name = pattern.exec(message)?.[1]?.slice(0, LONGEST).toWellFormed();
    if (name !== undefined) names.set(missingValue({ kind, name }), { kind, name });
  }
  return [...names.values()];
}

/** A missing name as a value of a facet: `macro wineventlog_security`. */
export function missingValue({ kind, name }: MissingName): string {
  return `${kind} ${name}`;
}

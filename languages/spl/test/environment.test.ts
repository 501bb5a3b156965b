import { type Expression, printExpression, toResult } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';
import {
  type LookupTable,
  type MacroDefinition,
  macroKey,
  parseSpl,
  type SplEnvironment,
} from '../src/index.ts';

const MACROS: readonly MacroDefinition[] = [
  { name: 'endpoint_logs', parameters: [], definition: 'sourcetype=win:a OR sourcetype=win:b' },
  { name: 'shells', parameters: [], definition: '(process_name=cmd.exe OR process_name=powershell.exe)' },
  { name: 'runs', parameters: ['name'], definition: 'process_name="$name$"' },
  { name: 'runs', parameters: ['name', 'word'], definition: 'process_name="$name$" process=*$word$*' },
  { name: 'script_hosts', parameters: [], definition: '`runs(wscript.exe)` OR `runs(cscript.exe)`' },
  { name: 'when', parameters: ['field'], definition: 'convert ctime($field$)' },
  { name: 'often', parameters: [], definition: 'stats count by host | where count > 5' },
  { name: 'house_filter', parameters: [], definition: 'search NOT host=build*' },
  { name: 'nothing', parameters: [], definition: '' },
];

const TOOLS: LookupTable = {
  name: 'tools',
  columns: ['tool', 'kind'],
  rows: [
    ['anydesk*', 'remote'],
    ['teamviewer.exe', 'remote'],
    ['notepad.exe', 'editor'],
  ],
  caseSensitive: false,
  wildcardColumns: ['tool'],
};

const ENVIRONMENT: SplEnvironment = {
  macros: new Map(MACROS.map((macro) => [macroKey(macro.name, macro.parameters.length), macro])),
  lookups: new Map([[TOOLS.name, TOOLS]]),
};

const explain = (text: string) => toResult(parseSpl(text, ENVIRONMENT), null);
/** A condition in a few words, without where its tests are from. */
const shown = (where: Expression | null): string =>
  where === null
    ? ''
    : printExpression(where)
        .replaceAll(/ \[via [^\]]+\]/g, '')
        .replaceAll(/\s+/g, ' ');

describe('macros that the environment defines (Knowledge Manager Manual, "Use search macros in searches")', () => {
  it('are text: one that is half a condition joins what stands behind it', () => {
    const { where, sources } = explain('`endpoint_logs` EventCode=1');
    expect(sources.map(({ value }) => value)).toEqual(['win:a', 'win:b']);
    expect(shown(where)).toBe('EventCode = 1');
  });

  it('give tests that say which macro they are from, at the place of its call', () => {
    const text = 'index=a `shells` user=ann';
    const { indicators } = explain(text);
    const [first, second, third] = indicators;
    expect([first?.via, second?.via, third?.via]).toEqual(['macro:shells', 'macro:shells', null]);
    expect(first === undefined ? '' : text.slice(...first.span)).toBe('`shells`');
  });

  it('are found by the number of their arguments, which may be named', () => {
    expect(shown(explain('`runs(reg.exe)`').where)).toBe('process_name = "reg.exe"');
    const both = 'process_name = "reg.exe" and process contains "save"';
    expect(shown(explain('`runs(reg.exe, save)`').where)).toBe(both);
    expect(shown(explain('`runs(word=save, name=reg.exe)`').where)).toBe(both);
    expect(shown(explain('`runs("reg.exe", "save")`').where)).toBe(both);
    expect(explain('index=a x=y `runs(a, b, c)`').diagnostics.map(({ code }) => code)).toEqual([
      'spl-unknown-macro',
    ]);
  });

  it('may call others', () => {
    const { where, indicators } = explain('`script_hosts`');
    expect(shown(where)).toBe('process_name = "wscript.exe" or process_name = "cscript.exe"');
    expect(indicators.map(({ via }) => via)).toEqual(['macro:script_hosts', 'macro:script_hosts']);
  });

  it('stay as they are in quoted values', () => {
    expect(explain('index=a "audit`shells`local"').terms.map(({ value }) => value)).toEqual([
      'audit`shells`local',
    ]);
  });

  it('that eval computes are not those that nobody defines (macros.conf, "iseval")', () => {
    const text = 'index=a x=y `made`';
    const environment = { ...ENVIRONMENT, evaluatedMacros: new Set(['made']) };
    const { diagnostics, understood } = toResult(parseSpl(text, environment), null);
    expect(diagnostics.map(({ code }) => code)).toEqual(['spl-evaluated-macro']);
    expect(understood).toBe('full');
  });

  it('may be commands, and several of them', () => {
    const { stages, where } = explain('index=a x=1 | `when(_time)` | `often` | `house_filter`');
    expect(stages.map(({ name }) => name)).toEqual(['search', 'convert', 'stats', 'where', 'search']);
    expect(shown(where)).toBe('x = 1 and not (host starts_with "build")');
  });

  it('may be empty', () => {
    expect(shown(explain('index=a `nothing` x=1').where)).toBe('x = 1');
  });
});

describe('lookup tables whose content is known (Search Reference, "lookup")', () => {
  it('show what a test on one of their columns asks of the field that is looked up', () => {
    const { where, indicators } = explain(
      'index=a | lookup tools tool AS process_name OUTPUT kind | where kind="remote"',
    );
    expect(shown(where)).toBe('process_name starts_with "anydesk" or process_name = "teamviewer.exe"');
    expect(new Set(indicators.map(({ via }) => via))).toEqual(new Set(['lookup:tools']));
  });

  it('are conditions where a subsearch reads them (Search Manual, "Change the format of subsearch results")', () => {
    const { where, indicators, exclusions } = explain(
      'index=a [| inputlookup tools | rename tool AS process_name | fields process_name] NOT [| inputlookup tools | table kind]',
    );
    expect(shown(where)).toBe(
      '(process_name starts_with "anydesk" or process_name = any of ("teamviewer.exe", "notepad.exe")) and not (kind = any of ("remote", "editor"))',
    );
    expect(indicators[0]?.via).toBe('lookup:tools');
    expect(exclusions).toHaveLength(1);
  });

  it('ask for all columns of a row in a subsearch', () => {
    expect(shown(explain('index=a [| inputlookup tools]').where)).toBe(
      'tool starts_with "anydesk" and kind = "remote" or tool = "teamviewer.exe" and kind = "remote" or tool = "notepad.exe" and kind = "editor"',
    );
  });

  it.each([
    '[| inputlookup tools where kind="remote" | fields tool]',
    '[| inputlookup tools | head 1 | fields tool]',
    '[| inputlookup tools | rename tool AS search | fields search]',
    '[| inputlookup others | fields tool]',
  ])('leave %s unknown, whose rows are not plainly those of the table', (subsearch) => {
    const { where, understood } = explain(`index=a ${subsearch}`);
    expect(where).toMatchObject({ unknown: { text: subsearch } });
    expect(understood).toBe('full');
  });

  it('are named where nobody knows their content', () => {
    const codes = explain('| inputlookup others | search a=b').diagnostics.map(({ code }) => code);
    expect(codes).toEqual(['spl-unknown-lookup']);
  });

  it('match no event where no row has the value: the test stays one on the column', () => {
    const { stages } = explain('index=a | lookup tools tool AS process_name OUTPUT kind | where kind="game"');
    expect(shown(stages[2]?.where ?? null)).toBe('kind = "game" [case-sensitive, derived]');
  });
});

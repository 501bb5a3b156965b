import { describe, expect, test } from 'vitest';
import { embeddedConf, isOn, readConf } from '../src/readers/conf.ts';

/** The values of each stanza by name. */
function valuesOf(text: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const { stanzas } = readConf(text);
  return Object.fromEntries(
    stanzas.map(({ name, settings }) => [
      name,
      Object.fromEntries([...settings.values()].map((setting) => [setting.name, setting.value])),
    ]),
  );
}

function faultsOf(text: string): readonly string[] {
  return readConf(text).blocks.flatMap(({ diagnostics }) =>
    diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`),
  );
}

describe('a configuration file', () => {
  test.each([
    ['settings of a stanza', '[a]\nx = 1\ny=two words \n', { a: { x: '1', y: 'two words' } }],
    ['a value with an equals sign', '[a]\nsearch = index=main x=1\n', { a: { search: 'index=main x=1' } }],
    ['a value that is empty', '[a]\nx =\n', { a: { x: '' } }],
    ['lines that end as on Windows', '[a]\r\nx = 1 \\\r\n  2\r\n', { a: { x: '1 \n  2' } }],
    ['a continued line', '[a]\nx = 1 \\\n| two = 2\ny = 3', { a: { x: '1 \n| two = 2', y: '3' } }],
    ['a hash within a continued value', '[a]\nx = 1\\\n# 2', { a: { x: '1\n# 2' } }],
    ['a header within a continued value', '[a]\nx = 1\\\n[b]\n', { a: { x: '1\n[b]' } }],
    ['a backslash at the end of the file', '[a]\nx = C:\\', { a: { x: 'C:\\' } }],
    ['backslashes within a line', '[a]\nx = a\\b\\\\', { a: { x: 'a\\b\\\\' } }],
    ['comments', '# x = 1\n[a]\n  # y = 2\nz = 3 # 4', { a: { z: '3 # 4' } }],
    ['a comment of several lines', '[a]\n# x = 1 \\\ny = 2\nz = 3', { a: { z: '3' } }],
    ['names that differ in case', '[a]\nx = 1\nX = 2', { a: { x: '1', X: '2' } }],
    ['the last of two values', '[a]\nx = 1\nx = 2', { a: { x: '2' } }],
    ['two parts of a stanza', '[a]\nx = 1\n[b]\n[a]\ny = 2', { a: { x: '1', y: '2' }, b: {} }],
    ['brackets in a name', '[a [b]]\nx = 1', { 'a [b]': { x: '1' } }],
    ['a byte order mark', '\ufeff[a]\nx = 1', { a: { x: '1' } }],
    ['nothing', '', {}],
  ])('has %s', (_, text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  test('has settings for all stanzas above them, and under [default] anywhere', () => {
    const { defaults, stanzas } = readConf('x = 1\ny = 1\n[a]\nz = 3\n[default]\ny = 2\n');
    expect([...defaults.values()].map(({ name, value }) => `${name}=${value}`)).toEqual(['x=1', 'y=2']);
    expect(stanzas.map(({ name }) => name)).toEqual(['a']);
  });

  test.each([
    ['a line without an equals sign', '[a]\n| stats count\n', ['2:1 conf-invalid']],
    ['what has a sign before it that no name has', '[a]\n| where x = 1\n', ['2:1 conf-invalid']],
    ['a header that is not closed', '[a]\nx = 1\n[b\ny = 2\n', ['3:1 conf-invalid']],
    ['blanks behind a backslash', '[a]\nx = 1 \\ \n  where y\n', ['2:7 conf-invalid', '3:3 conf-invalid']],
    ['nothing of a good file', '[a]\nx = 1 \\\n 2\n# [\n', []],
  ])('is told to have %s', (_, text, expected) => {
    expect(faultsOf(text)).toEqual(expected);
  });

  test('gives what is below a header that is not closed to the stanza before, as Splunk does', () => {
    expect(valuesOf('[a]\nx = 1\n[b\nx = 2')).toEqual({ a: { x: '2' } });
  });

  test.each(['\n', '\r\n'])('knows where each character of a value stands (%j)', (end) => {
    const text = ['[a]', 'search =  index=main \\', '  user="it" \\', '| table user ', ''].join(end);
    const file = readConf(text);
    const search = file.stanzas[0]?.settings.get('search');
    const written = search === undefined ? null : embeddedConf(file, search);
    expect(written?.text).toBe('index=main \n  user="it" \n| table user');
    for (const part of ['index=main', 'user="it"', '| table user']) {
      const at = written?.text.indexOf(part) ?? -1;
      const [start, behind] = [written?.place(at), written?.place(at + part.length)];
      expect(text.slice(start, behind).trimEnd().replace(/\\$/, '').trimEnd()).toBe(part);
    }
    expect(text.slice(...(search?.block.span ?? [0, 0]))).toBe(text.trimEnd());
  });

  test.each(['1', 'true', 'True', 't', 'yes', 'y', 'enabled'])('%j is yes', (value) => {
    expect(isOn(value)).toBe(true);
  });

  test.each(['0', 'false', 'f', 'no', '', null])('%j is no', (value) => {
    expect(isOn(value)).toBe(false);
  });

  test.each([
    ['backslashes', '\\\n'.repeat(200_000)],
    ['brackets', '['.repeat(200_000)],
    ['headers', '[a]\n'.repeat(100_000)],
    ['blanks', ' '.repeat(200_000)],
    ['equals signs', '=\n'.repeat(100_000)],
    ['continued settings', `x = ${'a\\\n'.repeat(200_000)}`],
  ])('of nothing but %s is read', (_, text) => {
    expect(readConf(text).text).toBe(text);
  });
});

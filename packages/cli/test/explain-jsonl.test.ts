import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { LONGEST_LINE } from '../src/explain/lines.ts';
import { FIRST, makeWorld, ruleText, SECOND } from './world.ts';

const RULE = ruleText('Quiet setup', FIRST);

describe('explain --jsonl', () => {
  async function answers(stdin: string | readonly Uint8Array[], ...flags: readonly string[]) {
    const { code, stdout, stderr } = await makeWorld().run(['explain', '--jsonl', ...flags], { stdin });
    const lines = stdout.split('\n');
    expect(lines.pop()).toBe('');
    return { code, stderr, results: lines.map((line) => JSON.parse(line)) };
  }
  const request = (id: unknown, query: unknown = RULE, language: unknown = 'sigma') =>
    JSON.stringify({ id, language, query });

  test('gives one result a line, in order, whatever happens', async () => {
    const lines = [
      request('one'),
      '{"id": "bad json"',
      request('klingon', 'x', 'klingon'),
      request('number', 7),
      JSON.stringify({ id: 'no query', language: 'sigma' }),
      request('list', ['a']),
      '[1, 2]',
      'null',
      '',
      request(7),
      request({ a: 1 }),
      request('language', RULE, 5),
      request('empty', ''),
      request('\u{1f50e} ü', RULE.replaceAll('\n', '\r\n')),
    ];
    const { code, results } = await answers(`${lines.join('\n')}\n`);
    expect(code).toBe(1);
    const none = (id: string | null, codeOfDiagnostic: string) => ({
      id,
      understood: 'none',
      diagnostics: [{ code: codeOfDiagnostic, line: 1, column: 1 }],
    });
    expect(results).toMatchObject([
      { id: 'one', understood: 'full', language: 'sigma' },
      none(null, 'request-invalid'),
      { ...none('klingon', 'language-unknown'), language: null },
      none('number', 'request-invalid'),
      none('no query', 'request-invalid'),
      none('list', 'request-invalid'),
      none(null, 'request-invalid'),
      none(null, 'request-invalid'),
      none(null, 'request-invalid'),
      { id: '7', understood: 'full' },
      { id: FIRST, understood: 'full' },
      none('language', 'request-invalid'),
      { id: 'empty', understood: 'none' },
      { id: '\u{1f50e} ü', understood: 'full' },
    ]);
  });

  test('gives several queries of one text as one result', async () => {
    const { code, results } = await answers(request('two', `${RULE}---\n${ruleText('Other', SECOND)}`));
    expect(code).toBe(0);
    expect(results).toMatchObject([
      { id: 'two', understood: 'full', queries: [{ id: FIRST }, { id: SECOND }] },
    ]);
  });

  test('takes --language where a line names none', async () => {
    const line = JSON.stringify({ id: 'x', query: RULE });
    expect((await answers(line, '--language', 'sigma')).results).toMatchObject([{ understood: 'full' }]);
    expect((await answers(JSON.stringify({ id: 'x', query: 'a few words' }))).results).toMatchObject([
      { id: 'x', language: null, understood: 'none' },
    ]);
  });

  test('reads lines wherever the chunks are cut, broken UTF-8 too', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${request('ü€\u{1f50e}')}\r\n`),
      Buffer.from([0x22, 0xff, 0x0a]),
    ]);
    const single = [...bytes].map((byte) => Uint8Array.of(byte));
    const { results } = await answers(single);
    expect(results).toMatchObject([{ id: 'ü€\u{1f50e}', understood: 'full' }, { understood: 'none' }]);
  });

  test('passes over a line without end in bounded memory', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const chunks = Array.from({ length: LONGEST_LINE / chunk.length + 1 }, () => chunk);
    const { results } = await answers([...chunks, Buffer.from(`\n${request('after')}`)]);
    expect(results).toMatchObject([
      { id: null, understood: 'none', diagnostics: [{ code: 'text-too-large' }] },
      { id: 'after', understood: 'full' },
    ]);
  });

  test('keeps the id of a line that is too long, where it stands first', async () => {
    const end = [Buffer.alloc(LONGEST_LINE, 'x'), Buffer.from('\n')];
    const lines = ['{"id":"a\\"b","query":"', ' { "id" : 7 , "query":"', '{"query":"', '{"id":"\\u00'];
    const { results } = await answers([
      ...lines.flatMap((line) => [Buffer.from(line), ...end]),
      Buffer.from(request('after')),
    ]);
    expect(results.map(({ id, understood }) => [id, understood])).toEqual([
      ['a"b', 'none'],
      ['7', 'none'],
      [null, 'none'],
      [null, 'none'],
      ['after', 'full'],
    ]);
  });

  test('reads no further than its reader keeps up', async () => {
    let given = 0;
    const lines = function* () {
      for (; given < 10_000; given += 1) yield Buffer.from(`${request(String(given))}\n`);
    };
    let release = (): void => undefined;
    const held = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => {
        release = done;
      },
    });
    const running = makeWorld().start(['explain', '--jsonl'], {
      stdin: Readable.from(lines()),
      stdout: held,
    });
    for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
    // One line is being written; the others wait in the buffer of the stream that they come from.
    expect(given).toBeLessThan(100);
    given = 10_000;
    const pump = setInterval(() => release(), 0);
    expect(await running).toBe(0);
    clearInterval(pump);
  });

  test('reads files, and goes on after one that is not there', async () => {
    const world = makeWorld({ files: { 'requests.jsonl': request('in a file') } });
    const { code, stdout, stderr } = await world.run(['explain', '--jsonl', 'none.jsonl', 'requests.jsonl']);
    expect(code).toBe(1);
    expect(stderr).toBe('rulescope: cannot read none.jsonl: there is no such file or folder\n');
    expect(JSON.parse(stdout)).toMatchObject({ id: 'in a file' });
  });

  test('an empty input has no results', async () => {
    expect(await answers('')).toEqual({ code: 0, stderr: '', results: [] });
  });
});

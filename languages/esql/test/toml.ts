/** The queries of a rule's or hunt's TOML file, as far as such a file of Elastic is written: strings in quotes. */
const STRING = /'''\n?([\s\S]*?)'''|"""\n?((?:[^\\]|\\[\s\S])*?)"""|'([^'\n]*)'|"((?:[^"\\\n]|\\.)*)"/y;

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** What the key `query` holds: one string, or several in brackets. */
export function queriesOf(toml: string): readonly string[] {
  const found: string[] = [];
  for (const key of toml.matchAll(/^query\s*=\s*(\[)?\s*/gm)) {
    let at = key.index + key[0].length;
    for (;;) {
      STRING.lastIndex = at;
      const string = STRING.exec(toml);
      if (string === null) break;
      found.push(string[1] ?? string[3] ?? unescaped(string[2] ?? string[4] ?? ''));
      at = STRING.lastIndex;
      const separator = /\s*,\s*/y;
      separator.lastIndex = at;
      if (key[1] === undefined || !separator.test(toml)) break;
      at = separator.lastIndex;
    }
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(/\\(?:\r?\n\s*|([\s\S]))/g, (_, letter: string | undefined) =>
    letter === undefined ? '' : (ESCAPES[letter] ?? `\\${letter}`),
  );
}

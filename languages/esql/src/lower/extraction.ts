/** `%{SYNTAX:name}` and `%{SYNTAX:name:type}` (ES|QL reference, "GROK"). */
const GROK = /%\{[^{}:]*:([^{}:]+)(?::[^{}]*)?\}/g;
/** Named groups of the regular expressions that grok is made of. */
const GROUP = /\(\?<([^>=!(][^>(]*)>/g;
/** `%{name}`, `%{+name}`, `%{name->}`; `%{}` and `%{?name}` are thrown away (ES|QL reference, "DISSECT"). */
const DISSECT = /%\{([^{}]*)\}/g;

/** The columns that a pattern of grok or dissect makes, each once. */
export function columnsOf(command: string, pattern: string): readonly string[] {
  const names =
    command === 'grok'
      ? [...pattern.matchAll(GROK), ...pattern.matchAll(GROUP)].map((found) => found[1] ?? '')
      : [...pattern.matchAll(DISSECT)].map((found) => dissected(found[1] ?? ''));
  return [...new Set(names.filter((name) => name !== ''))];
}

function dissected(key: string): string {
  if (key.startsWith('?') || key.startsWith('*') || key.startsWith('&')) return '';
  return key
    .replace(/^\+/, '')
    .replace(/->$/, '')
    .replace(/\/\d+$/, '');
}

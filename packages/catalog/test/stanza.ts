/** Where an app keeps its searches. */
export const PATH = 'app/default/savedsearches.conf';

/** A stanza with a search, and these settings. */
export function stanza(settings: readonly string[], name = 'Quiet Installer'): string {
  return [`[${name}]`, ...settings, ''].join('\n');
}

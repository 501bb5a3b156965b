import { type ConfFile, type ConfSettings, readConf } from './conf.ts';
import type { SourceFile } from './reader.ts';

/** The values of a stanza's settings by their names. */
export type StanzaValues = ReadonlyMap<string, string>;

/** Whether a file is the configuration file of a name: `macros` for `macros.conf`. */
export function isConfOf(path: string, name: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase() === `${name}.conf`;
}

/** Whether a file is in the folder of what was changed where an app runs (`local`). */
export function isLocal({ path }: SourceFile): boolean {
  return /(?:^|\/)local\/[^/]+$/i.test(path);
}

/**
 * The stanzas of configuration files, setting by setting: the first file that has one counts. Settings of `[default]`
 * are left out.
 */
export function mergedStanzas(files: readonly SourceFile[]): ReadonlyMap<string, StanzaValues> {
  return merge(files.map(({ text }) => readConf(text)));
}

/**
 * The stanzas of all configuration files of a name, setting by setting: what is in a folder `local` outranks the rest,
 * and of several apps the first one (Admin Manual, "Configuration file precedence"). Settings of `[default]` are those
 * of every stanza of their file that has them nowhere else.
 */
export function layeredStanzas(
  files: readonly SourceFile[],
  name: string,
): ReadonlyMap<string, StanzaValues> {
  const own = files.filter(({ path }) => isConfOf(path, name));
  const layers = [...own.filter(isLocal), ...own.filter((file) => !isLocal(file))].map(({ text }) =>
    readConf(text),
  );
  const merged = merge(layers);
  for (const { stanzas, defaults } of layers) {
    for (const stanza of stanzas) addValues(merged, stanza.name, defaults);
  }
  return merged;
}

function merge(layers: readonly ConfFile[]): Map<string, Map<string, string>> {
  const merged = new Map<string, Map<string, string>>();
  for (const { name, settings } of layers.flatMap(({ stanzas }) => stanzas))
    addValues(merged, name, settings);
  return merged;
}

/** Adds what a stanza does not say yet. */
function addValues(merged: Map<string, Map<string, string>>, stanza: string, settings: ConfSettings): void {
  const values = merged.get(stanza) ?? new Map<string, string>();
  merged.set(stanza, values);
  for (const { name, value } of settings.values()) if (!values.has(name)) values.set(name, value);
}

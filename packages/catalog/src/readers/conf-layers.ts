import { readConf } from './conf.ts';
import type { SourceFile } from './reader.ts';

/** The values of a stanza's settings by their names. */
export type StanzaValues = ReadonlyMap<string, string>;

/** Whether a file is the configuration file of a name: `macros` for `macros.conf`. */
export function isConfOf(path: string, name: string): boolean {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase() === `${name}.conf`;
}

/**
 * The stanzas of all configuration files of a name, setting by setting: what is in a folder `local` outranks the rest,
 * and of several apps the first one (Admin Manual, "Configuration file precedence"). Settings of `[default]` are those
 * of every stanza of their file.
 */
export function layeredStanzas(
  files: readonly SourceFile[],
  name: string,
): ReadonlyMap<string, StanzaValues> {
  const layered = new Map<string, Map<string, string>>();
  const own = files.filter(({ path }) => isConfOf(path, name));
  const layers = [...own.filter(isLocal), ...own.filter((file) => !isLocal(file))].map(({ text }) =>
    readConf(text),
  );
  for (const { stanzas } of layers) {
    for (const stanza of stanzas) {
      const values = layered.get(stanza.name) ?? new Map<string, string>();
      layered.set(stanza.name, values);
      for (const { name: key, value } of stanza.settings.values())
        if (!values.has(key)) values.set(key, value);
    }
  }
  for (const { stanzas, defaults } of layers) {
    for (const stanza of stanzas) {
      const values = layered.get(stanza.name);
      for (const { name: key, value } of defaults.values()) if (!values?.has(key)) values?.set(key, value);
    }
  }
  return layered;
}

function isLocal({ path }: SourceFile): boolean {
  return /(?:^|\/)local\/[^/]+$/i.test(path);
}

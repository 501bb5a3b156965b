import type { ConfFile, ConfSetting, ConfStanza } from './conf.ts';
import { isConfOf, isLocal, layeredStanzas, mergedStanzas, type StanzaValues } from './conf-layers.ts';
import type { SourceFile } from './reader.ts';
import type { Described, Written } from './savedsearches-metadata.ts';

/** A stanza, with what the other files of its source say of it. */
export interface LayeredStanza extends Described {
  /** Null where the stanza has none in this file. */
  readonly search: ConfSetting | null;
  /** Whether another search counts, one of a folder `local`. */
  readonly isOverridden: boolean;
}

/** What the files of a source say of saved searches, by the names of their stanzas. */
interface Layers {
  /** The texts of the files in folders `local`, by which one of them is told. */
  readonly localTexts: ReadonlySet<string>;
  readonly local: ReadonlyMap<string, StanzaValues>;
  readonly delivered: ReadonlyMap<string, StanzaValues>;
  /** What was delivered, with the settings of `[default]`. */
  readonly deliveredInFull: ReadonlyMap<string, StanzaValues>;
}

/**
 * The stanzas of a file as they count (Admin Manual, "Configuration file precedence"): a setting in a folder `local`
 * outranks one that was delivered with an app, and one of the stanza those of `[default]`.
 */
export function layeredSearches(file: ConfFile, context: readonly SourceFile[]): readonly LayeredStanza[] {
  const layers = layersOf(context);
  const isLocalFile = layers.localTexts.has(file.text);
  return file.stanzas.map((stanza) => ({
    name: stanza.name,
    lines: file.lines,
    setting: isLocalFile ? settingOfLocal(stanza, file, layers) : settingOfDelivered(stanza, file, layers),
    search: stanza.settings.get('search') ?? null,
    isOverridden: !isLocalFile && layers.local.get(stanza.name)?.has('search') === true,
  }));
}

function settingOfDelivered(stanza: ConfStanza, file: ConfFile, { local }: Layers): Described['setting'] {
  const changed = local.get(stanza.name);
  return (key) =>
    elsewhere(changed, key, stanza) ?? stanza.settings.get(key) ?? file.defaults.get(key) ?? null;
}

function settingOfLocal(stanza: ConfStanza, file: ConfFile, layers: Layers): Described['setting'] {
  const own = layers.delivered.get(stanza.name);
  const inFull = layers.deliveredInFull.get(stanza.name);
  return (key) =>
    stanza.settings.get(key) ??
    elsewhere(own, key, stanza) ??
    file.defaults.get(key) ??
    elsewhere(inFull, key, stanza);
}

function elsewhere(values: StanzaValues | undefined, key: string, { header }: ConfStanza): Written | null {
  const value = values?.get(key);
  return value === undefined ? null : { value, span: header };
}

const known = new WeakMap<readonly SourceFile[], Layers>();

function layersOf(context: readonly SourceFile[]): Layers {
  const layers = known.get(context) ?? readLayers(context);
  known.set(context, layers);
  return layers;
}

function readLayers(context: readonly SourceFile[]): Layers {
  const files = context.filter(({ path }) => isConfOf(path, 'savedsearches'));
  const local = files.filter(isLocal);
  const delivered = files.filter((file) => !isLocal(file));
  return {
    localTexts: new Set(local.map(({ text }) => text)),
    local: mergedStanzas(local),
    delivered: mergedStanzas(delivered),
    deliveredInFull: layeredStanzas(delivered, 'savedsearches'),
  };
}

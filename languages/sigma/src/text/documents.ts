import type { Diagnostic, Span } from '@rulescope/logic';
import { type Reporter, report } from '@rulescope/logic/parsing';
import { CODES } from '../diagnostic-codes.ts';
import { entryOf, textOf, type YamlDocument, type YamlEntry } from './yaml.ts';

/** A document with all that it inherits from the documents before it. */
export interface RuleDocument {
  readonly entries: readonly YamlEntry[];
  /** From the first document that it inherits from to its own end. */
  readonly span: Span;
  readonly sound: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

interface Inherited {
  readonly entries: readonly YamlEntry[];
  readonly start: number | null;
  readonly sound: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const NOTHING: Inherited = { entries: [], start: null, sound: true, diagnostics: [] };

/**
 * Applies the actions of old files of several documents: `global` is inherited by every document behind it,
 * `reset` ends that, `repeat` inherits the document before. Documents that hold no map are reported.
 */
export function inherit(documents: readonly YamlDocument[], to: Reporter): readonly RuleDocument[] {
  const rules: RuleDocument[] = [];
  let global = NOTHING;
  let previous = NOTHING;
  for (const document of documents) {
    if (document.root === null) continue;
    if (document.root.kind !== 'map') {
      if (document.sound)
        report(to, CODES.notARule, 'A Sigma document is a map of keys and values.', document.span);
      continue;
    }
    const { root, span, sound: intact, diagnostics: found } = document;
    const own: Inherited = { entries: root.entries, start: span[0], sound: intact, diagnostics: found };
    const action = entryOf(document.root, 'action');
    switch (action === undefined ? null : textOf(action.value)) {
      case 'global':
        global = merged(global, own);
        continue;
      case 'reset':
        global = NOTHING;
        previous = own;
        break;
      case 'repeat':
        previous = merged(previous, own);
        break;
      case null:
        previous = merged(global, own);
        break;
      default:
        if (action !== undefined)
          report(to, CODES.unknownAction, 'The action is none that Sigma had.', action.span);
        previous = merged(global, own);
    }
    const { entries, start, sound, diagnostics } = previous;
    if (entries.some((entry) => entry.key !== 'action')) {
      rules.push({ entries, span: [start ?? document.span[0], document.span[1]], sound, diagnostics });
    }
  }
  return rules;
}

function merged(base: Inherited, own: Inherited): Inherited {
  return {
    entries: mergeEntries(base.entries, own.entries),
    start: base.start ?? own.start,
    sound: base.sound && own.sound,
    diagnostics: [...base.diagnostics, ...own.diagnostics],
  };
}

/** What the later map says replaces what the earlier one says; maps in both are merged in turn. */
function mergeEntries(base: readonly YamlEntry[], own: readonly YamlEntry[]): readonly YamlEntry[] {
  if (base.length === 0) return own;
  const replaced = base.map((entry) => {
    const other = own.find((candidate) => candidate.key === entry.key);
    if (other === undefined) return entry;
    if (entry.value.kind !== 'map' || other.value.kind !== 'map') return other;
    const value = { ...other.value, entries: mergeEntries(entry.value.entries, other.value.entries) };
    return { ...other, value, inheritedKeys: [...(entry.inheritedKeys ?? []), entry.keySpan] };
  });
  const known = new Set(base.map((entry) => entry.key));
  return [...replaced, ...own.filter((entry) => !known.has(entry.key))];
}

/// <reference path="./scripts.d.ts" />
/**
 * Microsoft's parser, `@kusto/language-service-next`: the one place that loads it, and a view of the few of its
 * parts that we use. It is a .NET library compiled to JavaScript: two scripts that define the global `Kusto`.
 * They cost 180 ms and 53 MB, so they are loaded when the first Kusto text is parsed and not before.
 */

/** A token as the lexer gives it: `Trivia` is the white space and comments before it. */
export interface LexicalToken {
  readonly Kind: number;
  readonly Trivia: string;
  readonly Text: string;
}

/** A node or token of Microsoft's tree; further properties are named children. */
export interface Element {
  readonly Kind: number;
  readonly FullWidth: number;
  readonly TriviaWidth: number;
  readonly ChildCount: number;
  readonly ContainsSyntaxDiagnostics: boolean;
  readonly GetChild: (index: number) => Element | null;
  readonly GetName: (index: number) => string;
  /** Tokens only. */
  readonly Text?: string;
  /** Names only: without brackets and quotes. */
  readonly SimpleName?: string;
  /** The root only. */
  readonly GetContainedSyntaxDiagnostics: () => List<SyntaxDiagnostic>;
}

interface List<T> {
  readonly Count: number;
  readonly getItem: (index: number) => T;
}

interface SyntaxDiagnostic {
  readonly Start: number;
  readonly Length: number;
  readonly Message: string;
}

/** What is used of the global that the scripts define. */
interface KustoNamespace {
  readonly Parsing: {
    readonly TokenParser: {
      readonly ParseTokens: (text: string, options: object) => readonly LexicalToken[];
    };
    readonly QueryParser: {
      readonly ParseQuery: (tokens: readonly LexicalToken[], start: number, options: object) => Element;
    };
  };
  readonly Syntax: {
    readonly SyntaxKind: Readonly<Record<string, unknown>>;
    /** Gives each node its place in the text. */
    readonly SyntaxTree: new (
      root: Element,
    ) => object;
  };
  readonly GlobalState: {
    readonly Default: {
      readonly ParseOptions: { readonly WithAlwaysProduceEndTokens: (always: boolean) => object };
    };
  };
  readonly KustoFacts: { readonly GetStringLiteralValue: (literal: string) => string };
  readonly Functions: { readonly All: readonly Named[] };
  readonly Aggregates: { readonly All: readonly Named[] };
  readonly PlugIns: { readonly All: readonly Named[] };
}

interface Named {
  readonly Name: string;
}

export interface Library {
  readonly tokens: (text: string) => readonly LexicalToken[];
  /** The tree of a list of tokens, a QueryBlock. */
  readonly parse: (tokens: readonly LexicalToken[]) => Element;
  /** What is wrong in a tree, with places in its text. */
  readonly diagnostics: (root: Element) => readonly SyntaxDiagnostic[];
  /** The name of a kind: `PipeExpression`, `BarToken`. */
  readonly kindName: (kind: number) => string;
  /** Which child of a node has a name, or -1: all nodes of a kind have their children in the same order. */
  readonly childIndex: (node: Element, name: string) => number;
  /** What a string literal stands for: quotes, `@`, `h` and escapes undone. */
  readonly stringValue: (literal: string) => string;
  /** Whether the language itself has a function, aggregate or plug-in of the name. */
  readonly isBuiltIn: (name: string) => boolean;
}

let loaded: Library | null = null;

/**
 * The parser, loaded at the first call. In Node that needs no preparation; a page calls `loadParser` first, or
 * has the two scripts of the package as script elements. Null where it cannot be loaded.
 */
export function library(): Library | null {
  if (loaded === null) {
    requireScripts();
    const namespace = globalNamespace();
    if (namespace !== null) loaded = libraryOf(namespace);
  }
  return loaded;
}

/** Loads the parser where only asynchronous loading is at hand, as in a page: await it before the first `parse`. */
export async function loadParser(): Promise<void> {
  if (globalNamespace() !== null) return;
  await import('@kusto/language-service-next/bridge.min.js');
  await import('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
}

const SCRIPTS = [
  '@kusto/language-service-next/bridge.min.js',
  '@kusto/language-service-next/Kusto.Language.Bridge.min.js',
] as const;

/** What is asked of a host that can load a script while the caller waits: Node and what is compatible with it. */
interface Host {
  readonly process?: {
    readonly getBuiltinModule?: (name: string) => {
      readonly createRequire: (from: string) => (script: string) => unknown;
    };
  };
}

/** A page has no `process`, and does nothing here. */
function requireScripts(): void {
  if (globalNamespace() !== null) return;
  const { process }: Host = globalThis as object;
  const { url }: { readonly url?: string } = import.meta as object;
  const load = process?.getBuiltinModule?.('node:module').createRequire(url ?? '');
  if (load !== undefined) for (const script of SCRIPTS) load(script);
}

function globalNamespace(): KustoNamespace | null {
  const { Kusto }: { readonly Kusto?: { readonly Language?: KustoNamespace } } = globalThis as object;
  return Kusto?.Language ?? null;
}

function libraryOf(kusto: KustoNamespace): Library {
  const options = kusto.GlobalState.Default.ParseOptions.WithAlwaysProduceEndTokens(true);
  const kindNames: string[] = [];
  for (const [name, kind] of Object.entries(kusto.Syntax.SyntaxKind)) {
    if (typeof kind === 'number') kindNames[kind] = name;
  }
  const builtIn = new Set(
    [kusto.Functions, kusto.Aggregates, kusto.PlugIns].flatMap(({ All }) =>
      All.map(({ Name }) => Name.toLowerCase()),
    ),
  );
  return {
    tokens: (text) => kusto.Parsing.TokenParser.ParseTokens(text, options),
    parse: (tokens) => kusto.Parsing.QueryParser.ParseQuery(tokens, 0, options),
    diagnostics: (root) => {
      if (!root.ContainsSyntaxDiagnostics) return [];
      new kusto.Syntax.SyntaxTree(root);
      const found = root.GetContainedSyntaxDiagnostics();
      return Array.from({ length: found.Count }, (_, i) => found.getItem(i));
    },
    kindName: (kind) => kindNames[kind] ?? '',
    childIndex: childIndexes(),
    stringValue: (literal) => kusto.KustoFacts.GetStringLiteralValue(literal),
    isBuiltIn: (name) => builtIn.has(name.toLowerCase()),
  };
}

/** Looks names of children up once a kind: the library compares texts for each child. */
function childIndexes(): Library['childIndex'] {
  const known = new Map<number, Map<string, number>>();
  return (node, name) => {
    let ofKind = known.get(node.Kind);
    if (ofKind === undefined) {
      const names = Array.from({ length: node.ChildCount }, (_, i) => [node.GetName(i), i] as const);
      ofKind = new Map(names);
      known.set(node.Kind, ofKind);
    }
    return ofKind.get(name) ?? -1;
  };
}

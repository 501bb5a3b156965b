import type { Span } from '@rulescope/logic';
import type { Element, Library } from './library.ts';

/**
 * A node of Microsoft's tree and where it starts. Its own `TextStart` climbs the tree for each answer; going
 * down we know the place already.
 */
export interface View {
  readonly element: Element;
  readonly kind: string;
  /** Where the white space and comments before its first token start. */
  readonly at: number;
  readonly span: Span;
}

/** How nodes are looked at: the library, and the offset of the parsed part in the whole text. */
export interface Viewer {
  readonly library: Library;
  readonly text: string;
  /** Where the token starts whose white space and comments start at an offset. */
  readonly starts: ReadonlyMap<number, number>;
}

export function view(element: Element, at: number, viewer: Viewer): View {
  const end = at + element.FullWidth;
  // A node of no width, where something is missing, stands before the white space.
  const start = element.FullWidth === 0 ? at : (viewer.starts.get(at) ?? at);
  return { element, kind: viewer.library.kindName(element.Kind), at, span: [Math.min(start, end), end] };
}

/** The place of a node without what stands before its first token. */
export function spanOf({ span }: View): Span {
  return span;
}

/** The text of a node, comments inside included. */
export function textOf(node: View, viewer: Viewer): string {
  return viewer.text.slice(...spanOf(node));
}

/** The child of a name, or null where it is not there. */
export function child(node: View, name: string, viewer: Viewer): View | null {
  const { element } = node;
  const index = viewer.library.childIndex(element, name);
  const found = index < 0 ? null : element.GetChild(index);
  if (found === null) return null;
  let { at } = node;
  for (let i = 0; i < index; i += 1) at += element.GetChild(i)?.FullWidth ?? 0;
  return view(found, at, viewer);
}

/** All children, in their order. */
export function children(node: View, viewer: Viewer): readonly View[] {
  const found: View[] = [];
  let at = node.at;
  for (let i = 0; i < node.element.ChildCount; i += 1) {
    const element = node.element.GetChild(i);
    if (element === null) continue;
    found.push(view(element, at, viewer));
    at += element.FullWidth;
  }
  return found;
}

/** The elements of the list that is the child of a name, separators left out. */
export function items(node: View, name: string, viewer: Viewer): readonly View[] {
  const list = child(node, name, viewer);
  return list === null ? [] : elementsOf(list, viewer);
}

/** The elements of a list, separators left out. */
function elementsOf(list: View, viewer: Viewer): readonly View[] {
  const found: View[] = [];
  let at = list.at;
  for (let i = 0; i < list.element.ChildCount; i += 1) {
    const item = list.element.GetChild(i);
    if (item === null) continue;
    // An element stands first in what holds it and the separator behind it.
    const separated = viewer.library.kindName(item.Kind) === 'SeparatedElement';
    const element = separated ? item.GetChild(0) : item;
    if (element !== null) found.push(view(element, at, viewer));
    at += item.FullWidth;
  }
  return found;
}

/** The name that a NameReference or NameDeclaration holds, without brackets and quotes. */
export function nameOf(node: View | null, viewer: Viewer): string {
  if (node === null) return '';
  return node.element.SimpleName ?? textOf(node, viewer);
}

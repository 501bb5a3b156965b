import type { Expression, Source } from '@rulescope/logic';
import type { Logsource } from '../logsource.ts';

/** How paths are written where the events come from. */
type PathStyle = 'windows' | 'posix';

/** What tells the systems of a query. */
export interface SystemFacts {
  readonly sources: readonly Source[];
  /** A Sigma rule's own; nulls elsewhere. */
  readonly logsource: Logsource;
  /** Those under which Sigma would look for the events. */
  readonly logsources: readonly Logsource[];
  readonly where: readonly Expression[];
}

/** How paths are written in the events of a query. */
export interface Systems {
  /** Null where nothing tells, or it wants events of several systems. */
  readonly paths: PathStyle | null;
  /** True where the query itself, and not only what is known of its events, wants those of Windows alone. */
  readonly isWindows: boolean;
}

/** By what the query asks of the system; else by the product of its log source; else by the names of its sources. */
export function systemsOf({ sources, logsource, logsources, where }: SystemFacts): Systems {
  const wanted = wantedSystems({ and: where });
  if (wanted !== null) {
    const paths = styleOfAll([...wanted]);
    return { paths, isWindows: paths === 'windows' };
  }
  const own = productStyle([logsource]) ?? sourceStyle(sources);
  return { paths: productStyle([logsource, ...logsources]) ?? own, isWindows: own === 'windows' };
}

const SYSTEM_FIELDS = new Set(['host.os.type', 'host.os.family', 'host.os.platform']);

/** The systems one of which an event must be of; null where it may be of any. */
function wantedSystems(part: Expression): ReadonlySet<string> | null {
  if ('test' in part) {
    const { field, op, values } = part.test;
    if (field === null || op !== 'eq' || !SYSTEM_FIELDS.has(field)) return null;
    return new Set(values.map((value) => String(value).toLowerCase()));
  }
  if ('and' in part) {
    const known = part.and.map(wantedSystems).filter((it) => it !== null);
    return known.length === 0 ? null : known.reduce(inBoth);
  }
  if (!('or' in part) || part.or.length === 0) return null;
  const systems = new Set<string>();
  for (const child of part.or) {
    const own = wantedSystems(child);
    if (own === null) return null;
    for (const system of own) systems.add(system);
  }
  return systems;
}

function inBoth(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((it) => other.has(it)));
}

const POSIX = /linux|macos|darwin|unix|osx|auditd|bash_history|cloud_defend|syslog/i;
const WINDOWS = /windows|winlog|sysmon|powershell|wineventlog|winevent|securityevent/i;

function productStyle(logsources: readonly Logsource[]): PathStyle | null {
  return styleOfAll(logsources.map(({ product }) => product).filter((it) => it !== null));
}

/** Where one index may hold events of any system, the others beside it tell nothing. */
function sourceStyle(sources: readonly Source[]): PathStyle | null {
  const names = sources.map(({ value }) => value);
  const indices = sources.filter(({ kind }) => kind === 'index').map(({ value }) => value);
  const style = styleOfAll(names);
  const isTold = indices.every((name) => WINDOWS.test(name) || POSIX.test(name));
  return style === 'posix' || isTold ? style : null;
}

/** The one way in which all of these write paths; null where none tells, or they differ. */
function styleOfAll(texts: readonly string[]): PathStyle | null {
  const isWindows = texts.some((text) => WINDOWS.test(text) && !POSIX.test(text));
  const isPosix = texts.some((text) => POSIX.test(text));
  if (isWindows === isPosix) return null;
  return isWindows ? 'windows' : 'posix';
}

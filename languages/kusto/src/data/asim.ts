/** What a parameter of an ASIM parser asks of a column. */
export interface AsimFilter {
  readonly column: string;
  /** The operator of the language that says the same. */
  readonly op: string;
}

/**
 * The columns that the parameters of filtering parsers are named after. Microsoft Learn, "Use the Advanced Security
 * Information Model (ASIM) parsers", "Optimizing parsing using parameters", and the reference of each schema,
 * "Filtering parser parameters".
 */
const COLUMNS: ReadonlyMap<string, string> = new Map([
  ['commandline', 'CommandLine'],
  ['actingprocess', 'ActingProcessName'],
  ['targetprocess', 'TargetProcessName'],
  ['parentprocess', 'ParentProcessName'],
  ['targetusername', 'TargetUsername'],
  ['actorusername', 'ActorUsername'],
  ['dvcipaddr', 'DvcIpAddr'],
  ['dvchostname', 'DvcHostname'],
  ['dvcaction', 'DvcAction'],
  ['eventtype', 'EventType'],
  ['eventresult', 'EventResult'],
  ['eventresultdetails', 'EventResultDetails'],
  ['srcipaddr', 'SrcIpAddr'],
  ['dstipaddr', 'DstIpAddr'],
  ['srchostname', 'SrcHostname'],
  ['dstportnumber', 'DstPortNumber'],
  ['domain', 'DnsQuery'],
  ['responsecodename', 'ResponseCodeName'],
  ['url', 'Url'],
  ['httpuseragent', 'HttpUserAgent'],
  ['targetappname', 'TargetAppName'],
  ['targetfilepath', 'TargetFilePath'],
  ['srcfilepath', 'SrcFilePath'],
  ['registrykey', 'RegistryKey'],
  ['registryvalue', 'RegistryValue'],
  ['registrydata', 'RegistryValueData'],
]);

/** What is asked, by how the parameter's name ends. */
const ENDINGS: readonly (readonly [ending: string, op: string])[] = [
  ['_has_any_prefix', 'startswith'],
  ['_has_any', 'has_any'],
  ['_has_all', 'has_all'],
  ['_has', 'has'],
  ['_in', 'in~'],
  ['', '=~'],
];

/** Whether a name is one of a filtering parser: `_Im_Dns`, `imProcessCreate`. */
export function isAsimParser(name: string): boolean {
  return /^(?:_Im_|im|vim)[A-Z]\w*$/.test(name);
}

/** Parameters that choose no events. */
export function isAsimSwitch(parameter: string): boolean {
  return parameter === 'disabled' || parameter === 'pack';
}

/** What a parameter asks; null for one that asks for more than one column, or is not known. */
export function asimFilter(parameter: string): AsimFilter | null {
  const name = parameter.toLowerCase();
  if (name === 'starttime') return { column: 'TimeGenerated', op: '>=' };
  if (name === 'endtime') return { column: 'TimeGenerated', op: '<=' };
  for (const [ending, op] of ENDINGS) {
    const column = name.endsWith(ending)
      ? COLUMNS.get(name.slice(0, name.length - ending.length))
      : undefined;
    if (column !== undefined) return { column, op };
  }
  return null;
}

import type { Sample } from '@rulescope/testing';

const head = (title: string): string =>
  `title: ${title}\nid: 8f5c7f0e-0000-4000-8000-000000000000\nlogsource:\n    category: process_creation\n    product: windows\n`;

/** Our own texts, each with one thing that Sigma can say, right or wrong. */
export const SAMPLES: readonly Sample[] = [
  {
    name: 'selections, filters, comments',
    text: `${head('Tool')}detection:
    # what it is
    selection_img:
        - Image|endswith: '\\tool.exe'   # its name
        - OriginalFileName: tool.exe
    selection_cli:
        CommandLine|contains|windash:
            - ' -x '
            - ' -y'
    filter_main_path:
        ParentImage|startswith: 'C:\\Program Files\\'
        IntegrityLevel: [System, 'S-1-16-16384']
    filter_main_null:
        ParentImage: null
    condition: all of selection_* and not 1 of filter_main_*
level: medium
`,
  },
  {
    name: 'keywords and numbers',
    text: `${head('Words')}detection:\n    words:\n        - 'sekurlsa'\n        - 4104\n        - 'a*b'\n    both:\n        '|all':\n            - one\n            - two\n    condition: words or both\n`,
  },
  {
    name: 'every kind of comparison',
    text: `${head('Comparisons')}detection:
    s:
        a|re|i: '^x.*y$'
        b|cidr: ['10.0.0.0/8', 'fe80::/10']
        c|exists: true
        d|gte: 5
        e|fieldref: f
        g|hour|lt: 6
        h|neq: done
        i|cased|contains: X
        j|expand: '%hosts%'
        k|wide|base64offset|contains: 'http://'
        l: ''
        m: 'C:\\Users\\\\*\\x?.exe'
    condition: s
`,
  },
  {
    name: 'conditions in a list, folded and quoted',
    text: `${head('Conditions')}detection:\n    a: {f: 1}\n    b: {f: 2}\n    condition:\n        - >-\n            a\n            and not b\n        - "(b or a)"\n        - 2 of *\n`,
  },
  {
    name: 'count',
    text: `${head('Count')}detection:\n    s: {f: 1}\n    timeframe: 5m\n    condition: s | count(g) by h > 5\n`,
  },
  {
    name: 'near',
    text: `${head('Near')}detection:\n    a: {f: 1}\n    b: {f: 2}\n    timeframe: 5m\n    condition: a | near b\n`,
  },
  {
    name: 'correlation, filter and rule in one file',
    text: `title: Many\ncorrelation:\n    type: value_count\n    rules:\n        - base\n        - gone\n    group-by: [User]\n    timespan: 10m\n    condition:\n        field: Host\n        gte: 5\n---\n${head('Base')}name: base\ndetection:\n    s: {f: 1}\n    condition: s\n---\n${head('Filter').replace('8f5c', '9f5c')}filter:\n    rules: [base]\n    selection: {User: svc}\n    condition: not selection\n`,
  },
  {
    name: 'global action',
    text: `action: global\n${head('Global')}detection:\n    condition: s\n---\ndetection:\n    s: {f: 1}\n---\ndetection:\n    s: {f: 2}\n`,
  },
  {
    name: 'anchors',
    text: `${head('Anchors')}detection:\n    a: &x {f: [1, 2]}\n    b: {<<: *x, g: *x}\n    condition: a or b\n`,
  },
  {
    name: 'unknown modifier and selection',
    text: `${head('Wrong')}detection:\n    s: {f|contians: 1, g: [], h: {i: 1}}\n    condition: s and t and\n`,
  },
  { name: 'no condition', text: `${head('None')}detection:\n    s: {f: 1}\n` },
  { name: 'broken YAML', text: `${head('Broken')}detection:\n    s:\n\t- x\n    condition: 's\n` },
  {
    name: 'Windows line ends',
    text: `${head('CRLF')}detection:\n    s:\n        f: [a,\n            b]\n    condition: s\n`.replaceAll(
      '\n',
      '\r\n',
    ),
  },
  {
    name: 'text beyond the basic plane',
    text: `${head('Odd 🦊')}detection:\n    '𝕊':\n        f|contains: '🦊*\u202e'\n    condition: 𝕊\n`,
  },
];

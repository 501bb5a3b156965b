import type { Sample } from '@rulescope/testing';

/** Our own texts, each with one thing that the language can say, right or wrong. */
export const SAMPLES: readonly Sample[] = [
  {
    name: 'lists, wildcards and phrases over several lines',
    text: `event.category: process and event.type: (start or "process_started") and
  process.name: ("tool.exe" or to*l.exe or *.tmp) and
  not (process.parent.name: explorer.exe or process.args: ("-q" and "--now" and not "-x")) and
  not user.id: ("S-1-5-18" or "S-1-5-19")
`,
  },
  {
    name: 'ranges, numbers, truth values, dates',
    text: '@timestamp < now-2w and a > 1 and b >= 2.5 and c <= "2021-01-01" and d: true and e: -3 and f: 007',
  },
  {
    name: 'escapes of every kind',
    text: String.raw`a: http\:\/\/x or b: \(c\)\<d\>\"\{\}\* or e: tab\there\u0041 \and f or g: C\:\\Temp\\* or h\ i: \not`,
  },
  { name: 'phrases with escapes', text: String.raw`a: "say \"x\" C:\\Temp and \u00e9 C:\Users * end\\"` },
  {
    name: 'fields with wildcards, all fields, existence',
    text: 'user.*: root and *: x and a.b: * and not c: (* and not d)',
  },
  {
    name: 'nested fields',
    text: 'items:{ name: banana and stock > 9 and parts:{ id: (1 or 2) } } and other: x',
  },
  { name: 'free text', text: 'error timeout and "connection refused" or *panic* and not debug*' },
  {
    name: 'analysed fields',
    text: 'message: (quick fox or "lazy dog" or jump*) and x.text: "a" and message: (a b and c)',
  },
  {
    name: 'networks and channels',
    text: 'winlog.channel: Security and source.ip: (10.0.0.0/8 or "fe80::/10") and x.cidrIp: 0.0.0.0/0',
  },
  { name: 'words of operators as values', text: 'a: not or b: and and c: or and foo NOT' },
  { name: 'everything', text: '*' },
  { name: 'nothing', text: ' \n ' },
  { name: 'capitals and tight parentheses', text: 'NOT(a: 1 OR b: 2)AND(c: 3)' },
  { name: 'Windows line ends and no-break spaces', text: 'a: 1\r\nor\u00a0b: 2\r\n' },
  { name: 'words without an operator between them', text: 'a: one two and b: 400 401 404' },
  { name: 'missing operator', text: 'a: "x" b: "y" and c: z' },
  { name: 'broken list', text: 'a: (x or ) and b: (y "z" or (w and c: d' },
  { name: 'broken conditions', text: 'and : x or > 5 or a: and b: not c or d: { } or ) or e > (f)' },
  { name: 'unclosed phrase', text: 'a: "x and b: y\nand c: z' },
  { name: 'text beyond the basic plane', text: 'process.name: "🦊" and 𝕊: *\u202e and b: 1' },
];

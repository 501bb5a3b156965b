import type { Sample } from '@rulescope/testing';

/** Our own texts, each with one thing that EQL can say, right or wrong. */
export const SAMPLES: readonly Sample[] = [
  {
    name: 'event query with lists, wildcards and comments',
    text: `// what it is
process where event.type == "start" and /* its name */
  process.name : ("tool.exe", "to?l*", "*.tmp") and
  not (process.parent.name in~ ("explorer.exe") or ?process.pe.original_file_name == null)
`,
  },
  {
    name: 'every kind of comparison',
    text: `any where a == "x" and b != 1 and c < 2.5 and 3 >= d and e : "*f*" and g like "h?" and i like~ ("j*", 7)
  and k regex "l[mn]+" and o regex~ ("p.*", "q") and r in (1, 2) and s not in~ ("t", "u") and v == null
  and w != null and x == true and y and not z`,
  },
  {
    name: 'functions',
    text: `network where cidrMatch(source.ip, "10.0.0.0/8", "fe80::/10") and startsWith~(host.name, "srv-")
  and endsWith(file.path, file.name) and length(process.command_line) > 1000 and stringContains(dns.question.name, ".x.")
  and wildcard~(url.path, "/a*", "*b") and substring(user.name, 0, -1) == "adm" and between(a, "[", "]") : "v*"
  and indexOf(a, "x") != null and concat(a, "-", 1) == "b-1" and number(b) + 2 * 3 >= 4 and add(c, 1) % 2 == 0`,
  },
  {
    name: 'strings of every kind',
    text: `"my-category" where a : "tab\\t quote\\" back\\\\slash \\u{200f} line\\n" and b : """raw \\ and " quote""" and
  \`my-field\` == "x" and x.\`0\`.\`y z\` == "\`" and a[0].b == 1 and $none == "y"`,
  },
  {
    name: 'sequence with everything',
    text: `sequence by host.id, ?user.id with maxspan=1m30
  [process where process.name == "a.exe"] by process.entity_id with runs=3
  ![network where destination.port == 443] by process.parent.entity_id
  [file where file.extension : "exe"] by process.entity_id as event0
  [process where stringContains~(process.command_line, event0.file.name)] by process.parent.entity_id
until [process where event.type == "end"] by process.entity_id
| head 10
| tail 2
`,
  },
  {
    name: 'sample',
    text: 'sample by host.name\n  [process where process.name : "x"]\n  [network where true]\n',
  },
  {
    name: 'the dialect of Elastic Endpoint',
    text: `process where _arraysearch(process.thread.Ext.call_stack, $entry,
    $entry.symbol_info : ("a*", "*b") and not $entry.protection == "RWX") and
  not descendant of [process where process.name : "x" and child of [process where y == 1]] and
  process.name == process.parent.name and startsWith~(file.path, concat(user.name, "x"))`,
  },
  {
    name: 'the Endgame dialect',
    text: `join by unique_pid
  [process where opcode = 1 and process_name == 'it\\'s*'] fork=true
  [file where match(file_name, ?"[a-z]+\\.exe", ?'x') and command_line:between("-enc ", " "):length() > 5] fork
until [file where arraySearch(list, s, s.a == "b" and s != 'c') or arrayContains(list, "d")]
| unique_count process_name parent_process_name
| filter count > 5 and process_name == "x"
| sort a, -b
| count`,
  },
  {
    name: 'pipes of events',
    text: 'process where true | unique user_name | filter user_name == "x" and a == 1 | head 5',
  },
  {
    name: 'constants',
    text: 'any where 1 + 2 * 3 == 7 and a == 10 / 4 and not false and (b == 1) == true and "text"',
  },
  { name: 'capitals', text: 'process where a == 1 AND NOT b == 2 OR (c == 3)' },
  { name: 'no category', text: 'process.name == "x" and y : "z"' },
  { name: 'nothing behind where', text: 'process where' },
  { name: 'broken condition', text: 'process where a == and b == "x" or ) c : (1, "y" z) | head 5' },
  {
    name: 'broken sequence',
    text: 'sequence by [process where a == 1] junk [file where b == ] until | head x',
  },
  {
    name: 'unknown names',
    text: 'process where strtsWith(a, "b") and parent of [file where c == 1] | heads 5 | | tail',
  },
  { name: 'unclosed', text: 'process where a == "b and c == 1\n and d == `e /* f' },
  {
    name: 'Windows line ends',
    text: 'sequence\r\n  [process where a == 1 // one\r\n  ]\r\n  [file where b == 2]\r\n| tail 1\r\n',
  },
  { name: 'text beyond the basic plane', text: 'process where a : "🦊*\u202e" and `𝕊` == "x" 🦊 and b == 1' },
];

import type { Sample } from '@rulescope/testing';

/** Our own texts, each with one thing that the syntax can say, right or wrong. */
export const SAMPLES: readonly Sample[] = [
  {
    name: 'fields, groups and operators over several lines',
    text: `event.category:process AND process.name:(cmd.exe OR "power shell.exe" OR *.tmp) AND
  NOT (user.name:SYSTEM OR process.args:(-q AND --now AND NOT -x)) AND (a:1 OR b:2)
`,
  },
  { name: 'plus and minus', text: 'quick brown +fox -news +(a:b -c:d) !e:f' },
  { name: 'operators in a row', text: 'a AND b OR c AND NOT d || e && f OR NOT g' },
  { name: 'wildcards', text: 'a:qu?ck b:bro* c:*ing d:*x* e:* *:f *:* g:?* book.\\*:x' },
  { name: 'regular expressions', text: String.raw`name:/joh?n(ath[oa]n)/ AND path:/c:\/a\\.*/ OR /x[/` },
  {
    name: 'ranges',
    text: 'date:[2012-01-01 TO 2012-12-31] n:{1 TO 5] m:[10 TO *} t:{alpha TO omega} q:["a b" TO "c]d"] r:[* TO *] age:>10 age:(>=10 AND <20)',
  },
  {
    name: 'fuzzy, near, boosted',
    text: 'quikc~ brwn~1 exact~0 "fox quick"~5 quick^2 "john smith"^2.5 (foo bar)^4 a:b~2^3 c^2~1',
  },
  {
    name: 'escapes',
    text: String.raw`\(1\+1\)\=2 first\ name:Alice a:C\:\\Temp\\* b:\u0041\* c:"say \"x\"" \AND d:\<e`,
  },
  { name: 'existence', text: '_exists_:title AND NOT _exists_:process.parent.name' },
  { name: 'words together', text: 'title:(full text search) foo bar baz AND message:(a b) x:y z' },
  {
    name: 'analysed fields',
    text: 'message:(Quick OR "lazy dog" OR jump*) AND x.text:/f.*/ AND message:"a b"~3',
  },
  {
    name: 'networks, channels, truth values',
    text: 'winlog.channel:Security AND source.ip:10.0.0.0\\/8 AND a:true AND b:"fe80::/10"',
  },
  { name: 'only what must not be', text: '-a:b NOT c:d' },
  { name: 'small operators', text: 'a:b and c:d or not e:f' },
  { name: 'operators with spaces behind them', text: 'a - b ! c + d' },
  { name: 'everything', text: '*' },
  { name: 'Windows line ends and ideographic spaces', text: 'a:1\r\nOR\u3000b:2\r\n' },
  { name: 'operators without clauses', text: 'AND a OR OR b AND' },
  { name: 'broken groups', text: '(a OR () AND b:) c (d' },
  { name: 'broken ranges', text: 'a:[1 TO] OR b:[1 2] OR c:] OR d:[1 TO 2' },
  { name: 'unclosed phrase', text: 'a:b AND c:"x AND d' },
  { name: 'unclosed regular expression', text: 'a:b AND c:/x AND d' },
  { name: 'stray characters', text: 'a^ OR b:c:d OR e~f OR ~g OR ^2 OR h\\' },
  { name: 'text beyond the basic plane', text: 'process.name:"🦊" AND 𝕊:*\u202e AND b:1' },
];

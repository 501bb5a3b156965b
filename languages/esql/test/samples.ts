import type { Sample } from '@rulescope/testing';

/** Our own texts, each with one thing that ES|QL can say, right or wrong. */
export const SAMPLES: readonly Sample[] = [
  {
    name: 'a rule with comments',
    text: `// what it is
FROM logs-endpoint.events.process-*, remote:logs-*, "quoted-*,other" METADATA _id, _version, _index
/* only starts */
| WHERE event.type == "start" AND process.name IN ("tool.exe", "other.exe") // names
    AND NOT (process.parent.name LIKE "expl*" OR process.args_count >= 3)
| KEEP @timestamp, host.*, process.name, \`my-field\`
| LIMIT 100
`,
  },
  {
    name: 'every kind of condition',
    text: `from a | where b == "x" and c != 1 and d < 2.5 and 3 >= e and f like "g*" and h not like ("i?", "*j")
  and k rlike "l[mn]+" and o not rlike ("p.*", """q\\d""") and r in (1, 2) and s not in ("t", "u") and v is null
  and w is not null and x : "text here" and y and not z == true and aa =~ "Bb" and cc::ip == "10.0.0.1"`,
  },
  {
    name: 'functions',
    text: `from a | where cidr_match(source.ip, "10.0.0.0/8", "fe80::/10") and starts_with(to_lower(host.name), "srv-")
  and ends_with(file.path, file.name) and length(process.command_line) > 1000 and contains(dns.question.name, ".x.")
  and mv_contains(tags, ["a", "b"]) and match(message, "one two", { "operator": "AND", "boost": 2 })
  and match_phrase(message, "one two") and KQL("""a: "b" and c: d*""") and QSTR("e:f") and mv_count(g) + 1 > 2
  and case(h == 1, "i", j is null, "k", "l") == "i" and coalesce(m, n, "o") like "p*" and -q * 2 + 1 < 5`,
  },
  {
    name: 'strings of every kind',
    text: `from a | where b == "tab\\t quote\\" back\\\\slash line\\n" and c == """raw \\ and " quote""" and \`my-field\` == "x"
  and d.\`0\`.e == "\`" and f == "" and g == """"quoted"""" and h == "\\d \\*"`,
  },
  {
    name: 'columns followed',
    text: `from a | eval b = to_lower(c), d = concat("x", "y"), e = now() - 1 hour | rename b as f, g = h | drop i
| where f == "j" and d == "xy" and g == 1 and i == 2 and @timestamp > e | eval c == 1`,
  },
  {
    name: 'stats',
    text: `from a | stats count(*), n = count_distinct(b) where c == "d", m = sum(case(e == "f", 1, 0)) by g, h = to_lower(i), bucket(@timestamp, 1 hour)
| where n > 5 and g == "j" and h == "k" | inline stats o = max(n) by g | where o > 1 | stats by g`,
  },
  {
    name: 'shapes',
    text: `from a | sort b desc nulls last, c asc, length(d) | limit 5 by e | sample 0.1 | mv_expand f | keep g*, *.h | drop i
| grok message "%{IP:client} %{NUMBER:n:int} (?<rest>.*)" | dissect j "%{k} %{+l/1} %{?m} %{n->}" append_separator=","
| where client == "10.0.0.1" and rest like "x*" and k == "y"
| enrich _any:my-policy on host.name with owner = o, p | lookup join assets on host.name, q == r | enrich other-policy`,
  },
  {
    name: 'branches and subqueries',
    text: `from (from a | where b == 1), (from c metadata _id | where d == 2 | limit 3)
| where e in (from f | where g == "h" | keep i) and j not in (from k)
| fork (where l == "m" | sort _score) (where n like "o*" | limit 2)
| fuse linear with { "weights": { "fork1": 0.7 } } | where _fork == "fork1"`,
  },
  {
    name: 'models',
    text: `set time_zone = "UTC"; from a | completion answer = concat("is it ", b) with { "inference_id": "x" }
| rerank score = "q" on c, d with { "inference_id": "y" } | change_point n on t as type, p | where answer == "yes"
| completion b with e | ip_location geo = source.ip with { "properties": ["asn"] } | where geo.asn == 1 | topk a, 5 by b
| dedup | limitk 3 by c | highlight "x" on d | ts_collapse | dense_vector e | uri_parts u = url.original | user_agent ua = user_agent.original | mmr on v limit 3`,
  },
  {
    name: 'row',
    text: 'row a = 1, b = "two", c = [1, 2], d = null, e = -3.0, f = ?p | where a == 1 and f == 2',
  },
  { name: 'show', text: 'show info' },
  {
    name: 'time series',
    text: 'ts metrics-* | where host == "a" | stats sum(rate(requests)) by bucket(@timestamp, 5 minutes)',
  },
  {
    name: 'parameters',
    text: 'from a | where b == ?name and ?c == 1 and d in (?1, ?) | where ?fn(e) > 1 | keep ??f',
  },
  { name: 'a stray word', text: 'sql\nfrom a\n| where b == 1\n' },
  { name: 'another language', text: "SELECT * FROM processes WHERE name = 'x' AND (a = 1);" },
  { name: 'no source', text: 'where a == 1 | keep b' },
  { name: 'nothing behind where', text: 'from a | where' },
  {
    name: 'broken condition',
    text: 'from a | where b == and c == "x" or ) d in (1, "y" z) | limit x y | keep , | stats by',
  },
  {
    name: 'broken commands',
    text: 'from | wehre a == 1 | | foo bar "x | y" (z | 1) | from b | rename a | fork x | enrich | lookup join a',
  },
  {
    name: 'unknown functions',
    text: 'from a | where to_lowr(b) == "c" and starts_with(d) and e::nothing == 1 | eval f = foo(g)',
  },
  { name: 'null', text: 'from a | where b == null or c in (null) or d != null | where 1 | where "x"' },
  { name: 'unclosed', text: 'from a | where b == "c and d == 1\n and e == `f /* g' },
  { name: 'unclosed raw string', text: 'from a | where b == """c\n | where d == (1' },
  {
    name: 'Windows line ends',
    text: 'from a\r\n  | where b == 1 // one\r\n  | stats c = count(*) by d\r\n| where c > 1\r\n',
  },
  {
    name: 'text beyond the basic plane',
    text: 'from a | where b like "🦊*\u202e" and `𝕊` == "x" 🦊 and c == 1',
  },
  {
    name: 'numbers that JavaScript does not hold',
    text: 'from a | where b == 18446744073709551615 or c > -1e400 and d in (9007199254740993, 1) and e > now() - 9007199254740993 days',
  },
  {
    name: 'commas without values',
    text: 'from a | where b in () or c in (1,) and d == [2,] and e(3,) or f like ()',
  },
  { name: 'only a comment', text: '// nothing' },
];

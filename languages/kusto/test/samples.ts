import type { Sample } from '@rulescope/testing';

/** Our own texts, each with something that the language can say, right or wrong; short, for the parser is slow. */
export const SAMPLES: readonly Sample[] = [
  {
    name: 'constants, tables and functions that have names',
    text: `// what is looked for
let window = 7d;
let tools = dynamic(["tool.exe", 'other.exe']);
let starts = DeviceProcessEvents | where Timestamp > ago(window);
let named = (T:(*), name:string) { T | where FileName =~ name };
starts
| where FileName in~ (tools) and not(FolderPath startswith @"C:\\Program Files\\")
| invoke named("tool.exe") // the one
`,
  },
  {
    name: 'every kind of comparison',
    text: `Events | where a == "x" and b =~ 'y' and c != 1 and d !has "z" and e has_any ("p", "q") and f has_all ("r s")
  or g matches regex @"^(?i)a+$" and h between (1 .. 5) and i !in ("t") and j hasprefix "pre" and k in~ (dynamic(["u"]))
  or isempty(l) and isnotnull(m) and ipv4_is_in_range(n, "10.0.0.0/8") and tolower(o) contains_cs "v" and p > ago(1d)`,
  },
  {
    name: 'columns that are renamed, computed and grouped',
    text: `SigninLogs
| extend Ip = IPAddress, Name = tolower(tostring(parse_json(DeviceDetail).displayName)), Long = strlen(UserAgent) > 200
| project-rename User = UserPrincipalName
| where Ip startswith "10." and Name == "x" and Long
| summarize Count = count(), Apps = make_set(AppDisplayName) by User, bin(TimeGenerated, 1h)
| where Count > 5 and User endswith "example.org" | top 10 by Count | sort by User asc`,
  },
  {
    name: 'joins and unions',
    text: `union withsource=Table (A | where x == 1), B, workspace("w").C
| join kind=leftanti (D | where y has "z") on Id
| join kind=rightanti (E) on $left.Id == $right.Other
| lookup kind=leftouter (F | project Id, Note) on Id
| where Note == "n" and Id1 == 2`,
  },
  {
    name: 'lists, parts of texts, tables in the text',
    text: `let known = datatable(Name:string, Id:long)["a", 1, "b", 2];
let feed = externaldata(Ip:string)[@"https://feed.example/ips.csv"] with (format="csv");
AuditLogs | mv-expand TargetResources | extend M = TargetResources.modifiedProperties[0]["displayName"]
| parse-where Note with * "id=" Id:int ";" * | mv-apply x = M on (where x has "q" | project x)
| where Name in (known) and Ip in (feed) and Id in ((Other | where z == 1 | project Id))
| evaluate bag_unpack(Details) | make-series n = count() on TimeGenerated step 1h by Name | render timechart`,
  },
  {
    name: 'search and find',
    text: `search in (A, B) "word" and (Column:"part*" or "*ending") | where x == 1;
find in (C, D) where Name has "x" project Name`,
  },
  {
    name: 'two queries without a semicolon',
    text: `DeviceFileEvents
| where FileName endswith ".iso"
| project Timestamp, DeviceName

// the same in the other portal
DeviceFileEvents
| where FileName endswith ".iso"
| project TimeGenerated, DeviceName
`,
  },
  { name: 'a condition alone', text: `'process.name' in~ ("a.exe", "b.exe") and not("key*word")` },
  { name: 'a piece of a query', text: `// and then\n| where x == 1\n| take 5` },
  { name: 'another language', text: `index=main sourcetype="x" | stats count by host` },
  { name: 'a broken query', text: `T | where (a == 1 and b in ("x" | project c` },
  {
    name: 'scan, fork, partition, graphs',
    text: `T | scan with (step s1: a == 1; step s2: b == 2 and s1.c == c;) | fork (where x == 1) (count)
| partition by k (top 1 by v) | as Named | union (Named) | getschema`,
  },
];

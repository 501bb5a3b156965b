import ipaddr from 'ipaddr.js';
import { RE2JS } from 're2js';
import type { Operator, Test, Value } from '../model.ts';
import { fold, hasTerm, wildcardMatcher } from './text.ts';
import type { Truth } from './truth.ts';

/** One value of an event, made ready to be compared. */
export interface Subject {
  readonly value: Value;
  /** As text, folded where the test disregards case. */
  readonly text: string;
}

/** What is asked of one value of an event. */
export type Comparison = (subject: Subject) => Truth;

/** The operators that compare a value of the event with a value of the test. */
export type ValueOperator = Exclude<Operator, 'exists' | 'is_null' | `field_${string}`>;

/** How a test compares: its operator apart, since that of `field_eq` is `eq`. */
export type ComparisonRules = Pick<Test, 'caseSensitive' | 'flags' | 'anchored'>;

export function subjectOf(value: Value, rules: ComparisonRules): Subject {
  return { value, text: textOf(value, rules) };
}

/** Makes the comparison with one value of a test. What cannot be compared gives null. */
export function comparisonWith(op: ValueOperator, value: Value, rules: ComparisonRules): Comparison {
  const wanted = textOf(value, rules);
  switch (op) {
    case 'eq':
      return (subject) => equals(subject, { value, text: wanted });
    case 'contains':
      return ({ text }) => text.includes(wanted);
    case 'starts_with':
      return ({ text }) => text.startsWith(wanted);
    case 'ends_with':
      return ({ text }) => text.endsWith(wanted);
    case 'term':
      return ({ text }) => hasTerm(text, wanted);
    case 'wildcard': {
      const matches = wildcardMatcher(wanted);
      return ({ text }) => matches(text);
    }
    case 'regex':
      return regexComparison(String(value), rules);
    case 'cidr':
      return networkComparison(String(value));
    case 'lt':
      return (subject) => ordered(subject, { value, text: wanted }, (order) => order < 0);
    case 'le':
      return (subject) => ordered(subject, { value, text: wanted }, (order) => order <= 0);
    case 'gt':
      return (subject) => ordered(subject, { value, text: wanted }, (order) => order > 0);
    case 'ge':
      return (subject) => ordered(subject, { value, text: wanted }, (order) => order >= 0);
  }
}

function textOf(value: Value, rules: ComparisonRules): string {
  return rules.caseSensitive === true ? String(value) : fold(String(value));
}

/** Two texts are equal as texts; where one side is a number, as numbers if the other can be read as one. */
function equals(left: Subject, right: Subject): boolean {
  if (typeof left.value === 'number' || typeof right.value === 'number') {
    const [a, b] = [numberOf(left.value), numberOf(right.value)];
    if (a !== null && b !== null) return a === b;
  }
  return left.text === right.text;
}

/** Numbers by size, texts by code; a number and a text that is none are in no order. */
function ordered(left: Subject, right: Subject, holds: (order: number) => boolean): boolean {
  const [a, b] = [numberOf(left.value), numberOf(right.value)];
  if (a !== null && b !== null) return holds(a - b);
  if (a !== null || b !== null) return false;
  return holds(left.text === right.text ? 0 : left.text < right.text ? -1 : 1);
}

function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value)
    ? Number(value)
    : null;
}

/** Flags that RE2 has too; a regex with others is not run. */
const REGEX_FLAGS: ReadonlyMap<string, number> = new Map([
  ['i', RE2JS.CASE_INSENSITIVE],
  ['m', RE2JS.MULTILINE],
  ['s', RE2JS.DOTALL],
]);

/** Never V8's own engine, which can backtrack for ever. Null where RE2 has no such syntax. */
function regexComparison(pattern: string, rules: ComparisonRules): Comparison {
  const regex = compileRegex(pattern, rules);
  if (regex === null) return () => null;
  return rules.anchored === true
    ? ({ value }) => regex.testExact(String(value))
    : ({ value }) => regex.test(String(value));
}

function compileRegex(pattern: string, rules: ComparisonRules): RE2JS | null {
  let flags = rules.caseSensitive === false ? RE2JS.CASE_INSENSITIVE : 0;
  for (const letter of rules.flags ?? '') {
    const flag = REGEX_FLAGS.get(letter);
    if (flag === undefined) return null;
    flags |= flag;
  }
  try {
    return RE2JS.compile(pattern, flags);
  } catch {
    return null;
  }
}

/** Null where the test's own value is no network; an event's value that is no address is in none. */
function networkComparison(network: string): Comparison {
  const range = readNetwork(network);
  if (range === null) return () => null;
  const [base, bits] = range;
  return ({ value }) => {
    const address = readAddress(String(value));
    return address !== null && address.kind() === base.kind() && address.match(base, bits);
  };
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function readNetwork(network: string): readonly [Address, number] | null {
  if (ipaddr.IPv4.isValidCIDRFourPartDecimal(network)) return ipaddr.IPv4.parseCIDR(network);
  if (ipaddr.IPv6.isValidCIDR(network)) return ipaddr.IPv6.parseCIDR(network);
  const address = readAddress(network);
  return address === null ? null : [address, address.toByteArray().length * 8];
}

/** An IPv4 address that is written as IPv6 (`::ffff:10.0.0.1`) is the IPv4 address. */
function readAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  if (!ipaddr.IPv6.isValid(text)) return null;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

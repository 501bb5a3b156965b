import type {
  BroaderIndicator,
  BroaderIndicators,
  IndicatorCount,
  IndicatorKey,
  Polarity,
  RuleCount,
} from '@rulescope/catalog';
import type { Expression } from '@rulescope/logic';
import { insideFunctions, printExpression } from '@rulescope/logic';
import type { JSX } from 'preact';
import type { CountFinder, IndicatorGroup, IndicatorValue } from '../indicator-groups.ts';
import { groupTests, keyText } from '../indicator-groups.ts';
import { fieldHref, indicatorHref } from '../links.ts';
import { countWords, formatNumber, operatorWords, originWords, plural, relationWords } from '../words.ts';
import { Breakable } from './breakable.tsx';
import { CodeBox } from './page.tsx';
import { Word } from './words.tsx';

/** Values of one row and literals of one value that a page shows: no rule that a person wrote has more. */
const MOST_VALUES = 2000;
const MOST_LITERALS = 200;
/** Broader indicators of one value that a page shows. */
const MOST_BROADER = 5;
/** Characters from which a broader indicator says something of what it catches. */
const TELLING_LENGTH = 3;

/** The broader indicators of what a rule looks for, by `keyText`. */
export type BroaderFinder = ReadonlyMap<string, BroaderIndicators>;

const NOTHING_BROADER: BroaderFinder = new Map();

/** A field's name, with the functions around it; with `linked` it leads to the page of its canonical field. */
export function FieldName(props: {
  readonly field: string | null;
  readonly through?: readonly string[];
  readonly linked?: string | null;
}): JSX.Element {
  if (props.field === null) return <em>any field</em>;
  const text = insideFunctions(props.field, props.through ?? []);
  const name = (
    <code>
      <Breakable text={text} />
    </code>
  );
  return props.linked == null ? name : <a href={fieldHref(props.linked)}>{name}</a>;
}

/** Where a test was taken over from: `from the macro process_msiexec`. */
function Origin({ via }: { readonly via: string }): JSX.Element {
  const { words, name } = originWords(via);
  return (
    <span class="note">
      from {words}{' '}
      <code>
        <Breakable text={name} />
      </code>
    </span>
  );
}

/** A value as it stands in the rule; white space shows, and an empty value says so. */
export function ValueText(props: { readonly value: string }): JSX.Element {
  return props.value === '' ? <em>empty text</em> : <code class="value">{props.value}</code>;
}

/** An expression as text, in a box of its own. */
export function ExpressionText(props: {
  readonly label: string;
  readonly expression: Expression;
}): JSX.Element {
  const text = printExpression(props.expression, { multiline: true });
  return <CodeBox label={props.label} text={text} class="expression" />;
}

/** How many other rules have an indicator, in total and by platform, each number a link to them. */
export function CorpusCount(props: {
  readonly indicator: IndicatorKey;
  readonly count: RuleCount;
  readonly polarity: Polarity;
  /** What is said where no other rule has it. */
  readonly alone?: string;
}): JSX.Element {
  const { indicator, count, polarity, alone = 'this rule only' } = props;
  if (count.total === 0) return <span class="quiet">{alone}</span>;
  const platforms = Object.entries(count.byPlatform).sort(([a], [b]) => (a < b ? -1 : 1));
  const anchor = polarity === 'include' ? '#including' : '#excluding';
  const link = (text: string, platform: string | null): JSX.Element => {
    const href = indicatorHref(indicator, platform);
    return href === null ? <span>{text}</span> : <a href={href + anchor}>{text}</a>;
  };
  return (
    <span class="count">
      {link(countWords(count, polarity), null)} (
      {platforms.map(([platform, number], i) => (
        <>
          {i > 0 && ', '}
          {link(`${platform} ${formatNumber(number)}`, platform)}
        </>
      ))}
      )
    </span>
  );
}

/** A table of tests: field, operator, values with their transforms, literals and corpus counts. */
export function IndicatorTable(props: {
  readonly caption: string;
  readonly groups: readonly IndicatorGroup[];
  readonly polarity: Polarity;
  readonly broader?: BroaderFinder;
}): JSX.Element {
  const { broader = NOTHING_BROADER } = props;
  return (
    <table class="indicators stacked">
      <caption class="hidden">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Kind</th>
          <th scope="col">{props.polarity === 'include' ? 'Values' : 'Excluded values'}</th>
        </tr>
      </thead>
      <tbody>
        {props.groups.map((group) => (
          <tr>
            <th scope="row">
              <FieldName field={group.field} through={group.through} linked={group.canonical} />
              <CanonicalName group={group} />
            </th>
            <td>
              <Kind group={group} />
            </td>
            <td>
              <ul class="values">
                {group.values.slice(0, MOST_VALUES).map((value) => (
                  <li>
                    <Value value={value} group={group} polarity={props.polarity} broader={broader} />
                  </li>
                ))}
              </ul>
              <More count={group.values.length - MOST_VALUES} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The table of the tests of one expression, such as an exclusion. */
export function TestTable(props: {
  readonly caption: string;
  readonly tests: Parameters<typeof groupTests>[0];
  readonly polarity: Polarity;
  readonly find: CountFinder;
}): JSX.Element | null {
  const groups = groupTests(props.tests, props.polarity, props.find);
  if (groups.length === 0) return null;
  return <IndicatorTable caption={props.caption} groups={groups} polarity={props.polarity} />;
}

function Kind({ group }: { readonly group: IndicatorGroup }): JSX.Element {
  const notes = [
    group.quantifier === 'all' ? 'all of the values' : null,
    group.caseSensitive === true ? 'case-sensitive' : null,
    group.derived ? 'on a computed value' : null,
  ].filter((note) => note !== null);
  return (
    <>
      {operatorWords(group.op)}
      {notes.length > 0 && <span class="note">{notes.join(', ')}</span>}
    </>
  );
}

/** The canonical field, where the rule writes another name for it. */
function CanonicalName({ group }: { readonly group: IndicatorGroup }): JSX.Element | null {
  const { field, canonical } = group;
  if (field === null || canonical === null || field.toLowerCase() === canonical.toLowerCase()) return null;
  return (
    <span class="note">
      <Word word="counted as" /> <FieldName field={canonical} linked={canonical} />
    </span>
  );
}

function Value(props: {
  readonly value: IndicatorValue;
  readonly group: IndicatorGroup;
  readonly polarity: Polarity;
  readonly broader: BroaderFinder;
}): JSX.Element {
  const { value, group, polarity, broader } = props;
  const hasValue = group.op !== 'exists' && group.op !== 'is_null';
  return (
    <>
      {hasValue && <ValueText value={value.shown} />}{' '}
      {value.transforms.length > 0 && <span class="note">transforms: {value.transforms.join(', ')}</span>}{' '}
      {value.via.map((via) => (
        <>
          <Origin via={via} />{' '}
        </>
      ))}
      {value.counts.map((count, i) => (
        <>
          {i > 0 && ' · '}
          <Counted count={count} group={group} polarity={polarity} broader={broader.get(keyText(count))} />
        </>
      ))}{' '}
      <Required literals={value.required} />
      <Literals literals={value.expanded} />
    </>
  );
}

/** One indicator that a value is counted as: how it differs from what the rule writes, and the counts. */
function Counted(props: {
  readonly count: IndicatorCount;
  readonly group: IndicatorGroup;
  readonly polarity: Polarity;
  readonly broader: BroaderIndicators | undefined;
}): JSX.Element {
  const { count, group, polarity, broader } = props;
  const isOther =
    count.op !== count.written.op ||
    count.field !== group.canonical ||
    count.value.toLowerCase() !== count.shown.toLowerCase();
  return (
    <>
      {isOther && (
        <span class="note">
          <Word word="counted as" /> <IndicatorText indicator={count} />
        </span>
      )}{' '}
      {count.selector && (
        <span class="note">
          <Word word="selector">picks the events</Word>
        </span>
      )}{' '}
      {count.selector && count.others.total === 0 ? null : (
        <CorpusCount indicator={count} count={count.others} polarity={polarity} />
      )}
      {count.literals
        .filter(({ others }) => others.total > 0)
        .map((literal) => (
          <span class="note near">
            as <IndicatorText indicator={literal} />,{' '}
            <CorpusCount indicator={literal} count={literal.others} polarity={polarity} />
          </span>
        ))}
      {count.near.map((near) => (
        <span class="note near">
          {relationWords(near.relation)} <IndicatorText indicator={near} />,{' '}
          <CorpusCount
            indicator={near}
            count={near.others}
            polarity={polarity}
            alone={polarity === 'include' ? 'for which no other rule looks' : 'which no other rule excludes'}
          />
        </span>
      ))}
      {broader !== undefined && <BroaderList broader={broader} />}
    </>
  );
}

/** The closest of the indicators that events of this one have, too. */
function BroaderList({ broader }: { readonly broader: BroaderIndicators }): JSX.Element {
  return (
    <details>
      <summary>also caught by {plural(broader.total, 'broader indicator')}</summary>
      <BroaderItems {...broader} most={MOST_BROADER} />
    </details>
  );
}

/**
 * The closest of the broader indicators of one; those of a character or two, which nearly every event has, are told as a
 * number.
 */
export function BroaderItems(props: {
  readonly total: number;
  readonly broader: readonly BroaderIndicator[];
  readonly most: number;
}): JSX.Element {
  const telling = props.broader.filter(({ value }) => value.length >= TELLING_LENGTH);
  const shown = telling.slice(0, props.most);
  const short = props.broader.length - telling.length;
  return (
    <>
      {shown.length > 0 && (
        <ul>
          {shown.map((one) => (
            <li>
              <IndicatorText indicator={one} />{' '}
              <CorpusCount indicator={one} count={one.others} polarity="include" />
            </li>
          ))}
        </ul>
      )}
      {short > 0 && <p class="quiet">{formatNumber(short)} of one or two characters, left out</p>}
      <More count={props.total - shown.length - short} />
    </>
  );
}

/** An indicator in words: field, operator and value. */
export function IndicatorText(props: {
  readonly indicator: IndicatorKey;
  readonly through?: readonly string[];
}): JSX.Element {
  const { field, op, value, encoding } = props.indicator;
  return (
    <span>
      <FieldName field={field} through={props.through ?? []} /> {operatorWords(op)}{' '}
      {op !== 'exists' && op !== 'is_null' && <ValueText value={value} />}
      {encoding !== '' && ` as ${encoding}`}
    </span>
  );
}

/** The texts that every match of a regex holds. */
function Required({ literals }: { readonly literals: readonly string[] }): JSX.Element | null {
  if (literals.length === 0) return null;
  return (
    <span class="note">
      · every match holds{' '}
      {literals.slice(0, MOST_LITERALS).map((literal, i) => (
        <>
          {i > 0 && ', '}
          <ValueText value={literal} />
        </>
      ))}
    </span>
  );
}

function Literals({ literals }: { readonly literals: readonly string[] }): JSX.Element | null {
  if (literals.length === 0) return null;
  return (
    <details>
      <summary>{plural(literals.length, 'literal')}</summary>
      <ul class="literals">
        {literals.slice(0, MOST_LITERALS).map((literal) => (
          <li>
            <ValueText value={literal} />
          </li>
        ))}
      </ul>
      <More count={literals.length - MOST_LITERALS} />
    </details>
  );
}

function More({ count }: { readonly count: number }): JSX.Element | null {
  return count > 0 ? <p class="quiet">and {formatNumber(count)} more, in the API</p> : null;
}

import type { IndicatorRules, WrittenForm } from '@rulescope/catalog';
import type { JSX } from 'preact';
import { formatNumber, plural, relationWords } from '../words.ts';
import { BroaderItems, CorpusCount, IndicatorText } from './values.tsx';

/** Ways of writing that are shown: what few rules write is seen in the rules themselves. */
const MOST_FORMS = 12;
/** Broader indicators that are shown, the closest. */
const MOST_BROADER = 5;

/** How each language writes an indicator; null where all write it as it is counted. */
export function WrittenForms({ indicator }: { readonly indicator: IndicatorRules }): JSX.Element | null {
  const { written, field, op } = indicator;
  if (written.every((form) => form.field === field && form.op === op)) return null;
  return (
    <section class="part">
      <h2>How rules write it</h2>
      <table class="field-table">
        <caption class="hidden">How rules write it</caption>
        <thead>
          <tr>
            <th scope="col">Language</th>
            <th scope="col">In the rules</th>
            <th scope="col">Rules</th>
          </tr>
        </thead>
        <tbody>
          {written.slice(0, MOST_FORMS).map((form) => (
            <Form form={form} />
          ))}
        </tbody>
      </table>
      {written.length > MOST_FORMS && (
        <p class="quiet">And {plural(written.length - MOST_FORMS, 'rarer form')}.</p>
      )}
    </section>
  );
}

function Form({ form }: { readonly form: WrittenForm }): JSX.Element {
  return (
    <tr>
      <th scope="row">{form.language ?? ''}</th>
      <td>
        <IndicatorText indicator={{ ...form, encoding: '' }} through={form.through} />
      </td>
      <td class="number">{formatNumber(form.rules)}</td>
    </tr>
  );
}

/** The indicators that every event of one has, too, and those that are nearly the same; null where there are none. */
export function Neighbours({ indicator }: { readonly indicator: IndicatorRules }): JSX.Element | null {
  const { broader, total, near } = indicator;
  if (broader.length + near.length === 0) return null;
  return (
    <section class="part">
      <h2>Counted apart</h2>
      {broader.length > 0 && (
        <>
          <p>Every event that has it has {plural(total, 'broader indicator')} of other rules, too:</p>
          <BroaderItems total={total} broader={broader} most={MOST_BROADER} />
        </>
      )}
      {near.length > 0 && (
        <>
          <p>What rules write for it is, in some of them,</p>
          <ul>
            {near.map((one) => (
              <li>
                {relationWords(one.relation)} <IndicatorText indicator={one} />{' '}
                <CorpusCount
                  indicator={one}
                  count={one.others}
                  polarity="include"
                  alone="for which no rule looks"
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

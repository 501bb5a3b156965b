import { type EventCoverage, type MappedField, shortProvider } from '@rulescope/knowledge';
import { type Expression, printExpression } from '@rulescope/logic';
import type { ComponentChildren, JSX } from 'preact';
import { eventHref, eventIdWords, eventNameOf } from '../events.ts';
import { fieldHref } from '../links.ts';
import { formatNumber, plural } from '../words.ts';
import { VerdictMark } from './marks.tsx';
import { Word } from './words.tsx';

/** Alternatives of a condition that one cell lists. */
const MOST_PARTS = 50;
/** Of these so many stand open. */
const OPEN_PARTS = 3;

/** On which events a rule works, how well, and what is missing or has to be set up. */
export function EventTable({ events }: { readonly events: readonly EventCoverage[] }): JSX.Element {
  const versions = new Map<string, number>();
  for (const event of events) versions.set(nameOf(event), (versions.get(nameOf(event)) ?? 0) + 1);
  return (
    <table class="events stacked">
      <caption class="hidden">Events, and what the rule loses on each</caption>
      <thead>
        <tr>
          <th scope="col">Provider</th>
          <th scope="col">Event</th>
          <th scope="col">Title</th>
          <th scope="col">
            <Word word="event coverage">Verdict</Word>
          </th>
          <th scope="col">What is missing or needed</th>
        </tr>
      </thead>
      <tbody>
        {newestFirst(events).map((event) => (
          <tr>
            <td>{shortProvider(eventNameOf(event).provider)}</td>
            <th scope="row">
              <a href={eventHref(eventNameOf(event))}>{eventIdWords(event.id)}</a>
              {(versions.get(nameOf(event)) ?? 0) > 1 && <span class="note">version {event.version}</span>}
            </th>
            <td>
              {event.title}
              {event.role === 'alternative' && (
                <span class="note">
                  <Word word="alternative">alternative event</Word>
                </span>
              )}
            </td>
            <td>
              <VerdictMark verdict={event.verdict} />
            </td>
            <td>
              <Findings event={event} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The versions of an event beneath each other, the newest first; events stay in their order. */
function newestFirst(events: readonly EventCoverage[]): readonly EventCoverage[] {
  const groups = Map.groupBy(events, nameOf);
  return [...groups.values()].flatMap((group) => group.toSorted((a, b) => b.version - a.version));
}

function nameOf(event: EventCoverage): string {
  return `${event.provider} ${event.id}`;
}

function Findings({ event }: { readonly event: EventCoverage }): JSX.Element {
  const { missing, unchecked, mapped, deadBranches, idleExclusions, prerequisites } = event;
  return (
    <dl class="findings">
      {missing.length > 0 && (
        <Finding name="Not carried">
          <FieldList fields={missing} />
        </Finding>
      )}
      {unchecked.length > 0 && (
        <Finding name="Perhaps not carried">
          <FieldList fields={unchecked} />
        </Finding>
      )}
      {deadBranches.length > 0 && (
        <Finding name="Never found">
          <PartList parts={deadBranches} />
        </Finding>
      )}
      {idleExclusions.length > 0 && (
        <Finding name="Never excluded">
          <PartList parts={idleExclusions} />
        </Finding>
      )}
      {prerequisites.length > 0 && (
        <Finding name="Needs">
          <ul class="plain">
            {prerequisites.map((text) => (
              <li>{text}</li>
            ))}
          </ul>
        </Finding>
      )}
      {mapped.length > 0 && (
        <Finding name="Other names">
          <details>
            <summary>{plural(mapped.length, 'field')}</summary>
            <ul class="plain">
              {mapped.map((field) => (
                <li>
                  <Mapped field={field} />
                </li>
              ))}
            </ul>
          </details>
        </Finding>
      )}
    </dl>
  );
}

function Finding(props: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** Fields, each a link to its page. */
export function FieldList({ fields }: { readonly fields: readonly string[] }): JSX.Element {
  return (
    <>
      {fields.map((field, i) => (
        <>
          {i > 0 && ', '}
          <a href={fieldHref(field)}>
            <code>{field}</code>
          </a>
        </>
      ))}
    </>
  );
}

function PartList(props: { readonly parts: readonly Expression[] }): JSX.Element {
  const parts = [...new Set(props.parts.map((part) => printExpression(part, { multiline: false })))];
  const folded = parts.slice(OPEN_PARTS, MOST_PARTS);
  return (
    <>
      <PartItems parts={parts.slice(0, OPEN_PARTS)} />
      {folded.length > 0 && (
        <details>
          <summary>{formatNumber(parts.length - OPEN_PARTS)} more</summary>
          <PartItems parts={folded} />
          {parts.length > MOST_PARTS && <p>and {formatNumber(parts.length - MOST_PARTS)} more, in the API</p>}
        </details>
      )}
    </>
  );
}

function PartItems({ parts }: { readonly parts: readonly string[] }): JSX.Element {
  return (
    <ul class="plain">
      {parts.map((part) => (
        <li>
          <code>{part}</code>
        </li>
      ))}
    </ul>
  );
}

function Mapped({ field }: { readonly field: MappedField }): JSX.Element {
  return (
    <>
      <code>{field.field}</code> is <code>{field.to.join(', ')}</code>
      {field.values !== null &&
        `; ${Object.entries(field.values)
          .map(([from, to]) => `${from} is ${to}`)
          .join(', ')}`}
      {field.note !== null && `. ${field.note}`}
    </>
  );
}

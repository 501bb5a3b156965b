import type { AttackRelease, AttackTactic, AttackTechnique } from '@rulescope/knowledge';
import type { JSX } from 'preact';
import { type AttackCounts, partsOf, techniquesOf } from '../attack.ts';
import { listHref, tacticHref, techniqueHref, withQuery } from '../links.ts';
import { ReleaseNote, releaseName, TacticLink, TechniqueLink } from '../parts/attack.tsx';
import { Crumbs } from '../parts/page.tsx';
import { type Paged, RuleSection } from '../parts/rule-section.tsx';
import { formatNumber, plural } from '../words.ts';
import { Layout } from './layout.tsx';

/** The matrix: a column for each tactic, with how many rules there are for each of its techniques. */
export function TacticsPage(props: {
  readonly release: AttackRelease;
  readonly counts: AttackCounts;
}): JSX.Element {
  const { release, counts } = props;
  const inForce = release.techniques.filter(({ status }) => status === undefined);
  const covered = inForce.filter(({ id }) => (counts.techniques.get(id) ?? 0) > 0);
  return (
    <Layout title="ATT&CK" section="attack">
      <h1>{releaseName(release)}</h1>
      <p>
        The catalog has rules for {formatNumber(covered.length)} of the {formatNumber(inForce.length)}{' '}
        techniques and sub-techniques. A number is that of the rules; a technique counts those of its parts.
      </p>
      <ReleaseNote release={release} />
      <section class="matrix" aria-label="Matrix of tactics and techniques" tabindex={0}>
        {release.tactics.map((tactic) => (
          <MatrixColumn tactic={tactic} release={release} counts={counts} />
        ))}
      </section>
    </Layout>
  );
}

function MatrixColumn(props: {
  readonly tactic: AttackTactic;
  readonly release: AttackRelease;
  readonly counts: AttackCounts;
}): JSX.Element {
  const { tactic, release, counts } = props;
  return (
    <section>
      <h2>
        <TacticLink tactic={tactic} />
        <span class="note">{plural(counts.tactics.get(tactic.shortname) ?? 0, 'rule')}</span>
      </h2>
      <ul>
        {techniquesOf(tactic, release).map((technique) => {
          const rules = counts.techniques.get(technique.id) ?? 0;
          return (
            <li class={rules === 0 ? 'none' : undefined}>
              <a href={techniqueHref(technique.id)} title={technique.id}>
                {technique.name}
              </a>{' '}
              <span class="number">{formatNumber(rules)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** A tactic: its techniques with their parts, and its rules. */
export function TacticPage(props: {
  readonly tactic: AttackTactic;
  readonly release: AttackRelease;
  readonly counts: AttackCounts;
  readonly paged: Paged;
}): JSX.Element {
  const { tactic, release, counts, paged } = props;
  const href = tacticHref(tactic.shortname);
  return (
    <Layout title={tactic.name} section="attack">
      <Crumbs crumbs={[{ href: '/tactics', text: 'ATT&CK' }]} />
      <h1>
        {tactic.name} <span class="note">{tactic.id}</span>
      </h1>
      {tactic.replaces !== undefined && (
        <p>
          In earlier releases of ATT&CK this was a part of, or was called:{' '}
          {tactic.replaces.map((name) => name.replaceAll('-', ' ')).join(', ')}.
        </p>
      )}
      <section class="part">
        <h2 id="techniques-title">Techniques</h2>
        <ul class="tree">
          {techniquesOf(tactic, release).map((technique) => (
            <TechniqueBranch technique={technique} release={release} counts={counts} />
          ))}
        </ul>
      </section>
      <section class="part">
        <h2 id="rules-title">Rules</h2>
        <RuleSection
          paged={paged}
          filter={{ tactic: tactic.shortname }}
          href={(page) => withQuery(href, {}, page)}
          empty="The catalog has no rule for it."
        />
      </section>
      <ReleaseNote release={release} />
    </Layout>
  );
}

function TechniqueBranch(props: {
  readonly technique: AttackTechnique;
  readonly release: AttackRelease;
  readonly counts: AttackCounts;
}): JSX.Element {
  const { technique, release, counts } = props;
  const parts = partsOf(technique.id, release);
  return (
    <li>
      <CountedTechnique technique={technique} counts={counts} />
      {parts.length > 0 && (
        <ul>
          {parts.map((part) => (
            <li>
              <CountedTechnique technique={part} counts={counts} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** A technique and how many rules there are for it. */
export function CountedTechnique(props: {
  readonly technique: AttackTechnique;
  readonly counts: AttackCounts;
}): JSX.Element {
  const { technique, counts } = props;
  const rules = counts.techniques.get(technique.id) ?? 0;
  return (
    <span class={rules === 0 ? 'counted none' : 'counted'}>
      <TechniqueLink id={technique.id} name={technique.name} />{' '}
      <span class="number">{formatNumber(rules)}</span>
    </span>
  );
}

/** A tactic of another release that several tactics took over. */
export function SplitTacticPage(props: {
  readonly own: AttackTactic;
  readonly tactics: readonly AttackTactic[];
  readonly release: AttackRelease;
}): JSX.Element {
  const { own, tactics, release } = props;
  return (
    <Layout title={own.name} section="attack">
      <Crumbs crumbs={[{ href: '/tactics', text: 'ATT&CK' }]} />
      <h1>{own.name}</h1>
      <p>{releaseName(release)} has no tactic of this name. It became:</p>
      <ul>
        {tactics.map((tactic) => (
          <li>
            <TacticLink tactic={tactic} />
          </li>
        ))}
      </ul>
      <p>
        <a href={listHref({})}>All rules</a>
      </p>
    </Layout>
  );
}

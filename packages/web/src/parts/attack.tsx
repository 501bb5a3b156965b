import type { AttackRelease, AttackTactic, RuleAttack, RuleTechnique } from '@rulescope/knowledge';
import type { ComponentChildren, JSX } from 'preact';
import { tacticHref, techniqueHref } from '../links.ts';

/** A tactic that a rule serves, and its techniques under it. */
interface TacticRow {
  /** Null for techniques that the release puts under no tactic. */
  readonly tactic: AttackTactic | null;
  /** How the rule's tag names the tactic, where the release calls it otherwise. */
  readonly tagged: readonly string[];
  readonly techniques: readonly RuleTechnique[];
}

/**
 * The rows of a rule's table, in the order of the release's tactics. A technique stands under those of its
 * tactics that the rule names, or under all of them where the rule names none; a tactic that the rule names and
 * no technique of it has stands alone.
 */
function tacticRows(attack: RuleAttack, release: AttackRelease): readonly TacticRow[] {
  const named = new Set(attack.tactics.flatMap(({ tactics }) => tactics.map(({ id }) => id)));
  const under = (tactic: AttackTactic): readonly RuleTechnique[] =>
    attack.techniques.filter(({ tactics }) => {
      const meant = tactics.filter(({ id }) => named.has(id));
      return (meant.length > 0 ? meant : tactics).some(({ id }) => id === tactic.id);
    });
  const rows = release.tactics.map((tactic) => ({
    tactic,
    tagged: attack.tactics
      .filter(
        ({ own, tactics }) => own.shortname !== tactic.shortname && tactics.some((it) => it.id === tactic.id),
      )
      .map(({ own }) => own.name),
    techniques: under(tactic),
  }));
  const homeless = attack.techniques.filter(({ tactics }) => tactics.length === 0);
  return [
    ...rows.filter(({ tactic, techniques }) => techniques.length > 0 || named.has(tactic.id)),
    ...(homeless.length > 0 ? [{ tactic: null, tagged: [], techniques: homeless }] : []),
  ];
}

/** A rule's place in ATT&CK: its tactics with their techniques, and what could not be placed. */
export function AttackTable(props: {
  readonly attack: RuleAttack;
  readonly release: AttackRelease;
}): JSX.Element {
  const { attack, release } = props;
  const rows = tacticRows(attack, release);
  const others = [...attack.groups, ...attack.software, ...attack.others.map(({ id }) => id)];
  return (
    <>
      {rows.length > 0 && (
        <table class="attack">
          <caption class="hidden">Tactics and techniques</caption>
          <thead>
            <tr>
              <th scope="col">Tactic</th>
              <th scope="col">Techniques</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ tactic, tagged, techniques }) => (
              <tr>
                <th scope="row">
                  {tactic === null ? <em>no tactic</em> : <TacticLink tactic={tactic} />}
                  {tagged.length > 0 && <span class="note">tagged {tagged.join(', ')}</span>}
                </th>
                <td>
                  {techniques.length === 0 ? (
                    <span class="quiet">no technique named</span>
                  ) : (
                    <ul class="plain">
                      {techniques.map((technique) => (
                        <li>
                          <Technique technique={technique} />
                        </li>
                      ))}
                    </ul>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {others.length > 0 && <p>Also names: {others.join(', ')}.</p>}
      {attack.unresolved.length > 0 && (
        <ul class="plain">
          {attack.unresolved.map(({ tag, reason }) => (
            <li>
              <code class="value">{tag}</code> {reason}
            </li>
          ))}
        </ul>
      )}
      <ReleaseNote release={release} />
    </>
  );
}

/** Which release the names come from, and how it was come by. */
export function ReleaseNote({ release }: { readonly release: AttackRelease }): JSX.Element {
  return (
    <p class="quiet">
      Names of {releaseName(release)}
      {release.derived && <>, derived: {release.source}</>}.
    </p>
  );
}

/** `ATT&CK 19.1 (derived)`. */
export function releaseName({ version }: AttackRelease): string {
  return version === null ? 'a release of ATT&CK without a version' : `ATT&CK ${version}`;
}

export function TacticLink({ tactic }: { readonly tactic: AttackTactic }): JSX.Element {
  return <a href={tacticHref(tactic.shortname)}>{tactic.name}</a>;
}

/** A technique's id and name as one link, its parent's name before its own. */
export function TechniqueLink(props: {
  readonly id: string;
  readonly name: string;
  readonly parent?: { readonly name: string } | null;
}): JSX.Element {
  const { id, name, parent } = props;
  return (
    <a href={techniqueHref(id)}>
      <code>{id}</code> {parent != null && `${parent.name}: `}
      {name}
    </a>
  );
}

function Technique({ technique }: { readonly technique: RuleTechnique }): JSX.Element {
  const { id, asTagged, status } = technique;
  return (
    <>
      <TechniqueLink {...technique} />
      {asTagged !== id && <Carried asTagged={asTagged} id={id} />}
      {status !== 'current' && <span class="note"> {status} in this release</span>}
    </>
  );
}

function Carried(props: { readonly asTagged: string; readonly id: string }): ComponentChildren {
  return (
    <span class="note">
      {' '}
      tagged <a href={techniqueHref(props.asTagged)}>{props.asTagged}</a>, now {props.id}
    </span>
  );
}

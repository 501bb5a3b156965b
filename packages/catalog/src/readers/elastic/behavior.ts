import type { RuleFact, RuleMetadata } from '../../types.ts';
import { fact } from '../facts.ts';
import { type Fields, fieldsList, fieldsOf, textOf, textsOf } from '../fields.ts';
import type { RuleQuery } from '../reader.ts';
import { embeddedToml, tableOf, under } from '../toml.ts';
import { sourcesOfKind } from './detection-rule.ts';
import { type ElasticFile, type ElasticReading, frameOf, withoutQuery } from './file.ts';
import { queryIn, withBeside } from './query.ts';
import { threatOf } from './threat.ts';

/**
 * A rule that Elastic Endpoint runs itself on what it sees (elastic/protections-artifacts, `behavior/README.md`): EQL
 * of the endpoint's dialect, and what is done about what it finds.
 */
export function readBehavior(file: ElasticFile): ElasticReading {
  const table = under(file.root, 'rule');
  const written = embeddedToml(under(table, 'query'));
  if (written === null || written.text.trim() === '') return withoutQuery(file, table);
  const metadata = metadataOf(file);
  const id = textOf(tableOf(table).id);
  const query = forEndpoint(queryIn('eql', written, frameOf(file, id, metadata.title)));
  const rule = {
    platform: 'elastic',
    metadata,
    query: withBeside(query, sourcesOfKind('integration', 'endpoint')),
    text: file.text,
    names: [id, query.title ?? null].filter((name) => name !== null),
    references: [],
  };
  return { rules: [rule], diagnostics: [] };
}

/** That only Elastic Endpoint has some syntax is no news in a rule that it runs. */
function forEndpoint(query: RuleQuery): RuleQuery {
  return { ...query, diagnostics: query.diagnostics.filter(({ code }) => code !== 'eql-endpoint-syntax') };
}

function metadataOf({ root }: ElasticFile): RuleMetadata {
  const top = tableOf(root);
  const rule = fieldsOf(top.rule);
  const threat = threatOf(top.threat ?? rule.threat);
  return {
    kind: 'behavior',
    title: textOf(rule.name) ?? '',
    description: textOf(rule.description),
    status: null,
    severity: null,
    riskScore: null,
    author: textsOf(rule.author).join(', ') || null,
    licence: textOf(rule.license),
    date: null,
    modified: null,
    references: textsOf(rule.reference),
    falsePositives: [],
    tags: threat.tags,
    related: [],
    logsource: null,
    facts: [...factsOf(top, rule), ...threat.facts],
  };
}

function factsOf(top: Fields, rule: Fields): readonly RuleFact[] {
  return [
    ...fact('Version', rule.version),
    ...fact('Operating system', rule.os_list),
    ...fact(
      'Minimum endpoint version',
      rule.min_endpoint_version ?? fieldsOf(top.internal).min_endpoint_version,
    ),
    ...fact('Action', actionsOf(top.actions ?? rule.actions)),
    ...fact('Optional action', actionsOf(top.optional_actions ?? rule.optional_actions)),
    ...fact('Asks for reputation', rule.reputation),
  ];
}

/** `kill_process (process.entity_id, state 0, with its children)`. */
function actionsOf(actions: unknown): readonly string[] {
  return fieldsList(actions).map(({ action, field, state, tree }) => {
    const target = textsOf([field, state === undefined ? null : `state ${textOf(state)}`]).join(', ');
    const about = [target, tree === true ? 'with its children' : ''].filter((part) => part !== '').join(', ');
    return [textOf(action) ?? '', about === '' ? '' : `(${about})`].join(' ').trim();
  });
}

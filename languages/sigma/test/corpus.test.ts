import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printExpression } from '@rulescope/logic';
import { evaluate, type FlatEvent } from '@rulescope/logic/evaluate';
import { corpusFolder, faultsOf, oracleFile, PROJECT_ROOT } from '@rulescope/testing';
import { describe, expect, it } from 'vitest';
import { language, linkSigma, readSigma, type SigmaRule } from '../src/index.ts';

const sigma = corpusFolder('sigma');
const regression = oracleFile('sigma-regression');

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .sort()
    .map((path) => join(folder, path));
}

function rulesOf(folder: string): readonly (readonly [string, SigmaRule])[] {
  return filesIn(folder, '.yml').flatMap((path) =>
    readSigma(readFileSync(path, 'utf8')).rules.map((rule) => [path, rule] as const),
  );
}

describe.skipIf(sigma === null)('the corpus of SigmaHQ (skipped without ../shared/corpora/sigma)', () => {
  it.each(['rules', 'rules-threat-hunting', 'rules-compliance', 'rules-placeholder'])(
    'every rule of %s is understood in full',
    (folder) => {
      const rules = rulesOf(join(sigma ?? '', folder));
      expect(rules.length).toBeGreaterThan(0);
      expect(rules.filter(([, rule]) => rule.understood !== 'full').map(([path]) => path)).toEqual([]);
    },
  );

  it.each(['deprecated', 'unsupported'])('a rule of %s that is not understood names its reason', (folder) => {
    const rules = rulesOf(join(sigma ?? '', folder)).filter(([, rule]) => rule.understood !== 'full');
    const silent = rules.filter(([, rule]) => !rule.diagnostics.some(({ severity }) => severity === 'error'));
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('every result keeps the promises of the shared suite', () => {
    const faults = filesIn(sigma ?? '', '.yml').flatMap((path) => {
      const text = readFileSync(path, 'utf8');
      return faultsOf(language, text, language.parse(text)).map((fault) => `${path}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });
});

/** A Windows event of the regression data as Sigma names its fields: EventData, and the System header joined by `_`. */
function flatEvent(json: unknown): FlatEvent {
  const { Event: event } = json as {
    Event: {
      System: Record<string, unknown>;
      EventData?: Record<string, unknown>;
      UserData?: Record<string, unknown>;
    };
  };
  const flat: Record<string, string | number | null> = {};
  const put = (name: string, value: unknown): void => {
    if (value === null || typeof value === 'string' || typeof value === 'number') flat[name] = value;
    else if (Array.isArray(value)) flat[name] = value.map(String).join('\n');
    else if (typeof value === 'object') {
      for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
        if (key === '#attributes')
          for (const [attribute, text] of Object.entries(inner as object)) put(`${name}_${attribute}`, text);
        else put(key === '#text' ? name : key, inner);
      }
    }
  };
  for (const part of [event.System, event.EventData ?? {}, event.UserData ?? {}]) {
    for (const [name, value] of Object.entries(part)) put(name, value);
  }
  return flat;
}

describe.skipIf(regression === null || sigma === null)(
  'real events (skipped without ../shared/oracles/sigma-regression)',
  () => {
    it('each event fires the rule that was written for it', () => {
      const rules = new Map(
        ['rules', 'rules-threat-hunting', 'rules-compliance', 'rules-placeholder'].flatMap((folder) =>
          rulesOf(join(sigma ?? '', folder)).map(([, rule]) => [rule.id, rule] as const),
        ),
      );
      const missed: string[] = [];
      let fired = 0;
      for (const path of filesIn(regression ?? '', '.json')) {
        const id = /([0-9a-f-]{36})\.json$/.exec(path)?.[1] ?? '';
        const where = rules.get(id)?.where;
        if (where == null) continue;
        // Some files hold several events, one object behind the other.
        const texts = readFileSync(path, 'utf8').split(/(?<=^\})\s*(?=^\{)/m);
        const events = texts.map((text) => flatEvent(JSON.parse(text)));
        if (events.some((event) => evaluate(where, event) === true)) fired += 1;
        else missed.push(`${path}: ${printExpression(where)} ${JSON.stringify(events)}`);
      }
      expect(missed).toEqual([]);
      expect(fired).toBeGreaterThan(90);
    });
  },
);

describe('our own examples', () => {
  const files = filesIn(join(PROJECT_ROOT, 'examples', 'sigma'), '.yml');
  it.each(files.map((path) => [path.slice(PROJECT_ROOT.length), path] as const))(
    '%s is understood in full',
    (_, path) => {
      const { rules, diagnostics } = readSigma(readFileSync(path, 'utf8'));
      expect(diagnostics).toEqual([]);
      expect(
        linkSigma([rules])
          .flat()
          .filter((rule) => rule.understood !== 'full'),
      ).toEqual([]);
    },
  );
});

import { type Catalog, GLOSSARY, type NotUnderstood, type Overlap } from '@rulescope/catalog';
import { describe, expect, test } from 'vitest';
import { createApp } from '../src/index.ts';
import { wordHref } from '../src/links.ts';
import { groupRules } from '../src/not-understood.ts';
import { understoodWords } from '../src/words.ts';
import { countOf, IMAGE, sampleCatalog, sampleRule, testIn } from './sample-catalog.ts';

const RULE = sampleRule('sigma/1');
const SAMPLE = sampleCatalog({ rules: [RULE], counts: [countOf(IMAGE, 'include', { sigma: 2 })] });

async function html(path: string, catalog: Catalog = SAMPLE): Promise<string> {
  const response = await createApp(catalog).request(path);
  expect(response.status).toBe(200);
  return response.text();
}

function textOf(page: string): string {
  return page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

/** A rule that is not understood in full, and what is said of it. */
function gap(
  id: string,
  source: string,
  severity: 'error' | 'warning' | 'info',
  code: string,
): NotUnderstood {
  const { platform, language, kind, title, status, author } = RULE;
  return {
    ...{ id, platform, source, path: `rules/${id}.yml`, language, kind, title, status, author },
    severity: null,
    understood: 'partial',
    diagnostic: { severity, code, message: `${id} is odd.`, span: [0, 1], line: 2, column: 3 },
  };
}

describe('the first page', () => {
  test('takes a rule to compare', async () => {
    const page = await html('/');
    expect(page).toContain('<form class="compare" action="/overlap" method="post">');
    expect(page).toContain('Paste a rule or a query');
    expect(await html('/?status=test')).not.toContain('Paste a rule or a query');
  });

  test('sends words that are asked of it to the search, with the filter', async () => {
    const app = createApp(SAMPLE);
    const found = await app.request('/?q=msi+exec&status=test');
    expect([found.status, found.headers.get('location')]).toEqual([302, '/search?q=msi+exec&status=test']);
    expect((await app.request('/?q=')).status).toBe(200);
  });
});

describe('what is understood', () => {
  test('is told by two pages that lead to each other, called as the menu calls them', async () => {
    const figures = await html('/coverage');
    expect(figures).toContain('<a href="/coverage" aria-current="page">Understanding</a></li>');
    expect(figures).toContain('<h1>Understanding</h1>');
    const problems = await html('/problems');
    expect(problems).toContain('<h1>Problems</h1>');
    for (const page of [figures, problems]) {
      const [, nav = ''] = page.split('<nav class="twins"');
      expect(nav).toContain('<a href="/coverage"');
      expect(nav).toContain('<a href="/problems"');
    }
    expect(figures).not.toMatch(/>Coverage</);
  });

  test('names of the environment are told beside “in full”', () => {
    expect(understoodWords('full', 0)).toBe('understood in full');
    expect(understoodWords('full', 1)).toBe('understood in full, but for 1 name of your environment');
    expect(understoodWords('partial', 2)).toBe('understood in part');
  });

  test('a rule’s page tells them', async () => {
    const diagnostics = [
      {
        severity: 'info',
        code: 'spl-unknown-macro',
        message: 'Nothing here defines the macro office_children.',
        span: [0, 1],
        line: 1,
        column: 1,
      },
    ] as const;
    const rule = { ...RULE, result: { ...RULE.result, diagnostics } };
    expect(textOf(await html('/rules/sigma/1', sampleCatalog({ rules: [rule] })))).toContain(
      'understood in full, but for 1 name of your environment',
    );
  });
});

describe('problems', () => {
  const rules = [
    gap('a', 'hunts', 'info', 'no-language'),
    gap('b', 'hunts', 'info', 'no-language'),
    gap('c', 'ours', 'warning', 'sigma-typo'),
    gap('d', 'theirs', 'error', 'kql-syntax'),
    gap('e', 'ours', 'error', 'kql-syntax'),
  ];

  test('come by source, errors first, and notes together', () => {
    const { faults, notes } = groupRules(rules);
    expect(faults.map(({ source, rules: own }) => [source, own.map(({ id }) => id)])).toEqual([
      ['theirs', ['d']],
      ['ours', ['e', 'c']],
    ]);
    expect(notes.map(({ source, code, rules: own }) => [source, code, own.length])).toEqual([
      ['hunts', 'no-language', 2],
    ]);
  });

  test('have a path each, and a place on the rule’s page', async () => {
    const catalog = { ...SAMPLE, notUnderstood: () => ({ total: rules.length, rules }) };
    const page = await html('/problems', catalog);
    expect(textOf(page)).toContain('rules/ c. yml');
    expect(page).toContain('<a href="/rules/e#L2" aria-label="line 2, column 3">2:3</a>');
    expect(page.indexOf('d is odd')).toBeLessThan(page.indexOf('a is odd'));
    expect(textOf(page)).toContain('hunts: 2 rules');
  });
});

describe('words', () => {
  test('are explained on the page of help, each under its own address', async () => {
    const page = await html('/help');
    expect(page).toContain('<section id="words" class="part">');
    for (const { word, meaning } of GLOSSARY) {
      expect(page).toContain(`id="${wordHref(word).split('#')[1]}"`);
      expect(page).toContain(meaning.slice(0, 20));
    }
  });

  test.each(['/rules/sigma/1', '/coverage', '/events/Microsoft-Windows-Sysmon/1'])(
    '%s leads to those that it uses',
    async (path) => {
      const page = await html(path);
      const known = new Set(GLOSSARY.map(({ word }) => wordHref(word)));
      const linked = [...page.matchAll(/class="word" href="([^"]*)"/g)].map(([, href = '']) => href);
      expect(linked.length).toBeGreaterThan(0);
      for (const href of linked) expect(known).toContain(href);
    },
  );
});

describe('a rule’s page', () => {
  test('leaves broader indicators of a character or two out, and says so', async () => {
    const [count] = SAMPLE.indicatorCounts('sigma/1');
    if (count === undefined) throw new Error('no count');
    const { field, op, value, encoding } = count;
    const others = { total: 1, byPlatform: { elastic: 1 } };
    const broader = ['msiexec', 'ms', 'x'].map((text) => ({
      ...{ field: 'Image', op: 'contains', value: text, encoding: '', others },
    })) as ReturnType<Catalog['broaderIndicators']>[number]['broader'];
    const catalog: Catalog = {
      ...SAMPLE,
      broaderIndicators: () => [{ field, op, value, encoding, total: 3, broader }],
    };
    const shown = textOf(await html('/rules/sigma/1', catalog));
    expect(shown).toContain('also caught by 3 broader indicators Image contains msiexec 1 other rule');
    expect(shown).toContain('2 of one or two characters, left out');
    expect(shown).not.toContain('Image contains ms ');
    expect(shown).not.toContain('more, in the API');
  });

  test('sets the counts of one value apart', async () => {
    const [count] = SAMPLE.indicatorCounts('sigma/1');
    if (count === undefined) throw new Error('no count');
    const alone = { total: 0, byPlatform: {} };
    const counts = [
      { ...count, others: alone },
      { ...count, value: '/msiexec.exe', others: alone },
    ];
    const shown = textOf(await html('/rules/sigma/1', { ...SAMPLE, indicatorCounts: () => counts }));
    expect(shown).toContain('this rule only · counted as Image ends with /msiexec.exe this rule only');
  });

  test('sets the text that a pattern’s matches hold apart', async () => {
    const indicators = RULE.result.indicators.slice(0, 1).map((own) => ({
      ...own,
      ...testIn(IMAGE),
      op: 'regex' as const,
      values: ['.*whoami.*'],
      literals: [['whoami']],
    }));
    const counted = { ...countOf(IMAGE, 'include', {}), op: 'regex', shown: '.*whoami.*' } as const;
    const written = { field: 'Image', through: [], op: 'regex' } as const;
    const rule = { ...RULE, result: { ...RULE.result, indicators } };
    const catalog = sampleCatalog({ rules: [rule], counts: [{ ...counted, value: '.*whoami.*', written }] });
    expect(textOf(await html('/rules/sigma/1', catalog))).toMatch(
      /this rule only · every match holds whoami/,
    );
  });

  test('tells what is never found once', async () => {
    const [event] = RULE.events;
    if (event === undefined) throw new Error('no event');
    const rule = { ...RULE, events: [{ ...event, deadBranches: [IMAGE, IMAGE, IMAGE] }] };
    const page = await html('/rules/sigma/1', sampleCatalog({ rules: [rule] }));
    const [, found = ''] = page.split('<dt>Never found</dt>');
    const [list = ''] = found.split('</dd>');
    expect(list.match(/<li>/g)).toHaveLength(1);
  });
});

describe('the index of events', () => {
  test('folds the events of each provider', async () => {
    const page = await html('/events');
    expect(page).toMatch(/<details><summary><h2>Sysmon<\/h2> <span class="note">\d+ events, 1 with rules</);
    expect(page).toContain('<h2>Microsoft-Windows-PowerShell</h2>');
  });
});

describe('what only one rule looks for', () => {
  test('is on the page of the rules that look for the same', async () => {
    const own: Overlap['asked'][number] = {
      field: 'Image',
      op: 'eq',
      value: 'c:\\mine.exe',
      encoding: '',
      polarity: 'include',
      rules: 0,
      weight: 5,
      near: 0,
    };
    const overlap: Overlap = {
      ...SAMPLE.overlap({ rule: 'sigma/1' }, { limit: 1 }),
      indicators: 2,
      asked: [own, { ...own, value: 'c:\\known.exe', rules: 4 }],
    };
    const page = await html('/overlap/sigma/1', { ...SAMPLE, overlap: () => overlap });
    const [, after = ''] = page.split('<h2>No other rule looks for</h2>');
    expect(after).toContain('c:\\mine.exe');
    expect(after).not.toContain('c:\\known.exe');
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { canonicalField, type Logsource, SIGMA_FIELDS } from '@rulescope/knowledge';
import { describe, expect, it } from 'vitest';
import { NATIVE_NAMES } from '../src/equivalence/tables.ts';
import { FIELDS, PLATFORM_SOURCES } from '../src/events/tables.ts';

const logsource = (parts: Partial<Logsource>): Logsource => ({
  product: null,
  category: null,
  service: null,
  ...parts,
});

describe('canonicalField', () => {
  it('lets a canonical field of the log source stand for itself', () => {
    const windows = logsource({ product: 'windows', category: 'process_creation' });
    const linux = logsource({ product: 'linux', category: 'process_creation' });
    expect(canonicalField('CommandLine', windows)).toBe('CommandLine');
    expect(canonicalField('ParentImage', linux)).toBe('ParentImage');
    expect(canonicalField('OriginalFileName', windows)).toBe('OriginalFileName');
  });

  it('knows no field of another log source', () => {
    expect(canonicalField('TargetObject', logsource({ category: 'process_creation' }))).toBeNull();
    expect(canonicalField('CommandLine', logsource({ product: 'aws', service: 'cloudtrail' }))).toBeNull();
    expect(canonicalField('dns.question.name', logsource({ category: 'network' }))).toBeNull();
  });

  it('knows no field that Sigma does not name', () => {
    const security = logsource({ product: 'windows', service: 'security' });
    expect(canonicalField('NewProcessName', security)).toBeNull();
    expect(canonicalField('constructor', security)).toBeNull();
    expect(canonicalField('', security)).toBeNull();
  });

  it('is exact about case', () => {
    expect(canonicalField('commandline', logsource({ category: 'process_creation' }))).toBeNull();
    expect(canonicalField('C-URI', logsource({ category: 'proxy' }))).toBeNull();
  });

  it('finds the fields of every Sysmon event under the service sysmon', () => {
    const sysmon = logsource({ product: 'windows', service: 'sysmon' });
    for (const field of ['CommandLine', 'TargetObject', 'QueryName', 'PipeName', 'GrantedAccess']) {
      expect(canonicalField(field, sysmon)).toBe(field);
    }
  });

  it('reads antivirus as a category and as a product, since the appendix names both', () => {
    expect(canonicalField('Signature', logsource({ category: 'antivirus' }))).toBe('Signature');
    expect(canonicalField('Signature', logsource({ product: 'antivirus' }))).toBe('Signature');
  });
});

describe('the table of Sigma fields', () => {
  it.each(SIGMA_FIELDS.map((row) => [row.title, row] as const))('%s is well formed', (_title, row) => {
    expect(row.source).not.toBe('');
    expect(row.logsources.length).toBeGreaterThan(0);
    for (const pattern of row.logsources) {
      const values = Object.values(pattern);
      expect(values.length).toBeGreaterThan(0);
      // Sigma Rules Specification, LogSource: lower case, underscores for spaces, `.` and `-` allowed.
      for (const value of values) expect(value).toMatch(/^[a-z0-9_.-]+$/);
    }
    expect(row.fields.length).toBeGreaterThan(0);
    expect(new Set(row.fields).size).toBe(row.fields.length);
    for (const field of row.fields) expect(field).toMatch(/^[A-Za-z][\w.-]*$/);
  });

  it('has a title of its own for each row', () => {
    expect(new Set(SIGMA_FIELDS.map((row) => row.title)).size).toBe(SIGMA_FIELDS.length);
  });
});

describe('the crosswalk', () => {
  const sourcesOf = (platform: string) =>
    (PLATFORM_SOURCES.get(platform) ?? []).flatMap(({ names }) => names);
  const tables = new Set([...sourcesOf('kusto'), ...NATIVE_NAMES.map(({ title }) => title)]);
  const dataSets = new Set(sourcesOf('elastic'));
  /** Places that no table of ours lists. */
  const others = [
    'ECS',
    'Elastic Endpoint',
    'Elastic Sysmon',
    'Elastic powershell',
    'OCSF',
    'Azure Monitor record',
  ];

  const isKnown = (place: string): boolean => {
    const [kind, ...rest] = place.split(' ');
    const name = rest.join(' ');
    if (others.includes(place) || tables.has(place)) return true;
    if (kind === 'Elastic') return dataSets.has(name);
    if (kind === 'ASIM') return tables.has(`ASIM, ${name}`);
    // A data set of a data model, an add-on, an event.
    return kind === 'CIM' || kind === 'Splunk' || place.includes('/');
  };

  it('calls a place as the other tables do', () => {
    const places = new Set(FIELDS.flatMap(({ names }) => names.map((name) => name.in)));
    expect([...places].filter((place) => !isKnown(place))).toEqual([]);
  });

  it('has a row a field and scope, and a name once a place in it', () => {
    const keys = FIELDS.map(({ names: _names, ...scope }) => JSON.stringify(scope));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
    for (const { field, names } of FIELDS) {
      const told = names.map((name) => JSON.stringify([name.in, name.name, name.part ?? null]));
      expect(
        told.filter((name, i) => told.indexOf(name) !== i),
        field,
      ).toEqual([]);
      for (const { source } of names) expect(source, field).not.toBe('');
    }
  });
});

const appendix = new URL(
  '../../../../shared/corpora/sigma-specification/specification/sigma-appendix-taxonomy.md',
  import.meta.url,
);

describe.skipIf(!existsSync(appendix))('the taxonomy appendix itself (skipped without ../shared)', () => {
  const text = existsSync(appendix) ? readFileSync(appendix, 'utf8') : '';
  const fieldsSection = text.slice(text.indexOf('\n## Fields'), text.indexOf('\n## History'));

  it('names every field of the rows that cite it', () => {
    const cited = SIGMA_FIELDS.filter((row) => row.source.startsWith('Sigma Taxonomy Appendix'));
    const words = new Set(fieldsSection.match(/[\w.-]+/g));
    for (const field of cited.flatMap((row) => row.fields)) expect(words).toContain(field);
  });

  it('has no field in its table of process creation that we lack', () => {
    const table = fieldsSection.slice(0, fieldsSection.indexOf('#### Other Generic'));
    const names = [...table.matchAll(/^\| (\w+) +\|/gm)].map((match) => match[1] ?? '');
    expect(names).toHaveLength(23);
    const processCreation = logsource({ category: 'process_creation' });
    for (const name of names) expect(canonicalField(name, processCreation)).toBe(name);
  });

  it('has no Sysmon category that we lack', () => {
    const categories = [...text.matchAll(/category: (\w+) +\| EventIDs?: [^|]*Sysmon\/Operational/g)].map(
      (match) => match[1],
    );
    expect(categories).toContain('process_creation');
    const known = new Set(SIGMA_FIELDS.flatMap((row) => row.logsources.map((pattern) => pattern.category)));
    for (const category of categories) expect(known).toContain(category);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { canonicalField, type Logsource, SIGMA_FIELDS } from '@rulescope/knowledge';
import { describe, expect, it } from 'vitest';

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

import { stringify } from 'yaml';

/** A detection as Splunk security_content has them, of our own words; what is null is left out. */
export function detection(fields: Readonly<Record<string, unknown>>): string {
  return yaml({
    name: 'Quiet Installer',
    id: 'f1b0a1c2-0000-4000-8000-000000000001',
    version: 1,
    date: '2026-01-02',
    author: 'A. Author',
    status: 'production',
    type: 'TTP',
    description: 'An installer asks nothing.',
    search: 'index=main process_name="msiexec.exe" NOT user="svc"',
    how_to_implement: 'Collect process events.',
    known_false_positives: 'Software distribution.',
    references: ['https://example.org/installer'],
    tags: {
      analytic_story: ['Tools'],
      asset_type: 'Endpoint',
      mitre_attack_id: ['T1218.007'],
      security_domain: 'endpoint',
    },
    ...fields,
  });
}

/** A rule as the Anvilogic armory has them, of our own words. */
export function armoryRule(fields: Readonly<Record<string, unknown>>): string {
  return yaml({
    id: '1.1',
    title: 'Quiet Installer',
    description: 'An installer asks nothing.',
    logic_format: 'Splunk',
    logic: '`get_endpoint_data` TERM(msiexec) | where dc_process < 10',
    techniques: ['defense-evasion:system binary proxy execution:msiexec'],
    technique_id: ['T1218.007'],
    data_category: ['Windows event logs', 'Process command-line parameters'],
    references: ['https://example.org/installer'],
    ...fields,
  });
}

function yaml(fields: Readonly<Record<string, unknown>>): string {
  return stringify(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)));
}

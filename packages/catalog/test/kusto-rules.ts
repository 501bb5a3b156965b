import { stringify } from 'yaml';

/** An analytics rule as the Azure-Sentinel repository has them, of our own words; what is null is left out. */
export function analyticsRule(fields: Readonly<Record<string, unknown>>): string {
  return stringify(
    kept({
      id: '00000000-0000-4000-8000-000000000001',
      name: 'Log Cleared',
      kind: 'Scheduled',
      description: "'Somebody clears a log.\nSee https://example.org/logs.'\n",
      severity: 'High',
      requiredDataConnectors: [{ connectorId: 'SecurityEvents', dataTypes: ['SecurityEvent'] }],
      queryFrequency: '1h',
      queryPeriod: '1d',
      triggerOperator: 'gt',
      triggerThreshold: 0,
      tactics: ['DefenseEvasion', 'CommandAndControl'],
      relevantTechniques: ['T1070', 'T1070.001'],
      query: 'SecurityEvent\n| where EventID == 1102\n',
      version: '1.0.0',
      ...fields,
    }),
  );
}

/** A resource of an ARM template as the portal exports analytics rules. */
export function alertRule(guid: string, properties: Readonly<Record<string, unknown>>): object {
  return {
    id: `[concat(resourceId('Microsoft.OperationalInsights/workspaces/providers', parameters('workspace'), 'Microsoft.SecurityInsights'),'/alertRules/${guid}')]`,
    name: `[concat(parameters('workspace'),'/Microsoft.SecurityInsights/${guid}')]`,
    type: 'Microsoft.OperationalInsights/workspaces/providers/alertRules',
    kind: 'Scheduled',
    properties: kept({
      displayName: 'Log Cleared',
      description: 'Somebody clears a log.',
      severity: 'Low',
      query: 'SecurityEvent\n| where EventID == 1102 and Account != "a\\\\b"',
      tactics: ['DefenseEvasion'],
      techniques: ['T1070'],
      subTechniques: ['T1070.001'],
      ...properties,
    }),
  };
}

/** An ARM template with resources. */
export function template(resources: readonly object[], more: object = {}): string {
  const head = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { workspace: { type: 'String' } },
  };
  return JSON.stringify({ ...head, ...more, resources }, null, 2);
}

function kept(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

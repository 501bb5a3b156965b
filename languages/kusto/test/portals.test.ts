import { describe, expect, it } from 'vitest';
import { language, sameButForTime } from '../src/index.ts';

function pair(text: string): boolean {
  const [one, other] = language.parse(text).queries;
  if (one === undefined || other === undefined) throw new Error('the text must hold two queries');
  return sameButForTime(one, other);
}

describe('a query for Defender and for Sentinel', () => {
  it('is one rule where only the time column differs', () => {
    const text = `let days = 7d; // a week
DeviceFileEvents | where Timestamp > ago(days) and FileName endswith ".iso"
| project Timestamp, DeviceName;

let days = 7d;
DeviceFileEvents
| where TimeGenerated > ago(days) and FileName endswith ".iso" // images
| project TimeGenerated, DeviceName`;
    expect(pair(text)).toBe(true);
  });

  it('is two rules where anything else differs', () => {
    expect(pair('A | where Timestamp > ago(1d); A | where TimeGenerated > ago(2d)')).toBe(false);
    expect(pair('A | where x == "http://a"; A | where x == "http://b"')).toBe(false);
    expect(pair('A | take 1; A | take 1 | count')).toBe(false);
  });
});

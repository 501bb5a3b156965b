import { attackTag } from '@rulescope/knowledge';
import { describe, expect, it } from 'vitest';

describe('attackTag', () => {
  it.each([
    // Sigma Tags Appendix, "Namespace: attack": one letter (or two) and four digits.
    ['attack.t1234', { kind: 'technique', id: 'T1234' }],
    ['attack.t1218.007', { kind: 'technique', id: 'T1218.007' }],
    ['attack.g1234', { kind: 'group', id: 'G1234' }],
    ['attack.s1234', { kind: 'software', id: 'S1234' }],
    ['attack.ds1234', { kind: 'data-source', id: 'DS1234' }],
    ['attack.m1234', { kind: 'mitigation', id: 'M1234' }],
    ['attack.a1234', { kind: 'asset', id: 'A1234' }],
    ['attack.initial-access', { kind: 'tactic', name: 'initial-access' }],
    ['attack.command-and-control', { kind: 'tactic', name: 'command-and-control' }],
    // ATT&CK v19, and the tactic that it retired.
    ['attack.stealth', { kind: 'tactic', name: 'stealth' }],
    ['attack.defense-impairment', { kind: 'tactic', name: 'defense-impairment' }],
    ['attack.defense-evasion', { kind: 'tactic', name: 'defense-evasion' }],
    // How older rules write them.
    ['attack.defense_evasion', { kind: 'tactic', name: 'defense-evasion' }],
    ['attack.T1059.001', { kind: 'technique', id: 'T1059.001' }],
  ])('reads %s', (tag, expected) => {
    expect(attackTag(tag)).toEqual(expected);
  });

  it.each([
    'car.2016-04-005',
    'cve.2021-44228',
    'detection.threat-hunting',
    'tlp.amber',
    'attack',
    'attack.',
    'attack.t12',
    'attack.t12345',
    'attack.t1218.7',
    'attack.g0016.001',
    'attack.nonsense',
    'attack.constructor',
    'xattack.t1234',
    'attack.t1234\n',
    '',
  ])('gives null for %j', (tag) => {
    expect(attackTag(tag)).toBeNull();
  });
});

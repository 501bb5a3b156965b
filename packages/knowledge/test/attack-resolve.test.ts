import {
  ATTACK_VERSIONS,
  type AttackRelease,
  attackOf,
  attackRelease,
  resolveTactic,
  resolveTechnique,
} from '@rulescope/knowledge';
import { describe, expect, it } from 'vitest';

const v18 = attackRelease('18.1');
const v19 = attackRelease('19.1');

const STEALTH = { id: 'TA0005', shortname: 'stealth' };
const IMPAIRMENT = { id: 'TA0112', shortname: 'defense-impairment' };
const EVASION = { id: 'TA0005', shortname: 'defense-evasion', name: 'Defense Evasion' };

/** A release of three techniques, each replaced as told. */
function replacing(revokedBy: Readonly<Record<string, string>>): AttackRelease {
  const row = (id: string) => ({ id, name: id, tactics: [], status: 'revoked' as const });
  return {
    version: null,
    derived: false,
    source: 'a test',
    tactics: [],
    techniques: Object.entries(revokedBy).map(([id, successor]) => ({ ...row(id), revokedBy: successor })),
  };
}

describe('resolveTechnique', () => {
  it('gives a sub-technique with its parent and its tactics', () => {
    expect(resolveTechnique('T1218.007', v19)).toMatchObject({
      resolved: true,
      asTagged: 'T1218.007',
      id: 'T1218.007',
      name: 'Msiexec',
      parent: { id: 'T1218', name: 'System Binary Proxy Execution' },
      tactics: [{ ...STEALTH, name: 'Stealth' }],
      status: 'current',
      via: [],
    });
    expect(resolveTechnique('T1218.007', v18)).toMatchObject({ tactics: [EVASION] });
  });

  it('gives a technique without a parent', () => {
    expect(resolveTechnique('t1059', v19)).toMatchObject({
      id: 'T1059',
      asTagged: 'T1059',
      name: 'Command and Scripting Interpreter',
      parent: null,
    });
  });

  it.each([
    ['T1562.001', 'T1685', 'Disable or Modify Tools', ['T1562.001']],
    ['T1562', 'T1685', 'Disable or Modify Tools', ['T1562']],
    ['T1070.001', 'T1685.005', 'Clear Windows Event Logs', ['T1070.001']],
    ['T1562.004', 'T1686', 'Disable or Modify System Firewall', ['T1562.004']],
    ['T1656', 'T1684.001', 'Impersonation', ['T1656']],
    // Replaced by what was replaced in turn, in 18.1 or since.
    ['T1089', 'T1685', 'Disable or Modify Tools', ['T1089', 'T1562.001']],
    ['T1148', 'T1690', 'Prevent Command History Logging', ['T1148', 'T1562.003']],
    ['T1150', 'T1647', 'Plist File Modification', ['T1150', 'T1547.011']],
    ['T1073', 'T1574.001', 'DLL', ['T1073', 'T1574.002']],
    ['T1086', 'T1059.001', 'PowerShell', ['T1086']],
  ])('carries %s forward to %s in 19.1', (id, successor, name, via) => {
    expect(resolveTechnique(id, v19)).toMatchObject({
      resolved: true,
      id: successor,
      name,
      via,
      asTagged: id,
    });
  });

  it('carries no further than the release does', () => {
    expect(resolveTechnique('T1089', v18)).toMatchObject({ id: 'T1562.001', via: ['T1089'] });
    expect(resolveTechnique('T1562.001', v18)).toMatchObject({ id: 'T1562.001', via: [] });
  });

  it('says what was given up', () => {
    expect(resolveTechnique('T1043', v19)).toMatchObject({
      resolved: true,
      name: 'Commonly Used Port',
      status: 'deprecated',
    });
  });

  it('says that a technique is newer than the release', () => {
    expect(resolveTechnique('T1685.005', v18)).toEqual({
      resolved: false,
      asTagged: 'T1685.005',
      code: 'other-release',
      reason: 'ATT&CK 18.1 has no T1685.005; ATT&CK 19.1 does: Clear Windows Event Logs.',
    });
  });

  it('says that no release has it', () => {
    expect(resolveTechnique('T9999', v19)).toMatchObject({ resolved: false, code: 'unknown' });
    // A gap in the numbers of ATT&CK.
    expect(resolveTechnique('T1562.005', v19)).toMatchObject({ resolved: false, code: 'unknown' });
  });

  it.each(['', 'T123', 'T1218.7', 'TA0005', 'G0016', 'T1218.007\n', '__proto__', 'T'.repeat(100_000)])(
    'takes %j for no id',
    (id) => {
      const resolution = resolveTechnique(id, v19);
      expect(resolution).toMatchObject({ resolved: false, code: 'malformed' });
      if (!resolution.resolved) expect(resolution.reason.length).toBeLessThan(100);
    },
  );

  it('ends where replacements go round in circles, and where they lead nowhere', () => {
    const round = replacing({ T0001: 'T0002', T0002: 'T0003', T0003: 'T0002' });
    expect(resolveTechnique('T0001', round)).toMatchObject({ resolved: false, code: 'circular' });
    expect(resolveTechnique('T0001', replacing({ T0001: 'T0001' }))).toMatchObject({ code: 'circular' });
    expect(resolveTechnique('T0001', replacing({ T0001: 'T0009' }))).toMatchObject({ code: 'unknown' });
  });

  it.each(ATTACK_VERSIONS)('resolves every technique of %s to one that stands', (version) => {
    const release = attackRelease(version);
    for (const { id, status } of release.techniques) {
      const resolution = resolveTechnique(id, release);
      if (!resolution.resolved) throw new Error(resolution.reason);
      expect(resolution.status === 'revoked', id).toBe(false);
      expect(resolution.via.length > 0, id).toBe(status === 'revoked');
      expect(resolveTechnique(resolution.id, release)).toMatchObject({ id: resolution.id, via: [] });
    }
  });
});

describe('resolveTactic', () => {
  it.each([
    'command-and-control',
    'command_and_control',
    'Command and Control',
    'CommandAndControl',
    'ta0011',
  ])('reads %s', (text) => {
    const own = { id: 'TA0011', shortname: 'command-and-control', name: 'Command and Control' };
    expect(resolveTactic(text, v19)).toEqual({ resolved: true, asTagged: text, own, tactics: [own] });
  });

  it.each(['defense-evasion', 'defense_evasion', 'Defense Evasion'])(
    'keeps %s beside what version 19 made of it',
    (text) => {
      expect(resolveTactic(text, v19)).toMatchObject({
        resolved: true,
        own: EVASION,
        tactics: [STEALTH, IMPAIRMENT],
      });
      expect(resolveTactic(text, v18)).toMatchObject({ own: EVASION, tactics: [EVASION] });
    },
  );

  it('takes an id for what the release calls by it', () => {
    expect(resolveTactic('TA0005', v19)).toMatchObject({ own: STEALTH, tactics: [STEALTH] });
    expect(resolveTactic('TA0005', v18)).toMatchObject({ own: EVASION, tactics: [EVASION] });
  });

  it('finds the new tactics in what they were made of', () => {
    expect(resolveTactic('stealth', v18)).toMatchObject({ own: STEALTH, tactics: [EVASION] });
    expect(resolveTactic('defense-impairment', v18)).toMatchObject({ own: IMPAIRMENT, tactics: [EVASION] });
  });

  it('knows tactics that only the release of the user has', () => {
    const tactic = { id: 'TA9001', shortname: 'time-travel', name: 'Time Travel' };
    const release: AttackRelease = { ...v19, version: '25.0', tactics: [tactic] };
    expect(resolveTactic('time_travel', release)).toMatchObject({ resolved: true, tactics: [tactic] });
    expect(resolveTactic('time_travel', v19)).toMatchObject({ resolved: false, code: 'unknown' });
    expect(resolveTactic('impact', release)).toMatchObject({ resolved: false, code: 'other-release' });
  });

  it.each(['', 't1059', 'two  blanks', 'TA12345', '<script>', 'a-'.repeat(100_000), 'A'.repeat(100_000)])(
    'has nothing for %j',
    (text) => {
      expect(resolveTactic(text, v19)).toMatchObject({ resolved: false });
    },
  );

  it.each(['constructor', '__proto__', 'tostring'])('is not fooled by %s', (text) => {
    expect(resolveTactic(text, v19).resolved).toBe(false);
  });
});

describe('attackOf', () => {
  it('places the rule of the seed page', () => {
    const rule = attackOf(['attack.stealth', 'attack.t1218.007'], v19);
    expect(rule.techniques).toMatchObject([
      { asTagged: 'T1218.007', name: 'Msiexec', tactics: [STEALTH], ownTactics: ['stealth'] },
    ]);
    expect(rule.tactics).toMatchObject([{ own: STEALTH, tactics: [STEALTH] }]);
    expect(rule.unresolved).toEqual([]);
  });

  it('keeps the tactics of an older rule beside those of the release', () => {
    const rule = attackOf(['attack.defense_evasion', 'attack.t1562.001'], v19);
    expect(rule.techniques).toMatchObject([
      { asTagged: 'T1562.001', id: 'T1685', tactics: [IMPAIRMENT], ownTactics: ['defense-evasion'] },
    ]);
    // Its technique says which half of Defense Evasion is meant.
    expect(rule.tactics).toMatchObject([
      { asTagged: 'defense_evasion', own: EVASION, tactics: [IMPAIRMENT] },
    ]);
  });

  it('leaves both halves of a tactic where no technique decides, or techniques are of both', () => {
    const both = { own: EVASION, tactics: [STEALTH, IMPAIRMENT] };
    expect(attackOf(['attack.defense_evasion'], v19).tactics).toMatchObject([both]);
    expect(attackOf(['attack.defense_evasion', 'attack.t1071.001'], v19).tactics).toMatchObject([both]);
    const rule = attackOf(['attack.t1562.001', 'attack.t1218', 'attack.defense-evasion'], v19);
    expect(rule.tactics).toMatchObject([both]);
    expect(rule.techniques.map((technique) => technique.ownTactics)).toEqual([
      ['defense-evasion'],
      ['defense-evasion'],
    ]);
  });

  it('says which of the tactics of a technique are the own ones of the rule', () => {
    const rule = attackOf(['attack.persistence', 'attack.impact', 'attack.t1078', 'attack.t1059'], v19);
    expect(rule.techniques.map(({ id, ownTactics }) => [id, ownTactics])).toEqual([
      ['T1078', ['persistence']],
      ['T1059', []],
    ]);
    expect(rule.tactics.map((tactic) => tactic.own.shortname)).toEqual(['persistence', 'impact']);
  });

  it('lists what is no technique and no tactic, and passes over other namespaces', () => {
    const tags = [
      'attack.g0016',
      'attack.s0002',
      'attack.ds0005',
      'car.2016-04-005',
      'cve.2021-44228',
      'attack',
    ];
    expect(attackOf(tags, v19)).toEqual({
      techniques: [],
      tactics: [],
      groups: ['G0016'],
      software: ['S0002'],
      others: [{ kind: 'data-source', id: 'DS0005' }],
      unresolved: [],
    });
  });

  it('counts a tag once, however it is spelled', () => {
    const tags = ['attack.credential_access', 'attack.credential-access', 'attack.T1003', 'attack.t1003'];
    const rule = attackOf(tags, v19);
    expect(rule.techniques).toHaveLength(1);
    expect(rule.tactics).toHaveLength(1);
  });

  it('says why a tag is not resolved', () => {
    const tags = ['attack.t1685', 'attack.t9999', 'attack.nonsense', 'attack.', 'attack.t12'];
    expect(attackOf(tags, v18).unresolved.map(({ tag, code }) => [tag, code])).toEqual([
      ['attack.t1685', 'other-release'],
      ['attack.t9999', 'unknown'],
      ['attack.nonsense', 'unknown'],
      ['attack.', 'malformed'],
      ['attack.t12', 'malformed'],
    ]);
  });
});

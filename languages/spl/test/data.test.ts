import { STAGE_KINDS } from '@rulescope/logic';
import { describe, expect, it } from 'vitest';
import commands from '../src/data/commands.json' with { type: 'json' };
import dataModels from '../src/data/data-models.json' with { type: 'json' };
import functions from '../src/data/functions.json' with { type: 'json' };
import options from '../src/data/options.json' with { type: 'json' };

const KINDS = ['condition', 'choice', 'value', 'combine', 'constant', 'clock'];

describe('the tables', () => {
  it('name each command once, with a kind of stage', () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
    for (const row of commands) {
      expect(row.name).toMatch(/^[a-z][a-z0-9]*$/);
      expect(STAGE_KINDS).toContain(row.kind);
      expect(
        Object.keys(row).filter(
          (key) => !['name', 'kind', 'canonical', 'arguments', 'adds', 'reshapes'].includes(key),
        ),
      ).toEqual([]);
    }
  });

  it('give each other name of a command as the name of a command', () => {
    const names = commands.map(({ name }) => name);
    for (const row of commands) if ('canonical' in row) expect(names).toContain(row.canonical);
  });

  it('name each function once, with its kind and its page', () => {
    expect(new Set(functions.map(({ name }) => name)).size).toBe(functions.length);
    for (const { name, kind, page } of functions) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(KINDS).toContain(kind);
      expect(page).toMatch(/functions$/);
    }
  });

  it('name options of commands that are there, each once', () => {
    const names = new Set(commands.map(({ name }) => name));
    const listed = options.flatMap((row) => row.commands);
    expect(new Set(listed).size).toBe(listed.length);
    for (const name of listed) expect(names).toContain(name);
    for (const row of options) {
      const all = [...row.flags, ...row.values];
      expect(new Set(all).size).toBe(all.length);
      for (const name of all) expect(name).toMatch(/^[a-z][a-z_]*$/);
    }
  });

  it('name each data model once, with its objects', () => {
    expect(new Set(dataModels.map(({ model }) => model)).size).toBe(dataModels.length);
    for (const { objects } of dataModels) expect(objects.length).toBeGreaterThan(0);
  });
});

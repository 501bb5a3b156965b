import { expect, it } from 'vitest';
import { nearest } from '../src/nearest.ts';

const NAMES = ['contains', 'startswith', 'endswith', 'windash', 're', 'all', 'cidr', 'selection_img'];

it.each([
  ['contians', 'contains'],
  ['endwith', 'endswith'],
  ['Windash', 'windash'],
  ['startwith', 'startswith'],
  ['rex', 're'],
  ['al', 'all'],
  ['selection_im', 'selection_img'],
  ['like', null],
  ['xxxxxxxx', null],
  ['', null],
  ['x'.repeat(100_000), null],
])('%s means %s', (misspelt, expected) => {
  expect(nearest(misspelt, NAMES)).toBe(expected);
});

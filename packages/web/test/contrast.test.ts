import { describe, expect, test } from 'vitest';
import { STYLESHEET } from '../src/stylesheet.ts';

/** The custom properties of the two `:root` blocks: light first, then dark. */
const [LIGHT, DARK] = [...STYLESHEET.matchAll(/:root \{([^}]*)\}/g)].map(
  (block) =>
    new Map(
      [...(block[1] ?? '').matchAll(/--(\w+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2] ?? '']),
    ),
);

/** Contrast ratio (WCAG 2.2, "contrast ratio" and "relative luminance"). */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('%s colours', (_name, colours) => {
  // WCAG 2.2, 1.4.3: text needs 4.5 to 1.
  test.each(['ink', 'quiet', 'accent', 'error', 'warning', 'good'])(
    '%s is readable on every ground',
    (text) => {
      for (const ground of ['paper', 'raised']) {
        expect(contrast(colours?.get(text) ?? '', colours?.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5);
      }
    },
  );
});

test('the formula gives the extremes', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});

/** One measured figure, and the bound that the project holds itself to where it has one. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Whether a figure keeps its bound; one without a bound does. */
export function isKept({ value, atLeast, atMost }: Figure): boolean {
  return (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
}

/** A table of figures as text: name, value, unit, bound, and whether it is kept. */
export function printFigures(title: string, figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, atLeast, atMost } = figure;
    const bound =
      atLeast !== undefined
        ? `at least ${shown(atLeast)}`
        : atMost !== undefined
          ? `at most ${shown(atMost)}`
          : '';
    return `  ${name.padEnd(46)} ${shown(value).padStart(12)} ${unit.padEnd(8)} ${bound}${bound === '' ? '' : isKept(figure) ? '  kept' : '  MISSED'}`;
  });
  return [title, ...rows.map((row) => row.trimEnd())].join('\n');
}

function shown(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: value < 100 ? 2 : 0 });
}

// Days gathered into bars that are wide enough to be seen: days, weeks, or longer.
import type { DayRow, Family, Figure } from "../core/model";
import { dayNumber, dayText } from "../core/days";

export interface Bin {
  from: string;
  to: string;
  families: Partial<Record<Family, number>>;
  events: number;
  killed: Figure | null;
  changed: number;
}

const SIZES = [1, 7, 28, 91, 364];

/** How many days a bar stands for, so that no more than `most` are drawn. */
export function binDays(first: string, last: string, most: number): number {
  const days = dayNumber(last) - dayNumber(first) + 1;
  return SIZES.find((size) => days / size <= most) ?? Math.ceil(days / most);
}

function added(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b;
}

function summed(a: Figure | null, b: Figure | null): Figure | null {
  if (a === null || b === null) return a ?? b;
  return { low: added(a.low, b.low), best: added(a.best, b.best), high: added(a.high, b.high) };
}

/** Bars from the first day to the last, empty ones among them. */
export function binned(rows: readonly DayRow[], first: string, last: string, size: number): Bin[] {
  const start = dayNumber(first);
  const bins: Bin[] = [];
  for (let n = start; n <= dayNumber(last); n += size) {
    bins.push({ from: dayText(n), to: dayText(Math.min(n + size - 1, dayNumber(last))), families: {}, events: 0, killed: null, changed: 0 });
  }
  for (const row of rows) {
    const bin = bins[Math.floor((dayNumber(row.day) - start) / size)];
    if (bin === undefined) continue;
    for (const [family, n] of Object.entries(row.families) as [Family, number][]) {
      bin.families[family] = (bin.families[family] ?? 0) + n;
      bin.events += n;
    }
    bin.killed = summed(bin.killed, row.killed);
    bin.changed += row.changed;
  }
  return bins;
}

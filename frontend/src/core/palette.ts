// Colours of holders: after Okabe and Ito, and Tol's muted scheme, told apart by people with any common colour blindness.
// A holder keeps its colour whatever day is looked at. Colour is never the only sign: names stand in the legend, the list and
// the pop-up, and what is contested is hatched.
const COLOURS = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#b3a800", "#332288", "#882255", "#7a6a4f"];
export const OTHER = "#8a8f98";
export const NOBODY = "#b9bec7";

const given = new Map<string, string>();

/** Give colours in this order to those that have none yet. */
function assign(holders: Iterable<string>): void {
  for (const holder of holders) {
    if (!given.has(holder)) given.set(holder, COLOURS[given.size] ?? OTHER);
  }
}

/** The colour of a place: of several that fight for it none is shown as its holder. */
export function colourOfPlace(control: { holder: readonly string[]; status: string }): string {
  return control.status === "contested" && control.holder.length > 1 ? NOBODY : colourOf(control.holder);
}

let settled = false;

/** Give the first colours in this order; from then on, whoever is new gets what is left. */
export function settle(holders: Iterable<string>): void {
  assign(holders);
  settled = true;
}

/** The colour of a list of holders: that of the first; grey where nobody is named. */
export function colourOf(holders: readonly string[]): string {
  const first = holders[0];
  if (first === undefined) return NOBODY;
  if (settled) assign([first]);
  return given.get(first) ?? OTHER;
}

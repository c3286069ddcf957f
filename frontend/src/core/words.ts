// Short texts made of the API's values: intervals, figures, who did what.
import { actorNames, placeName } from "./called";
import type { ClaimFigure, Claim, Control, EventItem, Figure, Interval } from "./model";
import { coded, count, listed, longDay, shortDay, t, typeName } from "./i18n";

export function intervalText(time: Interval, day: (d: string) => string = longDay): string {
  const { start, end } = time;
  if (start !== null && end !== null) return start === end ? day(start) : t("between", { from: day(start), to: day(end) });
  if (end !== null) return t("until", { day: day(end) });
  if (start !== null) return t("sinceday", { day: day(start) });
  return t("undated");
}

export const shortInterval = (time: Interval): string => intervalText(time, shortDay);

export function figureText(figure: Figure | null | undefined): string | null {
  if (figure === null || figure === undefined) return null;
  const { low, best, high } = figure;
  if (low === null && best === null && high === null) return null;
  if (low !== null && high !== null && low !== high) {
    const range = t("figure.range", { low, high });
    return best === null ? range : `${range} (${t("figure.best", { n: best })})`;
  }
  if (high === null && low !== null) return t("figure.least", { n: best ?? low });
  return count((best ?? high ?? low) as number);
}

export function claimFigureText(figure: ClaimFigure): string {
  const of = figure.of === null || figure.of === "total" ? "" : ` ${coded("of", figure.of)}`;
  if (figure.min !== null && figure.max !== null) {
    return (figure.min === figure.max ? count(figure.min) : t("figure.range", { low: figure.min, high: figure.max })) + of;
  }
  if (figure.min !== null) return t("figure.least", { n: figure.min }) + of;
  return figure.max === null ? t("unknown") : t("figure.most", { n: figure.max }) + of;
}

export function names(actors: readonly string[] | undefined): string {
  return actors === undefined || actors.length === 0 ? t("nobody") : listed(actorNames(actors));
}

/** Who, and to whom, with an arrow that points with the direction of reading. */
export function sides(event: Pick<EventItem, "initiator" | "target">): string | null {
  const [one, other] = [actorNames(event.initiator), actorNames(event.target)];
  if (one.length === 0 && other.length === 0) return null;
  if (other.length === 0) return listed(one);
  return `${one.length === 0 ? "?" : listed(one)} → ${listed(other)}`;
}

export function statusText(control: Pick<Control, "status" | "extent">): string {
  const extent = control.extent === "all" || control.extent === "" ? "" : t("comma") + coded("extent", control.extent);
  return coded("status", control.status) + extent;
}

export const isUneasy = (control: Control): boolean => control.status === "contested" || control.status === "besieged";
export const holderText = (control: Control | null): string =>
  control === null ? t("unknown") : control.holder.length === 0 ? t("holds.nobody") : listed(actorNames(control.holder));

/** What stands in a field that takes codes, in the page's language: the group of words that has them. */
const CODED = ["status", "extent", "modality", "predicate", "act"];

/** What stands in a field as one would type it, in the page's language where it is a code. */
export function typedText(field: string, value: string): string {
  if (value === "nobody") return t("nobody");
  if (value === "unknown") return t("unknown");
  return CODED.includes(field) ? coded(field, value) : value;
}

/** One line that says what a claim is about. */
export function claimTitle(claim: Claim): string {
  const where = claim.place === null ? null : placeName(claim.place);
  const bits: (string | null)[] = [
    claim.kind === "event" && claim.type !== undefined ? typeName(claim.type) : coded("kind", claim.kind),
    claim.kind === "control" ? names(claim.holder) : null,
    claim.kind === "relation" ? `${names([claim.subject ?? []].flat())} ${coded("predicate", claim.predicate ?? "")} ${names([claim.object ?? []].flat())}` : null,
    claim.kind === "statement" ? coded("act", claim.act ?? "") : null,
    where,
  ];
  return bits.filter((b) => b !== null && b !== "").join(" · ");
}

/** Events that are told to have begun on a day, as the timeline counts them; the others only may include it. */
export const ofDay = (events: readonly EventItem[], day: string): EventItem[] => events.filter((e) => (e.time.start ?? e.time.end) === day);

// The lists: what each asks for, and its columns.
import type { ComponentChildren } from "preact";
import { GradeChip, Thing } from "../app/bits";
import { type Params, address } from "../core/api";
import { actorName, actorNames, placeName } from "../core/called";
import { coded, count, countryName, languageName, percent, shortDay, t, typeName } from "../core/i18n";
import type { Claim, Control, EventItem, Place, Report } from "../core/model";
import { colourOf, colourOfPlace } from "../core/palette";
import type { Filter, ListName } from "../core/store";
import { claimTitle, figureText, holderText, names, shortInterval, statusText } from "../core/words";
import { Swatch } from "../map/Legend";
import type { Source } from "../panel/SourcePage";

export interface Column<T> {
  name: string;
  cell: (row: T) => ComponentChildren;
  kind?: "number" | "wide" | "day";
}

export interface List<T> {
  path: string;
  filters: readonly Filter[];
  dated: boolean;
  key: (row: T) => string;
  columns: () => Column<T>[];
  /** A second question, whose answers are laid beside the rows: a place has its control from there. */
  beside?: (on: string, known: string | null) => string;
  join?: (row: T, beside: readonly Control[]) => T;
}

interface PlaceRow extends Place {
  control?: Control | null;
}
interface ActorRow {
  name: string;
  kind: string | null;
  country: string | null;
  holds?: Place[];
  counts?: Record<string, number>;
}

const events: List<EventItem> = {
  path: "/events",
  filters: ["family", "type", "actor", "place", "country", "grade", "source", "language", "min_confidence"],
  dated: true,
  key: (e) => e.id,
  columns: () => [
    { name: t("col.day"), cell: (e) => shortInterval(e.time), kind: "day" },
    { name: t("col.what"), cell: (e) => <Thing what={`event:${e.id}`}>{typeName(e.type)}</Thing> },
    { name: t("col.where"), cell: (e) => e.place === null ? <span class="quiet">{t("nowhere")}</span> : <Thing what={`place:${e.place.key}`}>{placeName(e.place)}</Thing> },
    { name: t("col.who"), cell: (e) => <bdi>{names(e.initiator)}</bdi>, kind: "wide" },
    { name: t("col.whom"), cell: (e) => <bdi>{names(e.target)}</bdi>, kind: "wide" },
    { name: t("col.killed"), cell: (e) => figureText(e.figures["killed"]) ?? "–", kind: "number" },
    { name: t("col.sources"), cell: (e) => count(e.sources), kind: "number" },
    { name: t("col.grade"), cell: (e) => <GradeChip grade={e.grade} /> },
  ],
};

const claims: List<Claim> = {
  path: "/claims",
  filters: ["kind", "type", "actor", "place", "country", "source", "language", "min_confidence"],
  dated: true,
  key: (c) => c.id,
  columns: () => [
    { name: t("col.day"), cell: (c) => (c.time === null ? t("undated") : shortInterval(c.time)) },
    { name: t("col.what"), cell: (c) => <Thing what={`claim:${c.id}`}>{claimTitle(c)}</Thing> },
    { name: t("col.quote"), cell: (c) => <q class="quote" dir="auto" lang={c.report.language ?? undefined}>{c.quote.join(" … ")}</q>, kind: "wide" },
    { name: t("col.source"), cell: (c) => <>{c.attribution.length > 0 && <><bdi>{actorNames(c.attribution).join(" ← ")}</bdi>{t("comma")}</>}<Thing what={`source:${c.report.publisher ?? ""}`}>{c.report.publisher ?? t("unknown")}</Thing></> },
    { name: t("col.confidence"), cell: (c) => (c.confidence === null ? "–" : percent(c.confidence)), kind: "number" },
  ],
};

const places: List<PlaceRow> = {
  path: "/places",
  filters: ["country", "place"],
  dated: false,
  key: (p) => p.key,
  beside: (on, known) => address("/control", { on, known_at: known }),
  join: (p, controls) => ({ ...p, control: controls.find((c) => c.place.key === p.key) ?? null }),
  columns: () => [
    { name: t("col.place"), cell: (p) => <Thing what={`place:${p.key}`}>{placeName(p)}</Thing> },
    { name: t("col.country"), cell: (p) => [p.admin1 === p.name ? null : p.admin1, p.country === null ? null : countryName(p.country)].filter(Boolean).join(t("comma")) || "–" },
    { name: t("col.holder"), cell: (p) => p.control == null ? <span class="quiet">{t("unknown")}</span> : <><Swatch colour={colourOfPlace(p.control)} /> <bdi>{holderText(p.control)}</bdi></>, kind: "wide" },
    { name: t("col.status"), cell: (p) => (p.control == null ? "–" : statusText(p.control)) },
    { name: t("col.since"), cell: (p) => (p.control?.since == null ? "–" : shortDay(p.control.since)), kind: "day" },
  ],
};

const actors: List<ActorRow> = {
  path: "/actors",
  filters: ["actor", "country"],
  dated: false,
  key: (a) => a.name,
  columns: () => [
    { name: t("col.actor"), cell: (a) => <><Swatch colour={colourOf([a.name])} /> <Thing what={`actor:${a.name}`}>{actorName(a.name)}</Thing></>, kind: "wide" },
    { name: t("col.kind"), cell: (a) => (a.kind === null ? "–" : coded("actorkind", a.kind)) },
    { name: t("col.country"), cell: (a) => (a.country === null ? "–" : countryName(a.country)) },
    { name: t("col.claims"), cell: (a) => count(a.counts?.["claims"] ?? 0), kind: "number" },
    { name: t("col.events"), cell: (a) => count(a.counts?.["events"] ?? 0), kind: "number" },
  ],
};

const sources: List<Source> = {
  path: "/sources",
  filters: ["source"],
  dated: false,
  key: (s) => s.name,
  columns: () => [
    { name: t("col.source"), cell: (s) => <Thing what={`source:${s.name}`}>{s.name}</Thing>, kind: "wide" },
    { name: t("col.kind"), cell: (s) => (s.kind === null ? "–" : coded("sourcekind", s.kind)) },
    { name: t("col.reports"), cell: (s) => count(s.reports), kind: "number" },
    { name: t("col.claims"), cell: (s) => count(s.claims), kind: "number" },
    { name: t("col.alone"), cell: (s) => count(s.alone), kind: "number" },
    { name: t("col.contradicted"), cell: (s) => count(s.contradicted), kind: "number" },
  ],
};

const reports: List<Report> = {
  path: "/reports",
  filters: ["source", "language"],
  dated: true,
  key: (r) => r.id,
  columns: () => [
    { name: t("col.published"), cell: (r) => (r.published === null ? "–" : shortDay(r.published)), kind: "day" },
    { name: t("col.title"), cell: (r) => <Thing what={`report:${r.id}`}>{r.title ?? t("report.untitled")}</Thing>, kind: "wide" },
    { name: t("col.source"), cell: (r) => <Thing what={`source:${r.publisher ?? ""}`}>{r.publisher ?? t("unknown")}</Thing> },
    { name: t("col.language"), cell: (r) => (r.language === null ? "–" : languageName(r.language)) },
  ],
};

export const LIST_OF: Record<ListName, List<never>> = { events, claims, places, actors, sources, reports } as unknown as Record<ListName, List<never>>;

/** What a list is asked for: its own filters, and the chosen days where it has days. */
export function listParams(list: List<never>, view: { filters: Partial<Record<Filter, string>>; from: string | null; to: string | null }, on: string, known: string | null): Params {
  const own: Params = {};
  for (const name of [...list.filters, "q" as const]) own[name] = view.filters[name];
  if (list.dated) Object.assign(own, { from: view.from, to: view.to });
  if (list.path === "/places" || list.path === "/actors") own["on"] = on;
  return { ...own, known_at: known };
}

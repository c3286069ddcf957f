// The state of the page. All that a view needs to be sent to somebody stands in the URL; nothing else is state.
import { useEffect, useState } from "preact/hooks";

export type Tab = "map" | "lists" | "brief" | "desk";
export type ListName = "events" | "claims" | "places" | "actors" | "sources" | "reports";
export type Lang = "en" | "ar";
export type Theme = "auto" | "light" | "dark";

export const TABS: readonly Tab[] = ["map", "lists", "brief", "desk"];
export const LISTS: readonly ListName[] = ["events", "claims", "places", "actors", "sources", "reports"];
export const FILTERS = [
  "family", "type", "actor", "place", "country", "grade", "source", "language", "kind", "min_confidence", "q",
] as const;
export const LAYERS = ["cells", "events", "roads"] as const;
export type Filter = (typeof FILTERS)[number];
export type Layer = (typeof LAYERS)[number];

/** What is looked at. `null` is "the default": the last day, as known now, no window, nothing open. */
export interface View {
  tab: Tab;
  on: string | null;
  known: string | null;
  from: string | null;
  to: string | null;
  list: ListName;
  filters: Partial<Record<Filter, string>>;
  open: string | null;
  /** The claim that was brought to the desk. */
  review: string | null;
  since: string | null;
  span: "news" | "all";
  hidden: readonly Layer[];
  at: string | null;
  lang: Lang;
  theme: Theme;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = (value: string | null): string | null => (value !== null && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : null);
function oneOf<T extends string>(value: string | null, known: readonly T[], otherwise: T): T {
  return known.find((k) => k === value) ?? otherwise;
}

/** The view that a query string names; what it does not know is passed over. */
export function read(search: string): View {
  const q = new URLSearchParams(search);
  const filters: View["filters"] = {};
  for (const name of FILTERS) {
    const value = q.get(name);
    if (value !== null && value !== "") filters[name] = value.slice(0, 200);
  }
  const off = (q.get("hide") ?? "").split(",");
  return {
    tab: oneOf(q.get("tab"), TABS, "map"),
    on: day(q.get("on")), known: day(q.get("known")), from: day(q.get("from")), to: day(q.get("to")), since: day(q.get("since")),
    span: oneOf(q.get("span"), ["news", "all"] as const, "news"),
    list: oneOf(q.get("list"), LISTS, "events"),
    filters,
    open: q.get("open"),
    review: q.get("review"),
    hidden: LAYERS.filter((l) => off.includes(l)),
    at: /^[\d.]+\/-?[\d.]+\/-?[\d.]+$/.test(q.get("at") ?? "") ? q.get("at") : null,
    lang: oneOf(q.get("lang") ?? kept("lang"), ["en", "ar"] as const, "en"),
    theme: oneOf(q.get("theme") ?? kept("theme"), ["auto", "light", "dark"] as const, "auto"),
  };
}

/** The query string that names a view, defaults left out. */
export function write(view: View): string {
  const q = new URLSearchParams();
  const put = (key: string, value: string | null | undefined, usual: string | null = null): void => {
    if (value !== null && value !== undefined && value !== "" && value !== usual) q.set(key, value);
  };
  put("tab", view.tab, "map");
  put("on", view.on);
  put("known", view.known);
  put("from", view.from);
  put("to", view.to);
  put("since", view.since);
  put("span", view.span, "news");
  put("list", view.list, "events");
  for (const name of FILTERS) put(name, view.filters[name]);
  put("open", view.open);
  put("review", view.review);
  put("hide", view.hidden.join(","));
  put("at", view.at);
  put("lang", view.lang, "en");
  put("theme", view.theme, "auto");
  const text = q.toString().replaceAll("%3A", ":").replaceAll("%2F", "/").replaceAll("%2C", ",");
  return text === "" ? location.pathname : `?${text}`;
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(`warledger.${name}`);
  } catch {
    return null;
  }
}

/** Keep a person's own preference on this machine; where the browser refuses, it lasts for this page. */
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`warledger.${name}`, value);
  } catch {
    // nothing is lost but the preference
  }
}

export const preference = kept;

let view = read(location.search);
const listeners = new Set<() => void>();
let pending = 0;

function told(): void {
  for (const listener of [...listeners]) listener();
}

export const current = (): View => view;

/**
 * Change the view. A step that one would go back from (a page opened, a tab) enters the history; a slide does not.
 * URLs are written at most four times a second: browsers refuse more.
 */
export function go(change: Partial<View>, step = false): void {
  view = { ...view, ...change };
  if (step) {
    window.clearTimeout(pending);
    pending = 0;
    history.pushState(null, "", write(view));
  } else if (pending === 0) {
    pending = window.setTimeout(() => {
      pending = 0;
      history.replaceState(null, "", write(view));
    }, 250);
  }
  told();
}

export const open = (what: string | null): void => go({ open: what }, true);
export function filter(name: Filter, value: string | null): void {
  const filters = { ...view.filters };
  if (value === null || value === "") delete filters[name];
  else filters[name] = value;
  go({ filters });
}

window.addEventListener("popstate", () => {
  view = read(location.search);
  told();
});

/** The part of the view that `pick` takes; the component is drawn again when that part is another. */
export function useView<T>(pick: (view: View) => T): T {
  const [value, set] = useState(() => pick(view));
  useEffect(() => {
    const listener = (): void => set(() => pick(view));
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return value;
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

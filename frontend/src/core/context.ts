// What every part of the page needs: what the ledger is, and the day and time that are looked at.
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Params } from "./api";
import { clampDay, dayNumber, dayText } from "./days";
import type { Meta } from "./model";
import { type View, useView } from "./store";

/** The ledger's own description, and the day on which its oldest report came out. */
export interface Described extends Meta {
  published_from: string | null;
}

export const MetaContext = createContext<Described | null>(null);

/** What the ledger is; only for parts that are drawn when that is known. */
export function useMeta(): Described {
  const meta = useContext(MetaContext);
  if (meta === null) throw new Error("no meta");
  return meta;
}

export interface Times {
  first: string;
  last: string;
  on: string;
  known: string | null;
  whole: boolean;
}

/** Reports tell of the days before them; what lies further back is background. */
const DAYS_BEFORE_REPORTS = 7;

/**
 * The day looked at, and the day as known on. The days offered are those that the reports are news of; with `span=all`, or
 * where a day further back is named, all that the record speaks of.
 */
export function useTimes(): Times {
  const meta = useMeta();
  const on = useView((v) => v.on);
  const from = useView((v) => v.from);
  const known = useView((v) => v.known);
  const span = useView((v) => v.span);
  const last = meta.last_day ?? meta.published_from ?? "2000-01-01";
  const oldest = meta.first_day ?? last;
  const news = meta.published_from === null ? oldest : dayText(dayNumber(meta.published_from) - DAYS_BEFORE_REPORTS);
  const whole = news <= oldest;
  const back = span === "all" || (on ?? last) < news || (from ?? last) < news;
  const first = back && !whole ? oldest : news;
  return { first, last, on: clampDay(on ?? last, first, last), known, whole };
}

/** A value that has rested: what is costly waits until the slider stands still. */
export function useRested<T>(value: T, ms = 140): T {
  const [rested, set] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => set(value), ms);
    return () => window.clearTimeout(timer);
  }, [value, ms]);
  return rested;
}

/** The filters that lists, map and timeline have in common, as parameters of the API. */
export function filterParams(view: View): Params {
  const { family, type, actor, place, country, grade, source, language, min_confidence } = view.filters;
  return { family, type, actor, place, country, grade, source, language, min_confidence };
}

/** Days, filters and time known as parameters for events: the chosen window, or the day. */
export function eventParams(view: View, times: Times): Params {
  const days = view.from !== null || view.to !== null ? { from: view.from, to: view.to } : { on: times.on };
  return { ...filterParams(view), ...days, known_at: times.known };
}

// Who holds what on the day looked at, for the map and for the words beside it.
import { useEffect, useMemo, useRef } from "preact/hooks";
import { address, ask, keepAtMost } from "../core/api";
import { useMeta, useTimes } from "../core/context";
import { dayNumber, dayText } from "../core/days";
import { type Answer, useAnswer } from "../core/data";
import type { Control, Page, Place } from "../core/model";
import { settle } from "../core/palette";

const MOST_BLANK = 1000;
const MANY = 2000;
const MOST_DAYS_OF_MANY = 14;
const MOST_COLOURS = 10;

interface ControlAnswer {
  on: string;
  known_at: string | null;
  items: Control[];
}

export interface ControlNow {
  answer: Answer<ControlAnswer>;
  byKey: ReadonlyMap<string, Control>;
}

const EMPTY: ReadonlyMap<string, Control> = new Map();

function counted(items: readonly Control[]): string[] {
  const places = new Map<string, number>();
  for (const holder of items.flatMap((c) => c.holder.slice(0, 1))) places.set(holder, (places.get(holder) ?? 0) + 1);
  return [...places].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}

/** Whether colours are given. They go to holders by the places they are ever seen with, so that they do not change from day to day. */
export function useColours(): boolean {
  const meta = useMeta();
  const last = meta.last_day ?? dayText(0);
  const first = meta.published_from ?? meta.first_day ?? last;
  const middle = dayText(Math.floor((dayNumber(first) + dayNumber(last)) / 2));
  const answers = [first, middle, last].map((on) => useAnswer<ControlAnswer>(address("/control", { on })));
  const done = useRef(false);
  if (!done.current && answers.every((a) => !a.loading)) {
    done.current = true;
    settle(counted(answers.flatMap((a) => a.data?.items ?? [])).slice(0, MOST_COLOURS));
  }
  return done.current;
}

/** Control on the day, with the days beside it fetched ahead. */
export function useControl(): ControlNow {
  const { on, known, first, last } = useTimes();
  const answer = useAnswer<ControlAnswer>(address("/control", { on, known_at: known }));
  useEffect(() => {
    if (answer.loading) return undefined;
    if ((answer.data?.items.length ?? 0) > MANY) keepAtMost("/control", MOST_DAYS_OF_MANY);
    const timer = window.setTimeout(() => {
      for (const step of [1, -1, 2]) {
        const day = dayText(dayNumber(on) + step);
        if (day >= first && day <= last) ask(address("/control", { on: day, known_at: known })).catch(() => null);
      }
    }, 60);
    return () => window.clearTimeout(timer);
  }, [on, known, answer.loading]);
  const byKey = useMemo(() => (answer.data === null ? EMPTY : new Map(answer.data.items.map((c) => [c.place.key, c]))), [answer.data]);
  return { answer, byKey };
}

/** Every place that the map may colour: those held on the last day, those of this day, and, where they are few, all others. */
export function useEveryPlace(control: ControlNow): Place[] | null {
  const { last } = useTimes();
  const end = useAnswer<ControlAnswer>(address("/control", { on: last }));
  const blank = useAnswer<Page<Place>>(address("/places", { limit: MOST_BLANK }));
  const seen = useRef(new Map<string, Place>());
  const told = useRef<Place[] | null>(null);
  const waits = end.loading || blank.loading || control.answer.loading;
  return useMemo(() => {
    if (waits && seen.current.size === 0) return null;
    const places = [
      ...(end.data?.items ?? []).map((c) => c.place),
      ...(control.answer.data?.items ?? []).map((c) => c.place),
      ...(blank.data !== null && blank.data.next === null ? blank.data.items : []),
    ];
    for (const place of places) if (!seen.current.has(place.key)) seen.current.set(place.key, place);
    if (told.current?.length !== seen.current.size) told.current = [...seen.current.values()];
    return told.current; // the same list while no place is new, so that nothing is drawn anew for it
  }, [end.data, blank.data, control.answer.data, waits]);
}

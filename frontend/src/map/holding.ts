// Who holds what on the day looked at, for the map and for the words beside it. It is asked for by the month: a slide from day
// to day asks nothing, and only what is another is drawn anew.
import { useEffect, useMemo, useRef } from "preact/hooks";
import { address, ask, keepAtMost } from "../core/api";
import { useTimes } from "../core/context";
import { dayBefore, dayNumber, dayText } from "../core/days";
import { type Answer, useAnswer } from "../core/data";
import type { Control, Place } from "../core/model";
import { settle } from "../core/palette";
import { type Course, type DaysAnswer, courseOf } from "./course";

const MANY = 2000;
const MOST_MONTHS_OF_MANY = 6;
const MOST_COLOURS = 10;
/** Months beside the one looked at are fetched when the page has come to rest. */
const REST_MS = 1200;

export interface ControlNow {
  answer: Answer<DaysAnswer>;
  byKey: ReadonlyMap<string, Control>;
  /** The day that `byKey` stands for; while another month is awaited, the last one stands. */
  day: string | null;
  /** Every place of the month. */
  places: readonly Place[];
}

const EMPTY: ReadonlyMap<string, Control> = new Map();
const NONE: readonly Place[] = [];

const monthStart = (day: string): string => `${day.slice(0, 8)}01`;
const monthEnd = (day: string): string => dayBefore(monthStart(dayText(dayNumber(monthStart(day)) + 31)));
const monthAddress = (day: string, known: string | null): string =>
  address("/control/days", { from: monthStart(day), to: monthEnd(day), known_at: known });

/** Whether colours are given. They go to holders by the places they are ever seen with, so that they do not change from day to day. */
export function useColours(): boolean {
  const { on, known } = useTimes();
  const { data, loading } = useAnswer<{ items: { name: string }[] }>(address("/control/holders"));
  useEffect(() => void ask(monthAddress(on, known)).catch(() => null), []);
  const done = useRef(false);
  if (!done.current && !loading) {
    done.current = true;
    settle((data?.items ?? []).slice(0, MOST_COLOURS).map(({ name }) => name));
  }
  return done.current;
}

/** Control on the day, with the months beside it fetched ahead; nothing is told before colours are given. */
export function useControl(coloured: boolean): ControlNow {
  const { on, known, first, last } = useTimes();
  const answer = useAnswer<DaysAnswer>(monthAddress(on, known));
  const course: Course | null = coloured && answer.data !== null ? courseOf(answer.data) : null;
  useEffect(() => {
    if (answer.loading) return undefined;
    if ((answer.data?.items.length ?? 0) > MANY) keepAtMost("/control/days", MOST_MONTHS_OF_MANY);
    const timer = window.setTimeout(() => {
      const beside = [dayBefore(monthStart(on)), dayText(dayNumber(monthEnd(on)) + 1)];
      for (const day of beside) if (monthEnd(day) >= first && monthStart(day) <= last) ask(monthAddress(day, known)).catch(() => null);
    }, REST_MS);
    return () => window.clearTimeout(timer);
  }, [monthStart(on), known, answer.loading]);
  const stood = useRef<string | null>(null);
  if (course !== null) stood.current = course.holds(on) ? on : course.holds(stood.current ?? "") ? stood.current : course.answer.to;
  const byKey = course === null || stood.current === null ? EMPTY : course.on(stood.current);
  return { answer, byKey, day: course === null ? null : stood.current, places: course?.places ?? NONE };
}

/** Every place that the map may colour: those of this month, and those of the last one when they have come. */
export function useEveryPlace(control: ControlNow): Place[] | null {
  const { last } = useTimes();
  const end = useAnswer<DaysAnswer>(control.day === null ? null : monthAddress(last, null));
  const seen = useRef(new Map<string, Place>());
  const told = useRef<Place[] | null>(null);
  return useMemo(() => {
    if (control.day === null) return told.current;
    const known = seen.current;
    for (const place of [...control.places, ...(end.data === null ? NONE : courseOf(end.data).places)]) if (!known.has(place.key)) known.set(place.key, place);
    if (told.current?.length !== known.size) told.current = [...known.values()];
    return told.current; // the same list while no place is new, so that nothing is drawn anew for it
  }, [end.data, control.places, control.day === null]);
}

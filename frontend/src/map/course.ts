// Who holds what from day to day, laid together from the states of a first day and what is another on each day after it.
import type { Control, Place } from "../core/model";

export interface DaysAnswer {
  from: string;
  to: string;
  known_at: string | null;
  items: Control[];
  days: { day: string; items: Control[] }[];
}

interface Step {
  day: string;
  after: Control[];
  /** What these places were before; null where nothing was said of them. */
  before: { key: string; control: Control | null }[];
}

/** The days of one answer. It stands on the day that was asked for last, and goes from there step by step. */
export class Course {
  readonly places: readonly Place[];
  private readonly steps: Step[] = [];
  private taken = 0;
  private states: Map<string, Control>;

  constructor(readonly answer: DaysAnswer) {
    const first = new Map(answer.items.map((c) => [c.place.key, c]));
    const seen = new Map(first);
    for (const { day, items } of answer.days) {
      this.steps.push({ day, after: items, before: items.map(({ place: { key } }) => ({ key, control: seen.get(key) ?? null })) });
      for (const control of items) seen.set(control.place.key, control);
    }
    this.states = first;
    this.places = [...seen.values()].map((c) => c.place);
  }

  holds(day: string): boolean {
    return this.answer.from <= day && day <= this.answer.to;
  }

  /** Who holds each place on a day; the same map while nothing is another. */
  on(day: string): ReadonlyMap<string, Control> {
    const wanted = this.steps.findLastIndex((step) => step.day <= day) + 1;
    if (wanted === this.taken) return this.states;
    const states = new Map(this.states);
    for (; this.taken < wanted; this.taken += 1) {
      for (const control of (this.steps[this.taken] as Step).after) states.set(control.place.key, control);
    }
    for (; this.taken > wanted; this.taken -= 1) {
      for (const { key, control } of (this.steps[this.taken - 1] as Step).before) {
        if (control === null) states.delete(key);
        else states.set(key, control);
      }
    }
    this.states = states;
    return states;
  }
}

const courses = new WeakMap<DaysAnswer, Course>();

/** The course of an answer, laid together once. */
export function courseOf(answer: DaysAnswer): Course {
  const known = courses.get(answer) ?? new Course(answer);
  courses.set(answer, known);
  return known;
}

// How the page's language writes places and actors. English shows the record's own names; Arabic asks the API, a country at a time.
import { useEffect, useState } from "preact/hooks";
import { address, ask } from "./api";
import type { Place } from "./model";
import { current, subscribe } from "./store";

interface Names {
  actors: Record<string, string>;
  places: Record<string, string>;
}

const actors = new Map<string, string>();
const places = new Map<string, string>();
const asked = new Set<string>();
const watchers = new Set<() => void>();
let wanted: string[] = [];
let edition = 0;

async function fetchWanted(): Promise<void> {
  const countries = wanted;
  wanted = [];
  try {
    const names = await ask<Names>(address("/names", { language: "ar", country: countries.join(",") }));
    for (const [name, arabic] of Object.entries(names.actors)) actors.set(name, arabic);
    for (const [key, arabic] of Object.entries(names.places)) places.set(key, arabic);
    edition += 1;
    for (const watcher of [...watchers]) watcher();
  } catch {
    for (const country of countries) asked.delete(country); // the record's own names stand until it is asked again
  }
}

/** Ask once for the names of a country's places; all that are wanted at one time are one question. */
function want(country: string): void {
  if (asked.has(country)) return;
  asked.add(country);
  if (wanted.length === 0) window.setTimeout(() => void fetchWanted());
  wanted.push(country);
}

/** A place's name in the language of the page, else as the record has it. */
export function placeName(place: Pick<Place, "key" | "name" | "country">): string {
  if (current().lang !== "ar") return place.name;
  if (place.country !== null) want(place.country);
  return places.get(place.key) ?? place.name;
}

/** An actor's name in the language of the page, else as the record has it. */
export function actorName(name: string): string {
  return current().lang === "ar" ? (actors.get(name) ?? name) : name;
}

export const actorNames = (names: readonly string[]): string[] => names.map(actorName);

/** Drawn again when names have come; the number is another then. Actors are asked for when the language is chosen. */
export function useCalled(): number {
  const [seen, set] = useState(edition);
  useEffect(() => {
    const watcher = (): void => set(edition);
    const chosen = (): void => void (current().lang === "ar" && want(""));
    watchers.add(watcher);
    chosen();
    const leave = subscribe(chosen);
    return () => {
      watchers.delete(watcher);
      leave();
    };
  }, []);
  return seen;
}

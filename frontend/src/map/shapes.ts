// GeoJSON of what the map shows, made from the API's values.
import type { Feature, FeatureCollection, LineString, Point as GeoPoint, Polygon } from "geojson";
import { placeName } from "../core/called";
import type { Control, EventItem, Place } from "../core/model";
import { colourOfPlace } from "../core/palette";
import { isUneasy } from "../core/words";
import { type Land, around } from "./cells";
import { zoomsOfNames } from "./names";

const MOST_SIGNS = 12;
const SIGNS_A_ROW = 4;
const SIGN_STEP = 20;
/** How far off a place may be that a report gives as "near" another, in km; the second grade of ACLED's geo precision. */
const ROUGH_KM = 12;

export const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });
export const isWide = (place: Place): boolean => place.precision === "region" || place.precision === "country";
export type Placed = Place & { latitude: number; longitude: number };
export const isPlaced = (place: Place | null): place is Placed =>
  place !== null && place.latitude !== null && place.longitude !== null;

/** How a place is drawn: its colour, empty where nobody is known to hold it; hatched; faint beside one holder's places. */
export type Look = {
  colour: string;
  known: boolean;
  uneasy: boolean;
  dim: boolean;
};

/** The look of a place, where all is shown or one holder above the others. */
export function lookOf(control: Control | undefined, only: string | null): Look {
  if (control === undefined) return { colour: "", known: false, uneasy: false, dim: only !== null };
  const dim = only !== null && !control.holder.includes(only);
  return { colour: colourOfPlace(control), known: true, uneasy: isUneasy(control) || control.against.length > 0, dim };
}

/** A point for each place; the index is its id, by which it is drawn otherwise later. */
export function placePoints(places: readonly Placed[], looks: readonly Look[]): FeatureCollection {
  return collection(places.map((place, id) => ({ ...point(place), id, properties: { wide: isWide(place), ...looks[id] } })));
}

/** The names of settlements under their places' ids, each from the zoom at which there is room for it. */
export function placeNames(places: readonly Placed[]): FeatureCollection {
  const ids = places.map((_, id) => id).filter((id) => !isWide(places[id] as Placed));
  const zooms = zoomsOfNames(ids.map((id) => places[id] as Placed));
  return collection(ids.map((id, i) => {
    const place = places[id] as Placed;
    return { ...point(place), id, properties: { name: placeName(place), from: zooms[i], rank: -(place.population ?? 0) } };
  }));
}

const point = (place: Placed): Feature<GeoPoint> => ({
  type: "Feature",
  properties: {},
  geometry: { type: "Point", coordinates: [place.longitude, place.latitude] },
});

/** An area for each settlement that has one, under its place's id. */
export function cellAreas(ids: readonly number[], cells: readonly Land[], looks: readonly Look[]): FeatureCollection {
  const features: Feature[] = [];
  cells.forEach((land, i) => {
    const id = ids[i] as number;
    if (land.length > 0) features.push({ type: "Feature", id, properties: { ...looks[id] }, geometry: { type: "MultiPolygon", coordinates: land } });
  });
  return collection(features);
}

/** Events that can be shown, in rows above their place, and how many cannot. */
export function eventPoints(events: readonly EventItem[]): { points: FeatureCollection; left: number } {
  const seen = new Map<string, number>();
  const features: Feature[] = [];
  let left = 0;
  for (const event of events) {
    if (!isPlaced(event.place) || event.place.precision === "country") {
      left += 1;
      continue;
    }
    const nth = seen.get(event.place.key) ?? 0;
    seen.set(event.place.key, nth + 1);
    if (nth >= MOST_SIGNS) continue;
    features.push(eventPoint(event, event.place, nth));
  }
  return { points: collection(features), left };
}

function eventPoint(event: EventItem, place: Placed, nth: number): Feature<GeoPoint> {
  const column = nth % SIGNS_A_ROW;
  const shift = [(column - 1.5) * SIGN_STEP, -SIGN_STEP - Math.floor(nth / SIGNS_A_ROW) * SIGN_STEP];
  return {
    type: "Feature",
    properties: { id: event.id, sign: `${event.family}-${event.grade}`, shift },
    geometry: { type: "Point", coordinates: [place.longitude, place.latitude] },
  };
}

/** Circles around places that reports give only roughly, one a place. */
export function roughCircles(events: readonly EventItem[]): FeatureCollection {
  const done = new Set<string>();
  const features: Feature<Polygon>[] = [];
  for (const event of events) {
    if (!isPlaced(event.place) || event.place.precision !== "near" || done.has(event.place.key)) continue;
    done.add(event.place.key);
    const ring = around([event.place.longitude, event.place.latitude], ROUGH_KM, 48);
    features.push({ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [[...ring, ring[0] as [number, number]]] } });
  }
  return collection(features);
}

export interface Stretch {
  state: string;
  coordinates: [number, number][];
}

export function roadLines(stretches: readonly Stretch[]): FeatureCollection {
  return collection(stretches.filter((s) => s.coordinates.length > 1).map((s): Feature<LineString> => ({
    type: "Feature",
    properties: { state: s.state },
    geometry: { type: "LineString", coordinates: s.coordinates },
  })));
}

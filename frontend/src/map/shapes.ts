// GeoJSON of what the map shows, made from the API's values.
import type { Feature, FeatureCollection, LineString, Point as GeoPoint, Polygon } from "geojson";
import type { EventItem, Place } from "../core/model";
import { isUneasy } from "../core/words";
import type { Control } from "../core/model";
import { type Land, around } from "./cells";

const MOST_SIGNS = 12;
const SIGNS_A_ROW = 4;
const SIGN_STEP = 20;
/** How far off a place may be that a report gives as "near" another, in km; the second grade of ACLED's geo precision. */
const ROUGH_KM = 12;

export const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });
export const isWide = (place: Place): boolean => place.precision === "region" || place.precision === "country";
export const isPlaced = (place: Place | null): place is Place & { latitude: number; longitude: number } =>
  place !== null && place.latitude !== null && place.longitude !== null;

/** A point for each place; the index is its id, by which it is coloured. */
export function placePoints(places: readonly Place[]): FeatureCollection {
  return collection(places.map((place, id) => ({
    type: "Feature",
    id,
    properties: { key: place.key, name: place.name, wide: isWide(place), rank: -(place.population ?? 0) },
    geometry: { type: "Point", coordinates: [place.longitude as number, place.latitude as number] },
  })));
}

/** An area for each settlement that has one, under its place's id. */
export function cellAreas(ids: readonly number[], cells: readonly Land[]): FeatureCollection {
  const features: Feature[] = [];
  cells.forEach((land, i) => {
    if (land.length > 0) features.push({ type: "Feature", id: ids[i] as number, properties: {}, geometry: { type: "MultiPolygon", coordinates: land } });
  });
  return collection(features);
}

export const isDoubted = (control: Control): boolean => isUneasy(control) || control.against.length > 0;

/** The areas to hatch: those of some states. */
export function uneasyAreas(controls: Iterable<Control>, cellOf: ReadonlyMap<string, Land>): FeatureCollection {
  const features: Feature[] = [];
  for (const control of controls) {
    const cell = cellOf.get(control.place.key);
    if (cell !== undefined && cell.length > 0) {
      features.push({ type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: cell } });
    }
  }
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

function eventPoint(event: EventItem, place: { latitude: number; longitude: number }, nth: number): Feature<GeoPoint> {
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

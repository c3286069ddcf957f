// From which zoom a place's name is written. Every name that is tried has to be placed among all others, which costs as much as
// all the rest of the map where there are ten thousand; but a map has room for some hundred, and those of the largest places.
import type { Place } from "../core/model";

/** Size of the world on the screen at zoom 0, in pixels. */
const WORLD = 512;
/** Of a square of so many pixels, at each zoom, the largest places are named, */
const SQUARE = 128;
/** and no more than so many. */
const MOST_NAMES = 4;
export const LAST_ZOOM = 12;

/** Where a place lies in the world's square, from 0 to 1 both ways (Web Mercator). */
function spot(longitude: number, latitude: number): [number, number] {
  const sine = Math.sin((Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180);
  return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** The whole zoom from which each place is named; the last one for places that stand too close together to be told apart. */
export function zoomsOfNames(places: readonly (Place & { latitude: number; longitude: number })[]): number[] {
  const zooms = places.map(() => LAST_ZOOM);
  const spots = places.map((p) => spot(p.longitude, p.latitude));
  let waiting = places.map((_, i) => i).sort((a, b) => (places[b]?.population ?? 0) - (places[a]?.population ?? 0));
  const named: number[] = [];
  for (let zoom = 0; zoom < LAST_ZOOM && waiting.length > 0; zoom += 1) {
    const across = (WORLD / SQUARE) * 2 ** zoom;
    const taken = new Map<string, number>();
    const place = (i: number, most: number): boolean => {
      const [x, y] = spots[i] as [number, number];
      const square = `${Math.floor(x * across)} ${Math.floor(y * across)}`;
      const there = taken.get(square) ?? 0;
      if (there < most) taken.set(square, there + 1);
      return there < most;
    };
    for (const i of named) place(i, Infinity);
    waiting = waiting.filter((i) => {
      if (!place(i, MOST_NAMES)) return true;
      zooms[i] = zoom;
      named.push(i);
      return false;
    });
  }
  return zooms;
}

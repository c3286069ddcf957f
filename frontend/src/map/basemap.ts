// The base map: countries of the world, coarse, at once; the finer countries when the view comes near them.
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon, Position } from "geojson";
import type { Land, Ring } from "./cells";

const WHERE = "/basemap";
export type Box = [number, number, number, number];

interface WorldFeature extends Feature<Polygon | MultiPolygon> {
  properties: { country: string; box: Box };
}

let world: Promise<FeatureCollection> | null = null;
const countries = new Map<string, Promise<FeatureCollection | null>>();

async function load<T>(name: string): Promise<T> {
  const response = await fetch(`${WHERE}/${name}.json`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return (await response.json()) as T;
}

export function loadWorld(): Promise<FeatureCollection> {
  world ??= load<FeatureCollection>("world");
  return world;
}

export const loadDisputed = (): Promise<FeatureCollection> => load<FeatureCollection>("disputed");

/** One country's outline, divisions and borders, or null where the base map has none. */
export function loadCountry(country: string): Promise<FeatureCollection | null> {
  const known = countries.get(country);
  if (known !== undefined) return known;
  const answer = /^[A-Z]{2}$/.test(country) ? load<FeatureCollection>(country).catch(() => null) : Promise.resolve(null);
  countries.set(country, answer);
  return answer;
}

const meets = ([w, s, e, n]: Box, [west, south, east, north]: Box): boolean => w <= east && west <= e && s <= north && south <= n;

function boxOf(ring: readonly Position[]): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring as [number, number][]) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

/** Countries of which a part meets the view: a country with islands overseas is not near everywhere between. */
export async function countriesIn(view: Box): Promise<string[]> {
  const { features } = await loadWorld();
  return (features as WorldFeature[])
    .filter(({ properties: { box }, geometry }) => {
      if (!meets(box, view)) return false;
      const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      return polygons.some(([outer]) => meets(boxOf(outer ?? []), view));
    })
    .map((f) => f.properties.country);
}

/** The polygons of a country's outline. */
export function landOf(collection: FeatureCollection | null): Land {
  const whole = collection?.features.find((f) => f.properties?.["kind"] === "country")?.geometry as Geometry | undefined;
  if (whole?.type === "Polygon") return [whole.coordinates as Ring[]];
  return whole?.type === "MultiPolygon" ? (whole.coordinates as Ring[][]) : [];
}

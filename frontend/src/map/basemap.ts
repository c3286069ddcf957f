// The base map: countries of the world, coarse, at once; the finer countries when the view comes near them.
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon } from "geojson";
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

/** Countries whose box meets the view. */
export async function countriesIn([west, south, east, north]: Box): Promise<string[]> {
  const { features } = await loadWorld();
  return (features as WorldFeature[])
    .filter(({ properties: { box } }) => box[0] <= east && west <= box[2] && box[1] <= north && south <= box[3])
    .map((f) => f.properties.country);
}

/** The polygons of a country's outline. */
export function landOf(collection: FeatureCollection | null): Land {
  const whole = collection?.features.find((f) => f.properties?.["kind"] === "country")?.geometry as Geometry | undefined;
  if (whole?.type === "Polygon") return [whole.coordinates as Ring[]];
  return whole?.type === "MultiPolygon" ? (whole.coordinates as Ring[][]) : [];
}

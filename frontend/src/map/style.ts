// The map's style: sources and layers, bottom to top. No glyphs: labels are written in the machine's own fonts.
import type { FilterSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import type { MapTheme } from "./theme";

const EMPTY = { type: "FeatureCollection" as const, features: [] };
const FONT = ["Noto Sans", "Segoe UI", "Helvetica Neue", "Arial"];
/** The weight is taken from the first name; that family need not be there. */
const BOLD = ["Noto Sans SemiBold", "Noto Sans", "Segoe UI", "Helvetica Neue", "Arial"];
const empty = (more: object = {}): SourceSpecification => ({ type: "geojson", data: EMPTY, ...more });

export const CLUSTER_BELOW = 5;

const kind = (name: string): FilterSpecification => ["==", ["get", "kind"], name];

function sources(): StyleSpecification["sources"] {
  return {
    world: empty({ tolerance: 0.3 }),
    near: empty({ tolerance: 0.2 }),
    disputed: empty(),
    countries: empty(),
    cells: empty({ tolerance: 0.1, buffer: 16 }),
    roads: empty(),
    places: empty(),
    names: empty(),
    rough: empty(),
    events: empty({ cluster: true, clusterMaxZoom: CLUSTER_BELOW, clusterRadius: 38 }),
    chosen: empty(),
  };
}

function land(theme: MapTheme): LayerSpecification[] {
  return [
    { id: "sea", type: "background", paint: { "background-color": theme.sea } },
    { id: "world", type: "fill", source: "world", paint: { "fill-color": theme.land } },
    { id: "world-line", type: "line", source: "world", paint: { "line-color": theme.outer, "line-width": 0.6 } },
    { id: "near", type: "fill", source: "near", filter: kind("country"), paint: { "fill-color": theme.land, "fill-antialias": false } },
  ];
}

/** Whether a place is drawn so: as it is now, else as it was first. */
const is = (what: "known" | "uneasy" | "dim") => ["boolean", ["feature-state", what], ["get", what], false];
/** The colour of a place's holder. */
const colourOr = (none: string) => ["case", is("known"), ["to-color", ["coalesce", ["feature-state", "colour"], ["get", "colour"]]], none] as never;

function areas(theme: MapTheme): LayerSpecification[] {
  const lit = ["case", is("dim"), theme.cellOpacity * 0.2, theme.cellOpacity] as never;
  const hatched = ["case", is("uneasy"), 0.55, 0] as never;
  return [
    { id: "cells", type: "fill", source: "cells", paint: { "fill-color": colourOr("rgba(0,0,0,0)"), "fill-opacity": lit } },
    { id: "hatching", type: "fill", source: "cells", paint: { "fill-pattern": "hatching", "fill-opacity": hatched, "fill-antialias": false } },
  ];
}

function borders(theme: MapTheme): LayerSpecification[] {
  return [
    { id: "inner", type: "line", source: "near", filter: kind("inner"), minzoom: 4.5, paint: { "line-color": theme.inner, "line-width": 0.8 } },
    { id: "outer", type: "line", source: "near", filter: kind("outer"), paint: { "line-color": theme.outer, "line-width": 1.1 } },
    {
      id: "disputed-under", type: "line", source: "disputed",
      paint: { "line-color": theme.land, "line-width": 1.6 },
    },
    {
      id: "disputed", type: "line", source: "disputed",
      paint: { "line-color": theme.disputed, "line-width": 1.3, "line-dasharray": [3, 2] },
    },
  ];
}

function roads(theme: MapTheme): LayerSpecification[] {
  const cut: FilterSpecification = ["==", ["get", "state"], "cut"];
  return [
    { id: "roads", type: "line", source: "roads", filter: ["!=", ["get", "state"], "cut"], paint: { "line-color": theme.road, "line-width": 1.2, "line-opacity": 0.55 } },
    { id: "roads-cut-under", type: "line", source: "roads", filter: cut, paint: { "line-color": theme.paper, "line-width": 4 } },
    { id: "roads-cut", type: "line", source: "roads", filter: cut, paint: { "line-color": theme.cut, "line-width": 2.4, "line-dasharray": [1.2, 1.2] } },
  ];
}

function labels(theme: MapTheme): LayerSpecification[] {
  const paint = { "text-color": theme.faintText, "text-halo-color": theme.halo, "text-halo-width": 1.2 };
  return [
    {
      id: "division-names", type: "symbol", source: "near", filter: kind("division"), minzoom: 6,
      layout: { "text-field": ["get", "label"], "text-font": FONT, "text-size": 10, "text-letter-spacing": 0.12, "text-max-width": 7, "text-transform": "uppercase" },
      paint: { ...paint, "text-opacity": 0.75 },
    },
    {
      id: "country-names", type: "symbol", source: "countries", maxzoom: 8,
      layout: { "text-field": ["get", "label"], "text-font": FONT, "text-size": 12.5, "text-letter-spacing": 0.14, "text-max-width": 8, "text-transform": "uppercase" },
      paint,
    },
  ];
}

function settlements(theme: MapTheme): LayerSpecification[] {
  const [colour, known, dim] = [colourOr(theme.paper), is("known"), is("dim")];
  const region: FilterSpecification = ["==", ["get", "wide"], true];
  const size = ["interpolate", ["linear"], ["zoom"], 4, ["case", known, 3, 1.6], 8, ["case", known, 6, 3], 11, ["case", known, 8, 4]] as never;
  const paint = {
    "circle-color": colour, "circle-stroke-color": theme.ink,
    "circle-opacity": ["case", dim, 0.25, 1] as never,
  };
  return [
    {
      id: "regions", type: "symbol", source: "places", filter: region,
      layout: { "icon-image": "region", "icon-size": ["interpolate", ["linear"], ["zoom"], 4, 0.5, 9, 1], "icon-allow-overlap": true, "icon-ignore-placement": true },
      paint: { "icon-color": colour, "icon-halo-color": theme.paper, "icon-halo-width": 1, "icon-opacity": ["case", known, ["case", dim, 0.25, 1], 0] as never },
    },
    {
      id: "places", type: "circle", source: "places", filter: ["!", region],
      paint: { ...paint, "circle-radius": size, "circle-stroke-width": ["case", known, 1.4, 0.7] as never, "circle-stroke-opacity": ["case", dim, 0.3, known, 1, 0.5] as never },
    },
    {
      id: "place-names", type: "symbol", source: "names", filter: ["<=", ["get", "from"], ["zoom"]],
      layout: {
        "text-field": ["get", "name"], "text-font": BOLD, "text-size": ["interpolate", ["linear"], ["zoom"], 5, 11, 9, 13.5],
        "text-variable-anchor": ["left", "right", "top", "bottom"], "text-radial-offset": 0.75, "text-justify": "auto",
        "text-max-width": 9, "symbol-sort-key": ["get", "rank"],
      },
      paint: { "text-color": theme.text, "text-halo-color": theme.halo, "text-halo-width": 1.6 },
    },
  ];
}

function events(theme: MapTheme): LayerSpecification[] {
  return [
    { id: "rough", type: "line", source: "rough", minzoom: 5.5, paint: { "line-color": theme.ink, "line-opacity": 0.35, "line-width": 1, "line-dasharray": [3, 3] } },
    {
      id: "clusters", type: "circle", source: "events", filter: ["has", "point_count"],
      paint: {
        "circle-color": theme.paper, "circle-stroke-color": theme.ink, "circle-stroke-width": 1.4, "circle-opacity": 0.92,
        "circle-radius": ["interpolate", ["linear"], ["get", "point_count"], 2, 9, 20, 13, 200, 18, 5000, 26],
      },
    },
    {
      id: "cluster-counts", type: "symbol", source: "events", filter: ["has", "point_count"],
      layout: { "text-field": ["get", "point_count_abbreviated"], "text-font": BOLD, "text-size": 11, "text-allow-overlap": true },
      paint: { "text-color": theme.ink },
    },
    {
      id: "events", type: "symbol", source: "events", filter: ["!", ["has", "point_count"]],
      layout: { "icon-image": ["get", "sign"], "icon-size": 0.92, "icon-allow-overlap": true, "icon-offset": ["get", "shift"] as never },
    },
    { id: "chosen", type: "circle", source: "chosen", paint: { "circle-radius": 15, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": theme.ink, "circle-stroke-width": 2.4 } },
  ];
}

/** The whole style. */
export function styleOf(theme: MapTheme): StyleSpecification {
  const layers = [land, areas, borders, roads, labels, settlements, events].flatMap((part) => part(theme));
  return { version: 8, sources: sources(), layers };
}

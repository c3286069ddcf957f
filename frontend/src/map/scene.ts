// The map itself: takes places, control, events and roads, and draws them. It knows nothing of the page around it.
import { Map as MapLibre, type MapMouseEvent, type GeoJSONSource, setWorkerUrl } from "maplibre-gl";
import type { FeatureCollection } from "geojson";
import type { Control, EventItem, Place } from "../core/model";
import { dayNumber } from "../core/days";
import { countryName } from "../core/i18n";
import { colourOfPlace } from "../core/palette";
import { type Box, countriesIn, landOf, loadCountry, loadDisputed, loadWorld } from "./basemap";
import { type Land, cellsOf } from "./cells";
import { addSigns } from "./icons";
import { type Stretch, cellAreas, collection, eventPoints, isDoubted, isPlaced, isWide, placePoints, roadLines, roughCircles, uneasyAreas } from "./shapes";
import { styleOf } from "./style";
import type { MapTheme } from "./theme";

const FINE_FROM_ZOOM = 4;
const MOST_FINE = 14;
/** Without a time to fade in, every frame would place all names anew before it is drawn. */
const FADE_MS = 100;
/** The base map waits so long for who holds what to be drawn. */
const BASE_MAP_MS = 1500;

export interface Callbacks {
  picked(what: string): void;
  pointed(place: Place | null, at: { x: number; y: number }): void;
  moved(at: string): void;
}

interface Shown {
  colour: string;
  known: boolean;
  dim: boolean;
}

setWorkerUrl(new URL("/assets/map-worker.js", location.href).href);

/** The map on the page. */
export class Scene {
  readonly map: MapLibre;
  private places: Place[] = [];
  private index = new Map<string, number>();
  private cellOf = new Map<string, Land>();
  private shown = new Map<number, Shown>();
  private fine = new Set<string>();
  private only: string | null = null;
  private control: ReadonlyMap<string, Control> = new Map();
  private drawn = "";
  private day = "";
  private uneasy = "";
  private readonly ready: Promise<void>;
  private readonly painted: Promise<void>;
  private tellFirst: () => void = () => undefined;

  constructor(
    container: HTMLElement,
    private theme: MapTheme,
    private lang: "en" | "ar",
    private readonly callbacks: Callbacks,
    start: { center: [number, number]; zoom: number } | null,
  ) {
    this.map = new MapLibre({
      container,
      style: styleOf(theme),
      center: start?.center ?? [20, 25],
      zoom: start?.zoom ?? 1.2,
      maxZoom: 12,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      rollEnabled: false,
      fadeDuration: FADE_MS,
      renderWorldCopies: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.ready = new Promise((done) => this.map.once("load", () => done()));
    this.painted = new Promise((done) => (this.tellFirst = done));
    // Whoever looks at the page from outside, such as a test, can tell from the element whether the map is drawn.
    this.map.on("idle", () => (container.dataset["drawn"] = "yes"));
    for (const change of ["dataloading", "movestart"] as const) this.map.on(change, () => (container.dataset["drawn"] = "no"));
    void this.ready.then(() => this.begin());
  }

  private source(name: string): GeoJSONSource {
    return this.map.getSource(name) as GeoJSONSource;
  }

  private async begin(): Promise<void> {
    addSigns(this.map, this.theme);
    this.listen();
    const late = new Promise((done) => window.setTimeout(done, BASE_MAP_MS));
    const [world, disputed] = await Promise.all([loadWorld(), loadDisputed(), Promise.race([this.painted, late])]);
    this.source("world").setData(world);
    this.source("disputed").setData(disputed);
    this.nameCountries(world);
    await this.near();
  }

  private nameCountries(world: FeatureCollection): void {
    const features = world.features.map((f) => {
      const [west, south, east, north] = f.properties?.["box"] as Box;
      const point = { type: "Point" as const, coordinates: [(west + east) / 2, (south + north) / 2] };
      return { type: "Feature" as const, properties: { label: countryName(f.properties?.["country"] as string) }, geometry: point };
    });
    this.source("countries").setData(collection(features));
  }

  /** Bring in the finer shapes of the countries in view. */
  private async near(): Promise<void> {
    if (this.map.getZoom() < FINE_FROM_ZOOM) return;
    const b = this.map.getBounds();
    const wanted = await countriesIn([b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]);
    const before = this.fine.size;
    for (const country of wanted.slice(0, MOST_FINE)) this.fine.add(country);
    if (this.fine.size === before) return;
    await this.drawFine();
  }

  private async drawFine(): Promise<void> {
    const loaded = await Promise.all([...this.fine].map(loadCountry));
    const label = (f: FeatureCollection["features"][number]) => ({ ...f, properties: { ...f.properties, label: f.properties?.[this.lang] ?? "" } });
    this.source("near").setData(collection(loaded.flatMap((c) => c?.features.map(label) ?? [])));
    const outside = ["!", ["in", ["get", "country"], ["literal", [...this.fine]]]] as never;
    this.map.setFilter("world", outside);
    this.map.setFilter("world-line", outside);
  }

  private listen(): void {
    this.map.on("moveend", () => {
      void this.near();
      const { lng, lat } = this.map.getCenter();
      this.callbacks.moved(`${this.map.getZoom().toFixed(2)}/${lat.toFixed(3)}/${lng.toFixed(3)}`);
    });
    this.map.on("click", (event) => void this.clicked(event));
    this.map.on("mousemove", (event) => this.hovered(event));
    this.map.on("mouseout", () => this.callbacks.pointed(null, { x: 0, y: 0 }));
  }

  private at(event: MapMouseEvent, layers: string[], slack = 4): ReturnType<MapLibre["queryRenderedFeatures"]> {
    const { x, y } = event.point;
    return this.map.queryRenderedFeatures([[x - slack, y - slack], [x + slack, y + slack]], { layers });
  }

  private async clicked(event: MapMouseEvent): Promise<void> {
    const [sign] = this.at(event, ["events"]);
    if (sign !== undefined) return this.callbacks.picked(`event:${String(sign.properties["id"])}`);
    const [place] = this.at(event, ["places", "place-names"]);
    if (place !== undefined) return this.callbacks.picked(`place:${String(place.properties["key"])}`);
    const [cluster] = this.at(event, ["clusters"]);
    if (cluster !== undefined) {
      const zoom = await this.source("events").getClusterExpansionZoom(cluster.properties["cluster_id"] as number);
      const [lng, lat] = (cluster.geometry as unknown as { coordinates: [number, number] }).coordinates;
      this.map.easeTo({ center: [lng, lat], zoom: Math.max(zoom, this.map.getZoom() + 1) });
      return;
    }
    const [region] = this.at(event, ["regions"]);
    const [cell] = region === undefined ? this.at(event, ["cells"], 0) : [region];
    const found = cell?.id === undefined ? undefined : this.places[Number(cell.id)];
    if (found !== undefined && this.control.has(found.key)) this.callbacks.picked(`place:${found.key}`);
  }

  private hovered(event: MapMouseEvent): void {
    const [found] = this.at(event, ["places", "regions"]);
    const [sign] = this.at(event, ["events", "clusters"]);
    const [cell] = found === undefined ? this.at(event, ["cells"], 0) : [found];
    const place = cell?.id === undefined ? null : (this.places[Number(cell.id)] ?? null);
    const shown = place !== null && (found !== undefined || this.control.has(place.key));
    this.map.getCanvas().style.cursor = shown || sign !== undefined ? "pointer" : "";
    this.callbacks.pointed(shown ? place : null, event.point);
  }

  /** The places of the record; those without coordinates are left out. Cells are made anew where the places are others. */
  async setPlaces(places: readonly Place[]): Promise<void> {
    await this.ready;
    const placed = places.filter((p) => isPlaced(p) && p.precision !== "country");
    const mark = placed.map((p) => p.key).join(" ");
    if (mark === this.drawn) return;
    this.drawn = mark;
    this.places = placed;
    this.index = new Map(placed.map((p, i) => [p.key, i]));
    this.shown.clear();
    this.map.removeFeatureState({ source: "places" });
    this.map.removeFeatureState({ source: "cells" });
    this.source("places").setData(placePoints(placed));
    this.setControl(this.control);
    void this.painted.then(() => this.drawRest(placed));
  }

  /** Names and areas, which take their time, when the dots are drawn. */
  private async drawRest(placed: readonly Place[]): Promise<void> {
    if (this.places !== placed) return; // others have come meanwhile
    this.source("names").setData(placePoints(placed));
    await this.drawCells();
    this.setControl(this.control);
  }

  private async drawCells(): Promise<void> {
    const settlements = this.places.filter((p) => !isWide(p));
    const countries = [...new Set(settlements.map((p) => p.country).filter((c): c is string => c !== null))];
    const loaded = await Promise.all(countries.map(loadCountry));
    const lands = new Map(countries.map((c, i) => [c, landOf(loaded[i] ?? null)] as const).filter(([, land]) => land.length > 0));
    const cells = cellsOf(settlements.map((p) => ({ key: p.key, at: [p.longitude as number, p.latitude as number], country: p.country })), lands);
    this.cellOf = new Map(settlements.map((p, i) => [p.key, cells[i] as Land]));
    this.uneasy = "";
    this.source("cells").setData(cellAreas(settlements.map((p) => this.index.get(p.key) as number), cells));
  }

  /** Who holds what on a day; only what differs from what is drawn is touched. */
  setControl(control: ReadonlyMap<string, Control>, day = ""): void {
    this.control = control;
    if (day !== "") this.day = day;
    if (!this.map.getSource("cells")) return;
    this.tellPainted();
    this.places.forEach((place, id) => this.paint(id, control.get(place.key)));
    this.hatch();
  }

  /** Hatch the areas that are fought for or that somebody speaks against, where they are others than those hatched. */
  private hatch(): void {
    const uneasy = [...this.control.values()].filter((c) => isDoubted(c) && this.cellOf.has(c.place.key));
    const mark = uneasy.map((c) => c.place.key).join(" ");
    if (mark === this.uneasy) return;
    this.uneasy = mark;
    this.source("uneasy").setData(uneasyAreas(uneasy, this.cellOf));
  }

  /** Say on the element, once a frame is drawn with the places in it, which day it shows; for whoever looks from outside. */
  private tellPainted(): void {
    const { day } = this;
    if (day === "" || this.places.length === 0) return;
    this.map.once("render", () => {
      if (!this.map.isSourceLoaded("places")) return this.tellPainted();
      const { dataset } = this.map.getContainer();
      dataset["painted"] = "yes";
      dataset["day"] = String(dayNumber(day));
      this.tellFirst();
    });
    this.map.triggerRepaint();
  }

  private paint(id: number, control: Control | undefined): void {
    const colour = control === undefined ? "" : colourOfPlace(control);
    const dim = this.only !== null && !(control?.holder.includes(this.only) ?? false);
    const last = this.shown.get(id);
    if (last?.colour === colour && last.dim === dim) return;
    const state = { colour: colour === "" ? null : colour, known: colour !== "", dim };
    this.shown.set(id, { colour, known: state.known, dim });
    this.map.setFeatureState({ source: "places", id }, state);
    this.map.setFeatureState({ source: "cells", id }, state);
  }

  /** Show one holder, and the others faint. */
  setOnly(holder: string | null): void {
    this.only = holder;
    this.setControl(this.control);
  }

  /** Events to show. Returns how many have no place on a map. */
  async setEvents(events: readonly EventItem[]): Promise<number> {
    await this.ready;
    const { points, left } = eventPoints(events);
    this.source("events").setData(points);
    this.source("rough").setData(roughCircles(events));
    return left;
  }

  async setRoads(stretches: readonly Stretch[]): Promise<void> {
    await this.ready;
    this.source("roads").setData(roadLines(stretches));
  }

  /** Mark one place, and bring it into view where it is not. */
  async setChosen(place: Place | null): Promise<void> {
    await this.ready;
    if (!isPlaced(place)) {
      this.source("chosen").setData(collection([]));
      return;
    }
    const at: [number, number] = [place.longitude, place.latitude];
    this.source("chosen").setData(collection([{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } }]));
    if (!this.map.getBounds().contains(at)) this.map.easeTo({ center: at });
  }

  async setHidden(hidden: readonly string[]): Promise<void> {
    await this.ready;
    const parts = { cells: ["cells", "hatching"], events: ["events", "clusters", "cluster-counts", "rough"], roads: ["roads", "roads-cut", "roads-cut-under"] };
    for (const [name, layers] of Object.entries(parts)) {
      for (const layer of layers) this.map.setLayoutProperty(layer, "visibility", hidden.includes(name) ? "none" : "visible");
    }
  }

  async setTheme(theme: MapTheme): Promise<void> {
    await this.ready;
    this.theme = theme;
    addSigns(this.map, theme);
    for (const layer of styleOf(theme).layers) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) this.map.setPaintProperty(layer.id, name as never, value as never);
    }
  }

  async setLang(lang: "en" | "ar"): Promise<void> {
    await this.ready;
    this.lang = lang;
    this.nameCountries(await loadWorld());
    await this.drawFine();
  }

  /** Bring all of the record's places into view, beside what covers the map. */
  async fit(moving: boolean, cover: { left: number; right: number } = { left: 0, right: 0 }): Promise<void> {
    await this.ready;
    const near = this.places.filter((p) => !isWide(p));
    const known = near.length > 0 ? near : this.places;
    if (known.length === 0) return;
    const xs = known.map((p) => p.longitude as number);
    const ys = known.map((p) => p.latitude as number);
    const bounds: [number, number, number, number] = [min(xs), min(ys), max(xs), max(ys)];
    const padding = { top: 56, bottom: 40, left: 48 + cover.left, right: 96 + cover.right };
    this.map.fitBounds(bounds, { padding, maxZoom: 8, animate: moving });
  }

  resize(): void {
    this.map.resize();
  }

  remove(): void {
    this.map.remove();
  }
}

const min = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const max = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);

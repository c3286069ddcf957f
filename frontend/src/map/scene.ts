// The map itself: takes places, control, events and roads, and draws them. It knows nothing of the page around it.
import { Map as MapLibre, type MapMouseEvent, type GeoJSONSource, setWorkerUrl } from "maplibre-gl";
import type { FeatureCollection } from "geojson";
import type { Control, EventItem, Place } from "../core/model";
import { dayNumber } from "../core/days";
import { countryName } from "../core/i18n";
import { type Box, countriesIn, landOf, loadCountry, loadDisputed, loadWorld } from "./basemap";
import { cellsOf } from "./cells";
import { addSigns } from "./icons";
import { type Look, type Placed, type Stretch, cellAreas, collection, eventPoints, isPlaced, isWide, lookOf, placeNames, placePoints, roadLines, roughCircles } from "./shapes";
import { styleOf } from "./style";
import type { MapTheme } from "./theme";

const FINE_FROM_ZOOM = 4;
const MOST_FINE = 14;
const NOTHING = JSON.stringify(collection([]));
/** So long, and no longer, the base map and all else wait for who holds what to be drawn. */
const PATIENCE_MS = 1500;

export interface Callbacks {
  picked(what: string): void;
  pointed(place: Place | null, at: { x: number; y: number }): void;
  moved(at: string): void;
}

/** How much of the map's sides something lies over, in pixels. */
export interface Cover {
  left: number;
  right: number;
}


setWorkerUrl(new URL("/assets/map-worker.js", location.href).href);

/** The map on the page. */
export class Scene {
  readonly map: MapLibre;
  private places: Placed[] = [];
  private shown: Look[] = [];
  private fine = new Set<string>();
  private only: string | null = null;
  private control: ReadonlyMap<string, Control> = new Map();
  private drawn = "";
  private day = "";
  private readonly ready: Promise<void>;
  private readonly painted: Promise<void>;
  /** When who holds what is drawn, or is not soon; all else waits for it. */
  private readonly settled: Promise<void>;
  private tellFirst: () => void = () => undefined;
  private given = new Map<string, string>();

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
      fadeDuration: 0, // a frame for each step of a fade costs more than placing the names anew within one
      renderWorldCopies: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.ready = new Promise((done) => this.map.once("load", () => done()));
    this.painted = new Promise((done) => (this.tellFirst = done));
    this.settled = this.ready.then(() => Promise.race([this.painted, new Promise<void>((done) => window.setTimeout(done, PATIENCE_MS))]));
    // Whoever looks at the page from outside, such as a test, can tell from the element whether the map is drawn.
    this.map.on("idle", () => (container.dataset["drawn"] = "yes"));
    for (const change of ["dataloading", "movestart"] as const) this.map.on(change, () => (container.dataset["drawn"] = "no"));
    void this.ready.then(() => this.begin());
  }

  private source(name: string): GeoJSONSource {
    return this.map.getSource(name) as GeoJSONSource;
  }

  /** Give a source its features, where they are others than those it has. */
  private give(name: string, features: FeatureCollection): void {
    const mark = JSON.stringify(features);
    if (mark === (this.given.get(name) ?? NOTHING)) return;
    this.given.set(name, mark);
    this.source(name).setData(features);
  }

  private async begin(): Promise<void> {
    addSigns(this.map, this.theme);
    this.listen();
    const [world, disputed] = await Promise.all([loadWorld(), loadDisputed(), this.settled]);
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
    const dot = this.placeOf(this.at(event, ["places", "place-names"]));
    if (dot !== null) return this.callbacks.picked(`place:${dot.key}`);
    const [cluster] = this.at(event, ["clusters"]);
    if (cluster !== undefined) {
      const zoom = await this.source("events").getClusterExpansionZoom(cluster.properties["cluster_id"] as number);
      const [lng, lat] = (cluster.geometry as unknown as { coordinates: [number, number] }).coordinates;
      this.map.easeTo({ center: [lng, lat], zoom: Math.max(zoom, this.map.getZoom() + 1) });
      return;
    }
    const area = this.placeOf(this.at(event, ["regions"])) ?? this.placeOf(this.at(event, ["cells"], 0));
    if (area !== null && this.control.has(area.key)) this.callbacks.picked(`place:${area.key}`);
  }

  /** The place whose dot, name or area comes first; its number is the feature's id. */
  private placeOf([first]: ReturnType<MapLibre["queryRenderedFeatures"]>): Placed | null {
    return first?.id === undefined ? null : (this.places[Number(first.id)] ?? null);
  }

  private hovered(event: MapMouseEvent): void {
    const dot = this.placeOf(this.at(event, ["places", "regions"]));
    const [sign] = this.at(event, ["events", "clusters"]);
    const place = dot ?? this.placeOf(this.at(event, ["cells"], 0));
    const shown = place !== null && (dot !== null || this.control.has(place.key));
    this.map.getCanvas().style.cursor = shown || sign !== undefined ? "pointer" : "";
    this.callbacks.pointed(shown ? place : null, event.point);
  }

  /**
   * The places of the record; those without coordinates are left out. Cells are made anew where the places are others. With
   * `cover` the view moves to them before they are drawn, so that nothing is drawn that is then out of view.
   */
  async setPlaces(places: readonly Place[], cover: Cover | null = null): Promise<void> {
    await this.ready;
    const placed = places.filter(isPlaced).filter((p) => p.precision !== "country");
    const mark = placed.map((p) => p.key).join(" ");
    if (mark === this.drawn) return;
    this.drawn = mark;
    this.places = placed;
    if (cover !== null) this.fit(false, cover);
    this.shown = placed.map((p) => lookOf(this.control.get(p.key), null));
    this.map.removeFeatureState({ source: "places" });
    this.map.removeFeatureState({ source: "cells" });
    this.source("places").setData(placePoints(placed, this.shown));
    this.setControl(this.control);
    void this.painted.then(() => this.drawRest(placed));
  }

  /** Names and areas, which take their time, when the dots are drawn. */
  private async drawRest(placed: readonly Placed[]): Promise<void> {
    if (this.places !== placed) return; // others have come meanwhile
    this.give("names", placeNames(placed));
    await this.drawCells();
  }

  /** Write the places' names as the page's language has them now. */
  async nameAnew(): Promise<void> {
    await this.settled;
    if (this.given.has("names")) this.give("names", placeNames(this.places));
  }

  private async drawCells(): Promise<void> {
    const ids = this.places.map((_, id) => id).filter((id) => !isWide(this.places[id] as Placed));
    const settlements = ids.map((id) => this.places[id] as Placed);
    const countries = [...new Set(settlements.map((p) => p.country).filter((c): c is string => c !== null))];
    const loaded = await Promise.all(countries.map(loadCountry));
    const lands = new Map(countries.map((c, i) => [c, landOf(loaded[i] ?? null)] as const).filter(([, land]) => land.length > 0));
    const cells = cellsOf(settlements.map((p) => ({ key: p.key, at: [p.longitude, p.latitude], country: p.country })), lands);
    this.source("cells").setData(cellAreas(ids, cells, this.shown));
  }

  /** Who holds what on a day; only what differs from what is drawn is touched. */
  setControl(control: ReadonlyMap<string, Control>, day = ""): void {
    this.control = control;
    if (day !== "") this.day = day;
    if (!this.map.getSource("cells")) return;
    this.tellPainted();
    this.places.forEach((place, id) => this.paint(id, control.get(place.key)));
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

  /** What a place is drawn with first is a property of it; a state of it is what costs least to change. */
  private paint(id: number, control: Control | undefined): void {
    const [look, last] = [lookOf(control, this.only), this.shown[id]];
    if (last?.colour === look.colour && last.uneasy === look.uneasy && last.dim === look.dim) return;
    this.shown[id] = look;
    this.map.setFeatureState({ source: "places", id }, look);
    this.map.setFeatureState({ source: "cells", id }, look);
  }

  /** Show one holder, and the others faint. */
  setOnly(holder: string | null): void {
    this.only = holder;
    this.setControl(this.control);
  }

  /** Events to show. Returns how many have no place on a map. */
  async setEvents(events: readonly EventItem[]): Promise<number> {
    await this.settled;
    const { points, left } = eventPoints(events);
    this.give("events", points);
    this.give("rough", roughCircles(events));
    return left;
  }

  async setRoads(stretches: readonly Stretch[]): Promise<void> {
    await this.settled;
    this.give("roads", roadLines(stretches));
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
  fit(moving: boolean, cover: Cover): void {
    const near = this.places.filter((p) => !isWide(p));
    const known = near.length > 0 ? near : this.places;
    if (known.length === 0) return;
    const xs = known.map((p) => p.longitude);
    const ys = known.map((p) => p.latitude);
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

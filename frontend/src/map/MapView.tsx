// The map with its legend, buttons and pop-up.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { address } from "../core/api";
import { placeName, useCalled } from "../core/called";
import { eventParams, useRested, useTimes } from "../core/context";
import { useAnswer } from "../core/data";
import { coded, longDay, t } from "../core/i18n";
import type { Control, EventItem, Page, Place } from "../core/model";
import { current, go, open, useView } from "../core/store";
import { holderText, ofDay, statusText } from "../core/words";
import { useDark } from "../app/dark";
import { type ControlNow, useEveryPlace } from "./holding";
import { Legend } from "./Legend";
import { type Cover, Scene } from "./scene";
import type { Stretch } from "./shapes";
import { DARK, LIGHT } from "./theme";

const MOST_EVENTS = 500;

interface Pointed {
  place: Place;
  x: number;
  y: number;
}

function startOf(at: string | null): { center: [number, number]; zoom: number } | null {
  const [zoom, lat, lng] = (at ?? "").split("/").map(Number);
  return at === null || zoom === undefined || lat === undefined || lng === undefined ? null : { center: [lng, lat], zoom };
}

/** Make the map once the element is there; null where the browser has no WebGL. */
function useScene(dark: boolean, tell: (p: Pointed | null) => void): [preact.RefObject<HTMLDivElement | null>, Scene | null, boolean] {
  const element = useRef<HTMLDivElement>(null);
  const [scene, set] = useState<Scene | null>(null);
  const [failed, fail] = useState(false);
  useEffect(() => {
    const callbacks = {
      picked: open,
      pointed: (place: Place | null, { x, y }: { x: number; y: number }) => tell(place === null ? null : { place, x, y }),
      moved: (at: string) => go({ at }),
    };
    let made: Scene | null = null;
    try {
      made = new Scene(element.current as HTMLDivElement, dark ? DARK : LIGHT, current().lang, callbacks, startOf(current().at));
      set(made);
    } catch (error) {
      console.warn(String(error));
      fail(true);
    }
    return () => made?.remove();
  }, []);
  return [element, scene, failed];
}

/** What the open legend lies over. */
function cover(scene: Scene): Cover {
  const map = scene.map.getContainer().getBoundingClientRect();
  const legend = scene.map.getContainer().parentElement?.querySelector("details.legend[open]")?.getBoundingClientRect();
  if (legend === undefined || legend.width > map.width / 2) return { left: 0, right: 0 };
  return legend.left - map.left < map.width / 2 ? { left: legend.right - map.left, right: 0 } : { left: 0, right: map.right - legend.left };
}

function useDrawing(scene: Scene | null, control: ControlNow, only: string | null): number {
  const dark = useDark();
  const lang = useView((v) => v.lang);
  const called = useCalled();
  const hidden = useView((v) => v.hidden);
  const view = useView((v) => v);
  const times = useTimes();
  const rested = useRested(times.on);
  const everywhere = useEveryPlace(control);
  const [left, setLeft] = useState(0);
  const events = useAnswer<Page<EventItem>>(address("/events", { ...eventParams(view, { ...times, on: rested }), limit: MOST_EVENTS }));
  const windowed = view.from !== null || view.to !== null;
  const drawn = useMemo(() => (windowed ? (events.data?.items ?? []) : ofDay(events.data?.items ?? [], rested)), [events.data, rested, windowed]);
  const roads = useAnswer<{ items: Stretch[] }>(address("/roads", { on: rested, known_at: times.known }));
  const fitted = useRef(current().at !== null);
  useEffect(() => {
    if (scene === null || everywhere === null) return;
    void scene.setPlaces(everywhere, fitted.current ? null : cover(scene));
    fitted.current ||= everywhere.length > 0;
  }, [scene, everywhere]);
  useLayoutEffect(() => scene?.setControl(control.byKey, control.day ?? ""), [scene, control.byKey, control.day]);
  useEffect(() => scene?.setOnly(only), [scene, only]);
  useEffect(() => void scene?.setEvents(drawn).then(setLeft), [scene, drawn]);
  useEffect(() => void scene?.setRoads(roads.data?.items ?? []), [scene, roads.data]);
  useEffect(() => void scene?.setHidden(hidden), [scene, hidden]);
  useEffect(() => void scene?.setTheme(dark ? DARK : LIGHT), [scene, dark]);
  useEffect(() => void scene?.setLang(lang), [scene, lang]);
  useEffect(() => void scene?.nameAnew(), [scene, lang, called]);
  return left;
}

/** Mark the place that is open, or that of the event that is open. */
function useChosen(scene: Scene | null): void {
  const what = useView((v) => v.open);
  const known = useView((v) => v.known);
  const [kind, id] = [what?.split(":")[0], what?.slice(what.indexOf(":") + 1)];
  const path = kind === "place" ? `/places/${encodeURIComponent(id ?? "")}` : kind === "event" ? `/events/${encodeURIComponent(id ?? "")}` : null;
  const { data } = useAnswer<Place & { place?: Place | null }>(path === null ? null : address(path, { known_at: known }));
  useEffect(() => void scene?.setChosen(data === null ? null : data.place === undefined ? data : data.place), [scene, data]);
}

export function MapView({ control, only, setOnly }: { control: ControlNow; only: string | null; setOnly: (h: string | null) => void }) {
  const dark = useDark();
  const [pointed, point] = useState<Pointed | null>(null);
  const [element, scene, failed] = useScene(dark, point);
  const left = useDrawing(scene, control, only);
  const { on } = useTimes();
  useChosen(scene);
  return (
    <div class="map">
      <div class="map-canvas" ref={element} role="region" aria-label={t("map.label", { day: longDay(on) })} />
      {failed && <p class="map-note">{t("map.fail")}</p>}
      <div class="map-buttons">
        <button type="button" aria-label={t("map.in")} title={t("map.in")} onClick={() => scene?.map.zoomIn()}>+</button>
        <button type="button" aria-label={t("map.out")} title={t("map.out")} onClick={() => scene?.map.zoomOut()}>−</button>
        <button type="button" aria-label={t("map.home")} title={t("map.home")} onClick={() => scene !== null && scene.fit(true, cover(scene))}>⤢</button>
      </div>
      <Legend control={control} only={only} setOnly={setOnly} />
      {left > 0 && <p class="map-left">{t("map.offmap", { n: left })}</p>}
      {pointed !== null && <Tip pointed={pointed} control={control.byKey.get(pointed.place.key) ?? null} />}
    </div>
  );
}

function Tip({ pointed, control }: { pointed: Pointed; control: Control | null }) {
  const { place, x, y } = pointed;
  return (
    <div class="tip" style={{ left: `${x}px`, top: `${y}px` }} role="presentation">
      <strong dir="auto">{placeName(place)}</strong>
      {control === null ? (
        <span>{t("holds.unknown")}</span>
      ) : (
        <>
          <span dir="auto">{holderText(control)}</span>
          <span class="quiet">
            {statusText(control)}
            {control.since !== null && ` · ${t("place.since", { day: longDay(control.since) })}`}
          </span>
        </>
      )}
      {place.precision !== "exact" && <span class="quiet">{coded("precision", place.precision)}</span>}
    </div>
  );
}

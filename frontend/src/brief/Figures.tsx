// The brief's map and chart, drawn as SVG so that they print.
import { useEffect, useState } from "preact/hooks";
import { address } from "../core/api";
import { actorName, placeName } from "../core/called";
import { filterParams, useTimes } from "../core/context";
import { useAnswer } from "../core/data";
import { dayNumber, dayText } from "../core/days";
import { count, longDay, shortDay, t } from "../core/i18n";
import type { Control, DayRow, Family } from "../core/model";
import { colourOf, colourOfPlace } from "../core/palette";
import { useView } from "../core/store";
import { landOf, loadCountry } from "../map/basemap";
import type { Land } from "../map/cells";
import { FAMILIES } from "../map/icons";
import { Swatch } from "../map/Legend";
import { isPlaced, isWide } from "../map/shapes";
import { binDays, binned } from "../time/bins";

const WIDTH = 460;
const HEIGHT = 340;
const MOST_LABELS = 12;
const DAYS_AROUND = 10;
/** A map of one town still shows where in its country it lies. */
const LEAST_DEGREES = 3;

interface Frame {
  x: (lng: number) => number;
  y: (lat: number) => number;
}

function frameOf(points: readonly [number, number][]): Frame {
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const stretch = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const scale = Math.min((WIDTH - 60) / Math.max(LEAST_DEGREES, (east - west) * stretch), (HEIGHT - 60) / Math.max(LEAST_DEGREES, north - south));
  return {
    x: (lng) => WIDTH / 2 + (lng - (west + east) / 2) * stretch * scale,
    y: (lat) => HEIGHT / 2 - (lat - (south + north) / 2) * scale,
  };
}

function pathOf(land: Land, { x, y }: Frame): string {
  return land.flat().map((ring) => `M${ring.map(([lng, lat]) => `${x(lng).toFixed(1)} ${y(lat).toFixed(1)}`).join("L")}Z`).join("");
}

function useLands(countries: string): Land[] {
  const [lands, set] = useState<Land[]>([]);
  useEffect(() => {
    let wanted = true;
    void Promise.all(countries.split(",").filter(Boolean).map(loadCountry)).then((all) => wanted && set(all.map(landOf)));
    return () => {
      wanted = false;
    };
  }, [countries]);
  return lands;
}

export function BriefMap({ day }: { day: string }) {
  const { known } = useTimes();
  const { data } = useAnswer<{ items: Control[] }>(address("/control", { on: day, known_at: known }));
  const shown = (data?.items ?? []).filter((c) => isPlaced(c.place) && !isWide(c.place));
  const countries = [...new Set(shown.map((c) => c.place.country))].filter(Boolean).sort().join(",");
  const lands = useLands(countries);
  if (shown.length === 0) return <div />;
  const frame = frameOf(shown.map((c) => [c.place.longitude as number, c.place.latitude as number]));
  const holders = [...new Map(shown.filter((c) => c.holder.length > 0).map((c) => [c.holder[0] as string, 0])).keys()];
  const large = [...shown].sort((a, b) => (b.place.population ?? 0) - (a.place.population ?? 0)).slice(0, MOST_LABELS);
  return (
    <figure class="brief-map">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("brief.map", { day: longDay(day) })}>
        {lands.map((land, i) => <path key={i} class="country" d={pathOf(land, frame)} />)}
        {shown.map((c) => <circle key={c.place.key} cx={frame.x(c.place.longitude as number)} cy={frame.y(c.place.latitude as number)} r={5} style={{ fill: colourOfPlace(c) }} />)}
        {spread(large, frame).map(({ name, x, y }) => <text key={name} x={x} y={y}>{name}</text>)}
      </svg>
      <ul class="brief-key">{holders.map((h) => <li key={h}><Swatch colour={colourOf([h])} /> <bdi>{actorName(h)}</bdi></li>)}</ul>
      <figcaption>{t("brief.map", { day: longDay(day) })}. {t("holds.note")}</figcaption>
    </figure>
  );
}

/** Names beside their places, left out where they would lie on another. */
function spread(controls: readonly Control[], frame: Frame): { name: string; x: number; y: number }[] {
  const placed: { name: string; x: number; y: number }[] = [];
  for (const { place } of controls) {
    const label = { name: placeName(place), x: frame.x(place.longitude as number) + 8, y: frame.y(place.latitude as number) + 4 };
    if (!placed.some((p) => Math.abs(p.y - label.y) < 12 && Math.abs(p.x - label.x) < 70)) placed.push(label);
  }
  return placed;
}

export function BriefChart({ from, to }: { from: string; to: string }) {
  const { first, last, known } = useTimes();
  const view = useView((v) => v);
  const start = dayText(Math.max(dayNumber(first), dayNumber(from) - DAYS_AROUND));
  const end = dayText(Math.min(dayNumber(last), dayNumber(to) + DAYS_AROUND));
  const { data } = useAnswer<{ days: DayRow[] }>(address("/timeline", { ...filterParams(view), from: start, to: end, known_at: known }));
  const bins = binned(data?.days ?? [], start, end, binDays(start, end, 60));
  const most = Math.max(1, ...bins.map((b) => b.events));
  const wide = WIDTH / Math.max(1, bins.length);
  const [floor, high] = [150, 130];
  return (
    <figure>
      <svg viewBox={`0 0 ${WIDTH} 176`} role="img" aria-label={t("brief.chart")} class="timeline">
        {bins.map((bin, i) => {
          let y = floor;
          const inside = bin.to >= from && bin.from <= to;
          return (
            <g key={bin.from} opacity={inside ? 1 : 0.4}>
              {FAMILIES.map((f: Family) => {
                const h = ((bin.families[f] ?? 0) / most) * high;
                y -= h;
                return h > 0 && <rect key={f} class={`family-${f}`} x={i * wide + 1} y={y} width={Math.max(1, wide - 2)} height={h} />;
              })}
              {inside && bin.events > 0 && <text x={(i + 0.5) * wide} y={y - 4} text-anchor="middle" class="mark-n">{count(bin.events)}</text>}
            </g>
          );
        })}
        <g class="axis">{[0, Math.floor(bins.length / 2), bins.length - 1].map((i) => bins[i] !== undefined && <text key={i} x={Math.min(Math.max((i + 0.5) * wide, 24), WIDTH - 24)} y={170} text-anchor="middle">{shortDay((bins[i] as { from: string }).from)}</text>)}</g>
      </svg>
      <figcaption>{t("brief.chart")}</figcaption>
    </figure>
  );
}

// The days under the map: events by family, people killed from low to high, marks where places changed hands.
// A click goes to a day, a drag chooses days; the same is to be had by keyboard from the two date fields.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { address } from "../core/api";
import { filterParams, useTimes } from "../core/context";
import { useAnswer } from "../core/data";
import { dayNumber } from "../core/days";
import { coded, count, longDay, monthName, shortDay, t } from "../core/i18n";
import type { DayRow, Family } from "../core/model";
import { current, go, useView } from "../core/store";
import { figureText } from "../core/words";
import { FAMILIES } from "../map/icons";
import { type Bin, binDays, binned } from "./bins";

const ROWS = { top: 8, bars: 62, gap: 6, killed: 24, marks: 14, axis: 18 };
const HEIGHT = ROWS.top + ROWS.bars + ROWS.gap + ROWS.killed + ROWS.marks + ROWS.axis;
const MOST_BARS = 160;
const DRAG_PX = 5;

function useWidth(): [preact.RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, set] = useState(600);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => set(Math.max(200, Math.floor(entry?.contentRect.width ?? 600))));
    if (element.current !== null) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

export function useDays(): Bin[] {
  const { first, last, known } = useTimes();
  const view = useView((v) => v);
  const { data } = useAnswer<{ days: DayRow[] }>(address("/timeline", { ...filterParams(view), from: first, to: last, known_at: known }));
  return useMemo(() => binned(data?.days ?? [], first, last, binDays(first, last, MOST_BARS)), [data, first, last]);
}

export function Timeline() {
  const bins = useDays();
  const [element, width] = useWidth();
  const from = useView((v) => v.from);
  const to = useView((v) => v.to);
  const { first, last, whole } = useTimes();
  const span = useView((v) => v.span);
  return (
    <div class="timeline">
      <div class="timeline-head">
        <ul class="families">{FAMILIES.map((f) => <li key={f}><span class={`swatch family-${f}`} aria-hidden="true" />{coded("family", f)}</li>)}</ul>
        <div class="window">
          <label>{t("timeline.from")} <input type="date" min={first} max={last} value={from ?? ""} onChange={(e) => go({ from: e.currentTarget.value || null })} /></label>
          <label>{t("timeline.to")} <input type="date" min={first} max={last} value={to ?? ""} onChange={(e) => go({ to: e.currentTarget.value || null })} /></label>
          {!whole && <button type="button" aria-pressed={span === "all"} onClick={() => go({ span: span === "all" ? "news" : "all" })}>{t("timeline.whole")}</button>}
          {(from !== null || to !== null) && <button type="button" onClick={() => go({ from: null, to: null })}>{t("timeline.clear")}</button>}
        </div>
      </div>
      <div class="timeline-plot" ref={element}>
        <Plot bins={bins} width={width} />
      </div>
    </div>
  );
}

interface Scale {
  x: (index: number) => number;
  bar: number;
  rtl: boolean;
  width: number;
}

function scaleOf(bins: readonly Bin[], width: number, rtl: boolean): Scale {
  const bar = width / Math.max(1, bins.length);
  return { bar, rtl, width, x: (i) => (rtl ? width - (i + 1) * bar : i * bar) };
}

function useBrush(bins: readonly Bin[], scale: Scale) {
  const [drag, set] = useState<{ a: number; b: number; px: number } | null>(null);
  const index = (e: PointerEvent): [number, number] => {
    const box = (e.currentTarget as Element).getBoundingClientRect();
    const px = e.clientX - box.left;
    const i = Math.floor((scale.rtl ? scale.width - px : px) / scale.bar);
    return [Math.min(Math.max(i, 0), bins.length - 1), px];
  };
  const down = (e: PointerEvent): void => {
    const [i, px] = index(e);
    (e.currentTarget as Element).setPointerCapture(e.pointerId);
    set({ a: i, b: i, px });
  };
  const move = (e: PointerEvent): void => {
    if (drag !== null) set({ ...drag, b: index(e)[0] });
  };
  const up = (e: PointerEvent): void => {
    if (drag === null) return;
    const [i, px] = index(e);
    const [low, high] = [Math.min(drag.a, i), Math.max(drag.a, i)];
    if (Math.abs(px - drag.px) < DRAG_PX || low === high) go({ on: bins[i]?.to ?? null });
    else go({ from: bins[low]?.from ?? null, to: bins[high]?.to ?? null });
    set(null);
  };
  return { drag, handlers: { onPointerDown: down, onPointerMove: move, onPointerUp: up, onPointerCancel: () => set(null) } };
}

function Plot({ bins, width }: { bins: readonly Bin[]; width: number }) {
  const lang = useView((v) => v.lang);
  const scale = scaleOf(bins, width, lang === "ar");
  const { drag, handlers } = useBrush(bins, scale);
  return (
    <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={t("timeline.label")} {...handlers}>
      <Window bins={bins} scale={scale} drag={drag} />
      {bins.map((bin, i) => <Bar key={bin.from} bin={bin} x={scale.x(i)} wide={scale.bar} most={Math.max(1, ...bins.map((b) => b.events))} />)}
      <Killed bins={bins} scale={scale} />
      <Now bins={bins} scale={scale} />
      <Axis bins={bins} scale={scale} />
    </svg>
  );
}

function tip(bin: Bin): string {
  const day = bin.from === bin.to ? longDay(bin.from) : t("timeline.window", { from: longDay(bin.from), to: longDay(bin.to) });
  const killed = figureText(bin.killed);
  const said = t("timeline.of", { day, events: bin.events, changed: bin.changed });
  return killed === null ? said : `${said}; ${t("timeline.killedof", { range: killed })}`;
}

function Bar({ bin, x, wide, most }: { bin: Bin; x: number; wide: number; most: number }) {
  let y = ROWS.top + ROWS.bars;
  const space = Math.min(2, wide * 0.15);
  const marks = ROWS.top + ROWS.bars + ROWS.gap + ROWS.killed + ROWS.marks / 2;
  return (
    <g>
      <title>{tip(bin)}</title>
      <rect x={x} y={0} width={wide} height={HEIGHT} class="hit" />
      {FAMILIES.map((family: Family) => {
        const high = ((bin.families[family] ?? 0) / most) * ROWS.bars;
        y -= high;
        return high > 0 && <rect key={family} class={`family-${family}`} x={x + space} width={Math.max(1, wide - 2 * space)} y={y} height={high} />;
      })}
      {bin.changed > 0 && <path class="mark" d={`M${x + wide / 2} ${marks - 5}l5 5l-5 5l-5-5z`} />}
      {bin.changed > 1 && wide > 26 && <text class="mark-n" x={x + wide / 2 + 8} y={marks + 3.5}>{count(bin.changed)}</text>}
    </g>
  );
}

function Killed({ bins, scale }: { bins: readonly Bin[]; scale: Scale }) {
  const most = Math.max(1, ...bins.map((b) => b.killed?.high ?? b.killed?.best ?? b.killed?.low ?? 0));
  const floor = ROWS.top + ROWS.bars + ROWS.gap + ROWS.killed;
  const y = (n: number): number => floor - Math.sqrt(n / most) * ROWS.killed;
  return (
    <g class="killed">
      {bins.map((bin, i) => {
        const { low, best, high } = bin.killed ?? { low: null, best: null, high: null };
        const known = best ?? high ?? low;
        if (known === null) return null;
        const x = scale.x(i) + scale.bar / 2;
        return <g key={bin.from}><line x1={x} x2={x} y1={y(low ?? known)} y2={y(high ?? known)} /><circle cx={x} cy={y(known)} r={2.6} /></g>;
      })}
      <line class="rule" x1={0} x2={scale.width} y1={floor + 1} y2={floor + 1} />
    </g>
  );
}

/** The day looked at, and the end of what was known. */
function Now({ bins, scale }: { bins: readonly Bin[]; scale: Scale }) {
  const { on, known } = useTimes();
  const at = (day: string): number => bins.findIndex((b) => b.from <= day && day <= b.to);
  const i = at(on);
  const k = known === null ? -1 : at(known);
  const edge = scale.x(k) + (scale.rtl ? 0 : scale.bar);
  return (
    <g>
      {i >= 0 && <rect class="now" x={scale.x(i)} width={scale.bar} y={1} height={HEIGHT - ROWS.axis - 1} rx={2} />}
      {k >= 0 && <line class="known-edge" x1={edge} x2={edge} y1={0} y2={HEIGHT - ROWS.axis} />}
    </g>
  );
}

function Window({ bins, scale, drag }: { bins: readonly Bin[]; scale: Scale; drag: { a: number; b: number } | null }) {
  const { from, to } = current();
  let [low, high] = [-1, -1];
  if (drag !== null && drag.a !== drag.b) [low, high] = [Math.min(drag.a, drag.b), Math.max(drag.a, drag.b)];
  else if (from !== null || to !== null) {
    low = from === null ? 0 : bins.findIndex((b) => b.to >= from);
    high = to === null ? bins.length - 1 : bins.findLastIndex((b) => b.from <= to);
  }
  if (low < 0 || high < low) return null;
  const x = scale.rtl ? scale.x(high) : scale.x(low);
  return <rect class="window-shade" x={x} y={0} width={(high - low + 1) * scale.bar} height={HEIGHT - ROWS.axis} />;
}

function Axis({ bins, scale }: { bins: readonly Bin[]; scale: Scale }) {
  const days = bins.length > 0 ? dayNumber((bins[bins.length - 1] as Bin).to) - dayNumber((bins[0] as Bin).from) : 0;
  const every = Math.max(1, Math.ceil(bins.length / (scale.width / 66)));
  const words = days > 120 ? monthName : shortDay;
  return (
    <g class="axis">
      {bins.map((bin, i) => i % every === 0 && (
        <text key={bin.from} x={Math.min(Math.max(scale.x(i) + scale.bar / 2, 26), scale.width - 26)} y={HEIGHT - 5} text-anchor="middle">{words(bin.from)}</text>
      ))}
    </g>
  );
}

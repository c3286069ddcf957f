// The legend: holders by colour, signs of events by shape and filling, lines. A holder can be shown alone.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { actorName } from "../core/called";
import { coded, t } from "../core/i18n";
import type { Family, Grade } from "../core/model";
import { colourOf } from "../core/palette";
import { LAYERS, type Layer, go, useView } from "../core/store";
import { useDark } from "../app/dark";
import type { ControlNow } from "./holding";
import { FAMILIES, sign } from "./icons";
import { DARK, LIGHT } from "./theme";

const MOST_HOLDERS = 8;

export function holdersOf(control: ControlNow): { name: string; n: number }[] {
  const places = new Map<string, number>();
  for (const { holder, status } of control.byKey.values()) {
    const name = status === "contested" && holder.length > 1 ? undefined : holder[0];
    if (name !== undefined) places.set(name, (places.get(name) ?? 0) + 1);
  }
  return [...places].map(([name, n]) => ({ name, n })).sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
}

/** The sign of an event, as on the map. */
export function Sign({ family, grade }: { family: Family; grade: Grade }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const dark = useDark();
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    const theme = dark ? DARK : LIGHT;
    pen?.putImageData(sign(family, grade, theme), 0, 0);
  }, [family, grade, dark]);
  return <canvas class="sign" ref={canvas} width={44} height={44} aria-hidden="true" />;
}

export function Legend({ control, only, setOnly }: { control: ControlNow; only: string | null; setOnly: (h: string | null) => void }) {
  const [shown, show] = useState(() => window.matchMedia("(min-width: 60rem)").matches);
  const holders = useMemo(() => holdersOf(control), [control.byKey]);
  if (control.day === null) return null;
  return (
    <details class="legend" open={shown} onToggle={(e) => show(e.currentTarget.open)}>
      <summary>{t("legend.title")}</summary>
      <ul class="legend-holders">
        {holders.slice(0, MOST_HOLDERS).map(({ name }) => (
          <li key={name}>
            <button type="button" aria-pressed={only === name} title={t("holds.only", { name: actorName(name) })} onClick={() => setOnly(only === name ? null : name)}>
              <Swatch colour={colourOf([name])} />
              <span dir="auto">{actorName(name)}</span>
            </button>
          </li>
        ))}
        {holders.length > MOST_HOLDERS && <li class="quiet">{t("holds.rest")}: {holders.length - MOST_HOLDERS}</li>}
        <li><span class="swatch hatched" aria-hidden="true" /> {t("holds.contested")}</li>
        <li><span class="swatch blank" aria-hidden="true" /> {t("holds.unknown")}</li>
      </ul>
      <Layers />
      <Signs />
      <p class="quiet">{t("holds.note")}</p>
    </details>
  );
}

function Signs() {
  return (
    <details class="signs">
      <summary>{t("legend.signs")}</summary>
      <ul>
        {FAMILIES.map((family) => (
          <li key={family}><Sign family={family} grade="confirmed" /> {coded("family", family)}</li>
        ))}
      </ul>
      <p class="legend-fill">
        <Sign family="demonstrations" grade="confirmed" /><Sign family="demonstrations" grade="weak" /><Sign family="demonstrations" grade="contested" /> {t("legend.fill")}
      </p>
      <ul>
        <li><span class="swatch square" aria-hidden="true" /> {t("legend.region")}</li>
        <li><span class="line road" aria-hidden="true" /> {t("legend.roads")} <span class="line cut" aria-hidden="true" /> {t("legend.cut")}</li>
        <li><span class="line disputed" aria-hidden="true" /> {t("legend.disputed")}</li>
        <li><span class="line rough" aria-hidden="true" /> {t("legend.circle")}</li>
      </ul>
    </details>
  );
}

function Layers() {
  const hidden = useView((v) => v.hidden);
  const toggle = (layer: Layer): void => go({ hidden: hidden.includes(layer) ? hidden.filter((l) => l !== layer) : [...hidden, layer] });
  return (
    <fieldset class="layers">
      <legend class="sr">{t("layers")}</legend>
      {LAYERS.map((layer) => (
        <label key={layer}>
          <input type="checkbox" checked={!hidden.includes(layer)} onChange={() => toggle(layer)} /> {coded("layer", layer)}
        </label>
      ))}
    </fieldset>
  );
}

export function Swatch({ colour }: { colour: string }) {
  return <span class="swatch" aria-hidden="true" style={{ backgroundColor: colour }} />;
}

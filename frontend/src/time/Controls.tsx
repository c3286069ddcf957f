// The two sliders: the day in the world, and the day as known on. And the play button.
import { useEffect, useState } from "preact/hooks";
import { useMeta, useTimes } from "../core/context";
import { dayNumber, dayText } from "../core/days";
import { longDay, t } from "../core/i18n";
import { current, go } from "../core/store";

const STEP_MS = 900;

export function Controls() {
  const { first, last, on, known } = useTimes();
  const meta = useMeta();
  const knownFirst = (meta.known_from ?? first).slice(0, 10);
  const knownLast = (meta.known_to ?? last).slice(0, 10);
  const now = dayNumber(knownLast) + 1; // the stop after the last day means "now"
  const setKnown = (n: number): void => go({ known: n >= now ? null : dayText(n) });
  const setOn = (n: number): void => go({ on: dayText(Math.min(Math.max(n, dayNumber(first)), dayNumber(last))) });
  return (
    <div class="controls">
      <Play first={first} last={last} on={on} setOn={setOn} />
      <div class="slider">
        <label for="on"><span>{t("on.label")}</span> <output for="on">{longDay(on)}</output></label>
        <span class="slider-row">
          <button type="button" aria-label={t("day.back")} title={t("day.back")} disabled={on <= first} onClick={() => setOn(dayNumber(on) - 1)}><i class="chevron back" aria-hidden="true" /></button>
          <input id="on" type="range" min={dayNumber(first)} max={dayNumber(last)} step={1} value={dayNumber(on)} aria-valuetext={longDay(on)}
            onInput={(e) => setOn(Number(e.currentTarget.value))} />
          <button type="button" aria-label={t("day.on")} title={t("day.on")} disabled={on >= last} onClick={() => setOn(dayNumber(on) + 1)}><i class="chevron" aria-hidden="true" /></button>
        </span>
      </div>
      <div class={known === null ? "slider" : "slider set"}>
        <label for="known"><span>{t("known.label")}</span> <output for="known">{known === null ? t("known.now") : longDay(known)}</output></label>
        <span class="slider-row">
          <input id="known" type="range" min={dayNumber(knownFirst)} max={now} step={1} value={known === null ? now : dayNumber(known)}
            aria-valuetext={known === null ? t("known.now") : longDay(known)} onInput={(e) => setKnown(Number(e.currentTarget.value))} />
        </span>
      </div>
    </div>
  );
}

interface Playing {
  first: string;
  last: string;
  on: string;
  setOn: (n: number) => void;
}

function Play({ first, last, on, setOn }: Playing) {
  const [playing, play] = useState(false);
  useEffect(() => {
    if (!playing) return undefined;
    const timer = window.setInterval(() => {
      const day = current().on ?? last;
      if (day >= last) play(false);
      else setOn(dayNumber(day) + 1);
    }, STEP_MS);
    return () => window.clearInterval(timer);
  }, [playing, last]);
  const start = (): void => {
    if (!playing && on >= last) setOn(dayNumber(first));
    play(!playing);
  };
  return (
    <button type="button" class="play" aria-pressed={playing} onClick={start}>
      <i class={playing ? "pause-sign" : "play-sign"} aria-hidden="true" /> {playing ? t("pause") : t("play")}
    </button>
  );
}

// What a desk editor sees first: who holds what, what changed since the day before, how sure we are.
import { useMemo, useRef, useState } from "preact/hooks";
import { Given, Thing, Trouble, Waiting } from "../app/bits";
import { address } from "../core/api";
import { actorName, placeName } from "../core/called";
import { eventParams, filterParams, useMeta, useRested, useTimes } from "../core/context";
import { useAnswer } from "../core/data";
import { dayBefore, dayNumber, dayText } from "../core/days";
import { count, longDay, shortDay, t, coded } from "../core/i18n";
import type { Change, Control, EventItem, Grade, Page } from "../core/model";
import { NOBODY, colourOf, colourOfPlace } from "../core/palette";
import { useView } from "../core/store";
import { holderText, isUneasy, ofDay, statusText } from "../core/words";
import { isWide } from "../map/shapes";
import { type ControlNow } from "../map/holding";
import { Swatch } from "../map/Legend";
import { GRADES } from "../map/icons";
import { EventRow } from "./EventRow";

const OLD_DAYS = 7;
const MOST = 500;

export function Overview({ control, only, setOnly }: { control: ControlNow; only: string | null; setOnly: (h: string | null) => void }) {
  const { on, known } = useTimes();
  const head = (
    <header class="day">
      <h1>{longDay(on)}</h1>
      <p>{known === null ? t("known.title.now") : t("known.title", { day: longDay(known) })}{known !== null && known < on && <> {t("known.early")}</>}</p>
    </header>
  );
  if (!useComplete(control)) return <div class="overview">{head}<Waiting /></div>;
  return (
    <div class="overview">
      {head}
      <Holders control={control} only={only} setOnly={setOnly} />
      <Changed />
      <Sure control={control} />
      <DayEvents />
    </div>
  );
}

const changedAddress = (on: string, known: string | null): string => address("/diff", { from: dayBefore(on), to: on, known_at: known });

/** Whether all that the overview tells has come once: then it is drawn at one stroke, and nothing jumps. */
function useComplete(control: ControlNow): boolean {
  const view = useView((v) => v);
  const times = useTimes();
  const on = useRested(times.on);
  const answers = [
    useAnswer<unknown>(changedAddress(on, times.known)),
    useAnswer<unknown>(address("/events", { ...filterParams(view), on, known_at: times.known, limit: MOST })),
    useAnswer<unknown>(address("/events", { ...eventParams(view, { ...times, on }), limit: MOST })),
  ];
  const complete = useRef(false);
  const held = control.day !== null || control.answer.problem !== null; // a day stands when colours have come too
  complete.current ||= held && answers.every((a) => a.data !== null || a.problem !== null);
  return complete.current;
}

interface Group {
  name: string | null;
  contested: boolean;
  places: Control[];
}

/** Of several that fight for a place none is counted as its holder. */
const isFoughtFor = (control: Control): boolean => control.status === "contested" && control.holder.length > 1;

function grouped(controls: readonly Control[]): Group[] {
  const groups = new Map<string, Group>();
  for (const control of controls) {
    const contested = isFoughtFor(control);
    const name = contested ? null : (control.holder[0] ?? null);
    const key = `${contested}${name}`;
    const group = groups.get(key) ?? { name, contested, places: [] };
    group.places.push(control);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.places.length - a.places.length || ((a.name ?? "~") < (b.name ?? "~") ? -1 : 1));
}

function Holders({ control, only, setOnly }: { control: ControlNow; only: string | null; setOnly: (h: string | null) => void }) {
  const byKey = useRested(control.byKey);
  const { controls, regions, groups } = useMemo(() => {
    const all = [...byKey.values()];
    return { controls: all, regions: all.filter((c) => isWide(c.place)), groups: grouped(all.filter((c) => !isWide(c.place))) };
  }, [byKey]);
  if (control.answer.problem !== null) return <Trouble answer={control.answer} />;
  return (
    <section aria-labelledby="holds">
      <h2 id="holds">{t("holds.title")}</h2>
      {controls.length === 0 ? <p class="quiet">{control.answer.loading ? t("state.loading") : t("holds.none")}</p> : (
        <>
          <div class="share" aria-hidden="true">
            {groups.map((g) => <span key={`${g.contested}${g.name}`} class={g.contested ? "hatched" : undefined} style={{ flexGrow: g.places.length, backgroundColor: colourOf(g.name === null ? [] : [g.name]) }} />)}
          </div>
          <ul class="holders">{groups.map((g) => <Holder key={`${g.contested}${g.name}`} group={g} only={only} setOnly={setOnly} />)}</ul>
          {regions.length > 0 && <Regions regions={regions} />}
          <p class="quiet">{t("holds.note")}</p>
        </>
      )}
    </section>
  );
}

const MOST_NAMES = 5;

function Holder({ group, only, setOnly }: { group: Group; only: string | null; setOnly: (h: string | null) => void }) {
  const [all, show] = useState(false);
  const { name, places, contested } = group;
  const sorted = useMemo(() => [...places].sort((a, b) => (b.place.population ?? 0) - (a.place.population ?? 0)), [places]);
  const shown = all ? sorted : sorted.slice(0, MOST_NAMES);
  return (
    <li>
      <div class="holder">
        <button type="button" class="holder-name" aria-pressed={name !== null && only === name} disabled={name === null}
          title={name === null ? undefined : t("holds.only", { name: actorName(name) })} onClick={() => setOnly(only === name ? null : name)}>
          {contested ? <span class="swatch hatched" aria-hidden="true" /> : <Swatch colour={name === null ? NOBODY : colourOf([name])} />}
          <span dir="auto">{name !== null ? actorName(name) : (contested ? coded("status", "contested") : t("holds.nobody"))}</span>
        </button>
        <span class="n">{t("holds.places", { n: places.length })}</span>
      </div>
      <p class="names">
        {shown.map((c, i) => <>{i > 0 && ", "}<PlaceName control={c} /></>)}
        {sorted.length > MOST_NAMES && <> <button type="button" class="more" onClick={() => show(!all)}>{all ? t("less") : t("changed.more", { n: sorted.length - MOST_NAMES })}</button></>}
      </p>
    </li>
  );
}

function PlaceName({ control }: { control: Control }) {
  const special = control.status !== "held" || control.extent !== "all";
  return <><Thing what={`place:${control.place.key}`}>{placeName(control.place)}</Thing>{special && <span class="quiet"> ({isFoughtFor(control) ? <bdi>{holderText(control)}</bdi> : statusText(control)})</span>}{isUneasy(control) || control.against.length > 0 ? <span class="hatch-mark" aria-hidden="true" /> : null}</>;
}

function Regions({ regions }: { regions: readonly Control[] }) {
  return (
    <details class="regions">
      <summary>{t("holds.regions")} ({count(regions.length)})</summary>
      <ul>
        {regions.map((c) => (
          <li key={c.place.key}><Thing what={`place:${c.place.key}`}>{placeName(c.place)}</Thing>: <bdi>{holderText(c)}</bdi>{c.extent !== "all" && <span class="quiet"> ({statusText(c)})</span>}</li>
        ))}
      </ul>
    </details>
  );
}

function Changed() {
  const times = useTimes();
  const on = useRested(times.on);
  const before = dayBefore(on);
  const answer = useAnswer<{ items: Change[] }>(changedAddress(on, times.known));
  return (
    <section aria-labelledby="changed">
      <h2 id="changed">{t("changed.title", { day: longDay(before) })}</h2>
      <Given answer={answer}>{({ items }) => (
        items.length === 0 ? <p class="quiet">{t("changed.none", { day: longDay(before) })}</p> : <ul class="changes">{items.map((c) => <ChangeRow key={c.place.key} change={c} />)}</ul>
      )}</Given>
    </section>
  );
}

export function ChangeRow({ change }: { change: Change }) {
  const { place, before, after } = change;
  return (
    <li>
      <Thing what={`place:${place.key}`} plain><strong dir="auto">{placeName(place)}</strong></Thing>
      <span class="change">
        {before === null ? <span class="quiet">{t("changed.newly")}:</span> : <span class="was" dir="auto"><Swatch colour={colourOfPlace(before)} />{holderText(before)}</span>}
        {before !== null && <span class="arrow" aria-hidden="true" />}
        {after === null ? <span class="quiet">{t("changed.gone")}</span> : <span dir="auto"><Swatch colour={colourOfPlace(after)} />{holderText(after)}{after.status !== "held" && <span class="quiet"> ({statusText(after)})</span>}</span>}
      </span>
    </li>
  );
}

function Sure({ control }: { control: ControlNow }) {
  const meta = useMeta();
  const times = useTimes();
  const view = useView((v) => v);
  const on = useRested(times.on);
  const answer = useAnswer<Page<EventItem>>(address("/events", { ...filterParams(view), on, known_at: times.known, limit: MOST }));
  const events = ofDay(answer.data?.items ?? [], on);
  const byKey = useRested(control.byKey);
  const { against, old } = useMemo(() => {
    const [controls, fresh] = [[...byKey.values()], dayText(dayNumber(on) - OLD_DAYS)];
    return { against: controls.filter((c) => c.against.length > 0).length, old: controls.filter((c) => c.since !== null && c.since < fresh).length };
  }, [byKey, on]);
  const single = events.filter((e) => e.sources <= 1).length;
  return (
    <section aria-labelledby="sure">
      <h2 id="sure">{t("sure.title")}</h2>
      {events.length > 0 ? (
        <>
          <Grades events={events} />
          <ul class="plain-list">
            <li>{t("sure.single", { n: single, all: count(events.length) })}</li>
            {against > 0 && <li>{t("sure.against", { n: against })}</li>}
            {old > 0 && <li>{t("sure.old", { n: old })}</li>}
          </ul>
        </>
      ) : <p class="quiet">{answer.loading ? t("state.loading") : t("sure.none")}</p>}
      <p class="quiet">{t("sure.thin", { reports: meta.counts.reports })}</p>
    </section>
  );
}

function Grades({ events }: { events: readonly EventItem[] }) {
  const of = (grade: Grade): number => events.filter((e) => e.grade === grade).length;
  return (
    <>
      <div class="share grades" aria-hidden="true">{GRADES.map((g) => of(g) > 0 && <span key={g} class={`fill-${g}`} style={{ flexGrow: of(g) }} />)}</div>
      <ul class="grade-counts">{GRADES.filter((g) => of(g) > 0).map((g) => <li key={g}><span class={`swatch fill-${g}`} aria-hidden="true" />{count(of(g))} {coded("grade", g)}</li>)}</ul>
    </>
  );
}

const FIRST = 12;

function DayEvents() {
  const view = useView((v) => v);
  const times = useTimes();
  const on = useRested(times.on);
  const [all, show] = useState(false);
  const answer = useAnswer<Page<EventItem>>(address("/events", { ...eventParams(view, { ...times, on }), limit: MOST }));
  const { from, to } = view;
  const windowed = from !== null || to !== null;
  return (
    <section aria-labelledby="day-events">
      <h2 id="day-events">{windowed ? t("events.window", { from: shortDay(from ?? times.first), to: shortDay(to ?? times.last) }) : t("events.title")}</h2>
      <Given answer={answer}>{({ items }) => {
        const sure = windowed ? items : ofDay(items, on);
        const loose = windowed ? [] : items.filter((e) => !sure.includes(e));
        return (
          <>
            {sure.length === 0 ? <p class="quiet">{t("sure.none")}</p> : <ul class="event-rows">{sure.slice(0, all ? undefined : FIRST).map((e) => <EventRow key={e.id} event={e} dated={windowed} />)}</ul>}
            {sure.length > FIRST && <button type="button" class="more" onClick={() => show(!all)}>{all ? t("less") : t("changed.more", { n: sure.length - FIRST })}</button>}
            {loose.length > 0 && <details class="regions"><summary>{t("events.loose", { n: loose.length })}</summary><ul class="event-rows">{loose.map((e) => <EventRow key={e.id} event={e} dated />)}</ul></details>}
          </>
        );
      }}</Given>
    </section>
  );
}

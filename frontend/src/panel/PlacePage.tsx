// A place: who holds it on the day, who says so and who says otherwise, and everything recorded of it.
import { Actors, AsRecorded, Given, Thing } from "../app/bits";
import { address } from "../core/api";
import { placeName } from "../core/called";
import { useTimes } from "../core/context";
import { type Answer, useAnswer } from "../core/data";
import { coded, count, countryName, longDay, percent, t } from "../core/i18n";
import type { Claim, Control, EventItem, Place } from "../core/model";
import { colourOfPlace } from "../core/palette";
import { filter, go } from "../core/store";
import { statusText } from "../core/words";
import { Swatch } from "../map/Legend";
import { ClaimCard } from "./ClaimCard";
import { Corrections } from "./Corrections";
import { EventRow } from "./EventRow";

interface PlaceWhole extends Place {
  control: Control | null;
}
interface Line {
  at: string;
  claim?: Claim | null;
  event?: EventItem | null;
}
interface History {
  place: Place;
  items: Line[];
}

export function PlacePage({ id }: { id: string }) {
  const { on, known } = useTimes();
  const place = useAnswer<PlaceWhole>(address(`/places/${encodeURIComponent(id)}`, { on, known_at: known }));
  const history = useAnswer<History>(address("/history", { place: id, known_at: known }));
  return <Given answer={place}>{(p) => <Whole place={p} history={history} on={on} />}</Given>;
}

function Whole({ place, history, on }: { place: PlaceWhole; history: Answer<History>; on: string }) {
  return (
    <article>
      <p class="kicker">{t("place.page")}</p>
      <h1 dir="auto">{placeName(place)}</h1>
      <AsRecorded name={place.name} shown={placeName(place)} />
      <p class="quiet">
        {[place.admin1 === place.name ? null : place.admin1, place.country === null ? null : countryName(place.country), place.precision === "exact" ? null : coded("precision", place.precision)].filter(Boolean).join(" · ")}
        {place.population !== null && place.population > 0 && <> · {t("place.population", { n: count(place.population) })}</>}
      </p>
      <section>
        <h2>{t("place.now", { day: longDay(on) })}</h2>
        {place.control === null ? <p>{t("place.noreport")}</p> : <Held control={place.control} history={history} />}
      </section>
      <p><button type="button" onClick={() => { filter("place", place.key); go({ tab: "lists", list: "events" }, true); }}>{t("place.filter")}</button></p>
      <section>
        <h2>{t("place.history")}</h2>
        <Given answer={history}>{(h) => h.items.length === 0 ? <p class="quiet">{t("place.nohistory")}</p> : <Lines items={h.items} />}</Given>
      </section>
    </article>
  );
}

/** Competing claims side by side. */
function Held({ control, history }: { control: Control; history: Answer<History> }) {
  const claims = (ids: readonly string[]): Claim[] => (history.data?.items ?? []).map((i) => i.claim).filter((c): c is Claim => c != null && ids.includes(c.id));
  const [pro, con] = [claims(control.for), claims(control.against)];
  return (
    <>
      <p class="held"><Swatch colour={colourOfPlace(control)} /><span><Actors names={control.holder} /> <span class="quiet">({statusText(control)}{control.since !== null && t("comma") + t("place.since", { day: longDay(control.since) })})</span></span></p>
      {control.confidence !== null && <p class="quiet">{t("place.sure", { n: percent(control.confidence) })}</p>}
      <Corrections of={control.corrections} />
      {control.inherited_from !== null && <p class="quiet">{t("place.inherited", { name: typeof control.inherited_from === "string" ? control.inherited_from : placeName(control.inherited_from) })}</p>}
      <div class={control.against.length === 0 ? "versus alone-side" : "versus"}>
        <div><h3>{t("place.for")} ({count(control.for.length)})</h3><ul class="claims">{pro.map((c) => <ClaimCard key={c.id} claim={c} titled={false} />)}</ul><Missing ids={control.for} found={pro} /></div>
        <div><h3>{t("place.against")} ({count(control.against.length)})</h3>{control.against.length === 0 ? <p class="quiet">{t("place.nooneagainst")}</p> : <ul class="claims">{con.map((c) => <ClaimCard key={c.id} claim={c} titled={false} />)}</ul>}<Missing ids={control.against} found={con} /></div>
      </div>
    </>
  );
}

/** Claims of the wider area stand in no line of the place's own history: they are led to. */
function Missing({ ids, found }: { ids: readonly string[]; found: readonly Claim[] }) {
  const left = ids.filter((id) => !found.some((c) => c.id === id));
  return left.length === 0 ? null : <p>{left.map((id) => <Thing key={id} what={`claim:${id}`}>{t("claim.page")} {id.slice(0, 6)}</Thing>)}</p>;
}

function Lines({ items }: { items: readonly Line[] }) {
  const days = [...new Set(items.map((i) => i.at.slice(0, 10)))];
  return (
    <ol class="history">
      {days.map((day) => (
        <li key={day}>
          <h3>{longDay(day)}</h3>
          <ul class="claims">
            {items.filter((i) => i.at.slice(0, 10) === day).map((i) => i.event != null ? <EventRow key={i.event.id} event={i.event} /> : i.claim != null ? <ClaimCard key={i.claim.id} claim={i.claim} /> : null)}
          </ul>
        </li>
      ))}
    </ol>
  );
}


// An actor: its names and relations over time, what it holds, what it did.
import { AsRecorded, Fact, Given, Thing } from "../app/bits";
import { address } from "../core/api";
import { actorName, placeName } from "../core/called";
import { useTimes } from "../core/context";
import { useAnswer } from "../core/data";
import { coded, countryName, longDay, t } from "../core/i18n";
import type { EventItem, Page, Place } from "../core/model";
import { colourOf } from "../core/palette";
import { filter, go } from "../core/store";
import { Swatch } from "../map/Legend";
import { EventRow } from "./EventRow";

interface Dated {
  from?: string | null;
  to?: string | null;
}
interface ActorWhole {
  name: string;
  kind: string | null;
  country: string | null;
  wikidata: string | null;
  aliases: ({ name: string } & Dated)[];
  relations: ({ predicate: string; other: string; reverse?: boolean } & Dated)[];
  holds: Place[];
}

function years({ from, to }: Dated): string {
  return from == null && to == null ? "" : `${from ?? "…"} – ${to ?? "…"}`;
}

export function ActorPage({ id }: { id: string }) {
  const { on, known } = useTimes();
  const answer = useAnswer<ActorWhole>(address(`/actors/${encodeURIComponent(id)}`, { on, known_at: known }));
  const events = useAnswer<Page<EventItem>>(address("/events", { actor: id, known_at: known, limit: 50 }));
  return (
    <Given answer={answer}>{(actor) => (
      <article>
        <p class="kicker">{t("actor.page")}</p>
        <h1 dir="auto"><Swatch colour={colourOf([actor.name])} /> {actorName(actor.name)}</h1>
        <AsRecorded name={actor.name} shown={actorName(actor.name)} />
        <dl class="facts">
          <Fact name={t("col.kind")}>{actor.kind === null ? null : coded("actorkind", actor.kind)}</Fact>
          <Fact name={t("col.country")}>{actor.country === null ? null : countryName(actor.country)}</Fact>
          <Fact name="Wikidata">{actor.wikidata}</Fact>
        </dl>
        <p><button type="button" onClick={() => { filter("actor", actor.name); go({ tab: "lists", list: "events" }, true); }}>{t("actor.filter")}</button></p>
        <section>
          <h2>{t("actor.holds", { day: longDay(on) })}</h2>
          {actor.holds.length === 0 ? <p class="quiet">{t("actor.noholds")}</p> : <p>{actor.holds.map((p, i) => <>{i > 0 && ", "}<Thing what={`place:${p.key}`}>{placeName(p)}</Thing></>)}</p>}
        </section>
        <Names aliases={actor.aliases} />
        {actor.relations.length > 0 && <section><h2>{t("actor.relations")}</h2><ul class="plain-list">{actor.relations.map((r, i) => <li key={i}>{r.reverse === true ? <><Thing what={`actor:${r.other}`}>{actorName(r.other)}</Thing> {coded("predicate", r.predicate)} <bdi>{actorName(actor.name)}</bdi></> : <>{coded("predicate", r.predicate)} <Thing what={`actor:${r.other}`}>{actorName(r.other)}</Thing></>} <span class="quiet">{years(r)}</span></li>)}</ul></section>}
        <section>
          <h2>{t("actor.events")}</h2>
          <Given answer={events}>{({ items }) => items.length === 0 ? <p class="quiet">{t("none")}</p> : <ul class="event-rows">{items.map((e) => <EventRow key={e.id} event={e} dated />)}</ul>}</Given>
        </section>
      </article>
    )}</Given>
  );
}

function Names({ aliases }: { aliases: ActorWhole["aliases"] }) {
  if (aliases.length === 0) return null;
  return (
    <section>
      <h2>{t("actor.names")}</h2>
      <ul class="plain-list columns">{aliases.map((a, i) => <li key={i}><bdi>{a.name}</bdi> <span class="quiet">{years(a)}</span></li>)}</ul>
    </section>
  );
}

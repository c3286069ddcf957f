// An event: what, who, when, where, figures, its grade and why; the claims by origin; its versions.
import { Actors, Fact, Given, GradeChip, Thing } from "../app/bits";
import { address } from "../core/api";
import { actorName, placeName } from "../core/called";
import { useTimes } from "../core/context";
import { useAnswer } from "../core/data";
import { coded, count, moment, t, toldIn, typeName } from "../core/i18n";
import type { Claim, EventItem, Figure } from "../core/model";
import { figureText, intervalText } from "../core/words";
import { Sign } from "../map/Legend";
import { ClaimCard } from "./ClaimCard";
import { type Decision, Decisions } from "./Decisions";

interface EventWhole extends EventItem {
  claims: Claim[];
  origins: { claims?: { id: string; origin: string; outlet: string }[] };
  contradictions?: string[];
  versions: EventItem[];
  episode: { side: string[]; start: string; end: string; places: string[]; events: string[] } | null;
  decisions?: Decision[];
  precedents: { claim_id: string; rank: string; since: string | null }[];
}

export function EventPage({ id }: { id: string }) {
  const { known } = useTimes();
  const answer = useAnswer<EventWhole>(address(`/events/${encodeURIComponent(id)}`, { known_at: known, language: toldIn() }));
  return <Given answer={answer}>{(event) => <Whole event={event} />}</Given>;
}

function Whole({ event }: { event: EventWhole }) {
  const further = (event.contradictions ?? []).filter((c) => c !== event.reason);
  return (
    <article>
      <p class="kicker">{t("event.page")} · {coded("family", event.family)}</p>
      <h1><Sign family={event.family} grade={event.grade} /> {typeName(event.type)}{event.place !== null && <>{t("comma")}<bdi>{placeName(event.place)}</bdi></>}</h1>
      <dl class="facts">
        <Fact name={t("event.when")}>{intervalText(event.time)}</Fact>
        <Fact name={t("event.where")}>{event.place === null ? <span class="quiet">{t("nowhere")}</span> : <Thing what={`place:${event.place.key}`}>{placeName(event.place)}</Thing>}{event.place !== null && event.place.precision !== "exact" && <span class="quiet"> ({coded("precision", event.place.precision)})</span>}</Fact>
        <Fact name={t("event.initiator")}><Actors names={event.initiator} /></Fact>
        <Fact name={t("event.target")}><Actors names={event.target} /></Fact>
      </dl>
      <Figures figures={event.figures} />
      <section>
        <h2>{t("event.grade")}</h2>
        <p><GradeChip grade={event.grade} /> <span>{t("event.origins", { n: event.sources })}</span></p>
        <p dir="auto">{event.reason}</p>
        {further.length > 0 && <ul>{further.map((c) => <li key={c} dir="auto">{c}</li>)}</ul>}
        <p class="quiet">{t("event.geo", { n: event.geo_precision })} · {t("event.time", { n: event.time_precision })}</p>
      </section>
      <section>
        <h2>{t("event.claims")} ({count(event.claims.length)})</h2>
        {byOrigin(event).map(([name, claims]) => (
          <div class="origin" key={name}>
            <h3 dir="auto">{t("event.origin", { name: actorName(name) })}</h3>
            <ul class="claims">{claims.map((c) => <ClaimCard key={c.id} claim={c} titled={false} />)}</ul>
          </div>
        ))}
      </section>
      {event.precedents.length > 0 && <section><h2>{t("event.precedents")}</h2><ul>{event.precedents.map((p) => <li key={p.claim_id}><Thing what={`claim:${p.claim_id}`}>{[coded("rank", p.rank), p.since].filter(Boolean).join(t("comma"))}</Thing></li>)}</ul></section>}
      {event.episode !== null && <Episode episode={event.episode} />}
      <Decisions decisions={event.decisions} />
      <Versions versions={event.versions} />
    </article>
  );
}

/** The campaign that the event is part of: whose, when, and the places taken one after another. */
function Episode({ episode }: { episode: NonNullable<EventWhole["episode"]> }) {
  return (
    <section>
      <h2>{t("event.episode")}</h2>
      <p><Actors names={episode.side} />{t("comma")}{intervalText({ start: episode.start, end: episode.end, precision: "day" })}</p>
      {episode.places.length > 0 && <p dir="auto">{episode.places.join(" → ")}</p>}
    </section>
  );
}

/** Claims gathered by whose word they finally are, as corroboration has it. */
function byOrigin({ claims, origins }: EventWhole): [string, Claim[]][] {
  const known = new Map((origins.claims ?? []).map((c) => [c.id, c.origin]));
  const groups = new Map<string, Claim[]>();
  for (const claim of claims) {
    const origin = known.get(claim.id) ?? claim.attribution[claim.attribution.length - 1] ?? claim.report.publisher ?? t("unknown");
    groups.set(origin, [...(groups.get(origin) ?? []), claim]);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

function Figures({ figures }: { figures: Record<string, Figure | null> }) {
  const told = Object.entries(figures).filter((pair): pair is [string, Figure] => figureText(pair[1]) !== null);
  if (told.length === 0) return null;
  const cell = (n: number | null) => (n === null ? "–" : count(n));
  return (
    <table class="figures">
      <caption class="sr">{t("event.figures")}</caption>
      <thead><tr><td /><th scope="col">{t("event.low")}</th><th scope="col">{t("event.bestword")}</th><th scope="col">{t("event.high")}</th></tr></thead>
      <tbody>{told.map(([harm, f]) => <tr key={harm}><th scope="row">{coded("figure", harm)}</th><td>{cell(f.low)}</td><td><strong>{cell(f.best)}</strong></td><td>{cell(f.high)}</td></tr>)}</tbody>
    </table>
  );
}

function Versions({ versions }: { versions: readonly EventItem[] }) {
  if (versions.length === 0) return null;
  return (
    <section>
      <h2>{t("event.versions")}</h2>
      <ol class="versions">
        {versions.map((v) => (
          <li key={v.version}>
            <p><strong>{t("event.version", { n: count(v.version) })}</strong> <span class="quiet">{t("event.versionat", { time: moment(v.recorded_at) })}</span></p>
            <p>{typeName(v.type)} · <bdi>{v.place === null ? t("nowhere") : placeName(v.place)}</bdi> · {intervalText(v.time)} <GradeChip grade={v.grade} /> {figureText(v.figures["killed"]) !== null && <span>{coded("figure", "killed")}: {figureText(v.figures["killed"])}</span>}</p>
            <p class="quiet" dir="auto">{v.reason}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

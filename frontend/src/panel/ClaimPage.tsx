// A claim: its words, as coded field by field, and where it leads.
import { Actors, Fact, Given, Thing } from "../app/bits";
import { address } from "../core/api";
import { placeName } from "../core/called";
import { useMeta, useTimes } from "../core/context";
import { useAnswer } from "../core/data";
import { coded, percent, t } from "../core/i18n";
import type { Claim } from "../core/model";
import { go } from "../core/store";
import { claimFigureText, claimTitle, intervalText, statusText } from "../core/words";
import { Quote, Said } from "./ClaimCard";
import { Corrections } from "./Corrections";
import { type Decision, Decisions } from "./Decisions";

interface ClaimWhole extends Claim {
  decisions?: Decision[];
}

export function ClaimPage({ id }: { id: string }) {
  const { known } = useTimes();
  const answer = useAnswer<ClaimWhole>(address(`/claims/${encodeURIComponent(id)}`, { known_at: known }));
  return <Given answer={answer}>{(claim) => <Whole claim={claim} />}</Given>;
}

function spoken(about: unknown): string | null {
  if (typeof about === "string") return about;
  if (Array.isArray(about)) return about.filter((a) => typeof a === "string").join(", ") || null;
  return null;
}

function Whole({ claim }: { claim: ClaimWhole }) {
  const { writable } = useMeta();
  const correctable = writable && claim.correctable !== null && claim.superseded_at === null;
  return (
    <article>
      <p class="kicker">{t("claim.page")} · {coded("kind", claim.kind)}</p>
      <h1 dir="auto">{claimTitle(claim)}</h1>
      <Quote claim={claim} />
      <Said claim={claim} />
      <p><Thing what={`report:${claim.report.id}:${claim.id}`}>{t("claim.inreport")}</Thing>{claim.event_id !== null && <> · <Thing what={`event:${claim.event_id}`}>{t("claim.event")}</Thing></>}</p>
      <h2>{t("claim.fields")}</h2>
      <Fields claim={claim} />
      <Corrections of={claim.corrections} />
      {correctable && <p><button type="button" onClick={() => go({ tab: "desk", review: claim.id, open: null }, true)}>{t("claim.correct")}</button></p>}
      <Decisions decisions={claim.decisions} />
      {claim.superseded_at !== null && <p class="tag">{t("claim.superseded")}</p>}
    </article>
  );
}

/** A claim as coded, field by field. */
export function Fields({ claim }: { claim: Claim }) {
  const { precedent } = claim;
  const figures = Object.entries(claim.figures ?? {}).flatMap(([harm, list]) => (list ?? []).map((f) => `${coded("figure", harm)}: ${claimFigureText(f)}`));
  const speaker = claim.speaker === undefined ? [] : Array.isArray(claim.speaker) ? claim.speaker : [claim.speaker];
  return (
    <dl class="facts">
      <Fact name={t("claim.modality")}>{coded("modality", claim.modality)}</Fact>
      <Fact name={t("claim.time")}>{claim.time === null ? null : intervalText(claim.time)}</Fact>
      <Fact name={t("claim.place")}>{claim.place === null ? null : <Thing what={`place:${claim.place.key}`}>{placeName(claim.place)}</Thing>}</Fact>
      <Fact name={t("claim.holder")}>{claim.holder === undefined ? null : <><Actors names={claim.holder} /> ({statusText({ status: claim.status ?? "held", extent: claim.extent ?? "all" })})</>}</Fact>
      <Fact name={t("event.initiator")}>{claim.initiator === undefined || claim.initiator.length === 0 ? null : <Actors names={claim.initiator} />}</Fact>
      <Fact name={t("event.target")}>{claim.target === undefined || claim.target.length === 0 ? null : <Actors names={claim.target} />}</Fact>
      <Fact name={t("claim.relation")}>{claim.subject === undefined || claim.object === undefined ? null : <><Actors names={[claim.subject].flat()} /> {coded("predicate", claim.predicate ?? "")} <Actors names={[claim.object].flat()} /></>}</Fact>
      <Fact name={t("claim.speaker")}>{speaker.length === 0 ? null : <Actors names={speaker} />}</Fact>
      <Fact name={t("claim.act")}>{claim.act === undefined ? null : coded("act", claim.act)}</Fact>
      <Fact name={t("claim.about")}>{spoken(claim.about)}</Fact>
      <Fact name={t("claim.side")}>{claim.side === undefined || claim.side.length === 0 ? null : <Actors names={claim.side} />}</Fact>
      <Fact name={t("claim.figures")}>{figures.length === 0 ? null : figures.join("; ")}</Fact>
      <Fact name={t("claim.precedent")}>{precedent === null ? null : [coded("rank", precedent.rank), precedent.since].filter(Boolean).join(t("comma"))}</Fact>
      <Fact name={t("col.confidence")}>{claim.confidence === null || claim.corrections.length > 0 ? null : percent(claim.confidence)}</Fact>
    </dl>
  );
}

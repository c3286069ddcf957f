// One claim in a list: its words, who said so, where; a way to the report.
import { Thing } from "../app/bits";
import { actorNames } from "../core/called";
import { coded, longDay, percent, t } from "../core/i18n";
import type { Claim } from "../core/model";
import { claimFigureText, claimTitle, shortInterval } from "../core/words";
import { Corrections } from "./Corrections";

export function Quote({ claim }: { claim: Claim }) {
  return <blockquote dir="auto" lang={claim.report.language ?? undefined}>{claim.quote.map((q, i) => <>{i > 0 && <span class="gap"> … </span>}<span>{q}</span></>)}</blockquote>;
}

/** Who says so: the chain inside the report, then the outlet and its day. */
export function Said({ claim }: { claim: Claim }) {
  const { report, attribution } = claim;
  const outlet = report.publisher ?? t("unknown");
  return (
    <p class="said">
      {attribution.length > 0 && <><bdi>{actorNames(attribution).join(" ← ")}</bdi>{t("comma")}</>}
      <Thing what={`source:${outlet}`}>{outlet}</Thing>
      {report.published !== null && <span>{t("comma")}{longDay(report.published)}</span>}
    </p>
  );
}

export function ClaimCard({ claim, titled = true, marked = false }: { claim: Claim; titled?: boolean; marked?: boolean }) {
  const figures = Object.entries(claim.figures ?? {}).flatMap(([harm, list]) => (list ?? []).map((f) => `${coded("figure", harm)}: ${claimFigureText(f)}`));
  const doubtful = claim.modality !== "asserted";
  return (
    <li class={marked ? "claim marked" : "claim"} id={`claim-${claim.id}`}>
      {titled && <Thing what={`claim:${claim.id}`} plain><strong dir="auto">{claimTitle(claim)}</strong></Thing>}
      <Quote claim={claim} />
      <Said claim={claim} />
      <p class="under">
        {claim.time !== null && <span>{shortInterval(claim.time)}</span>}
        {figures.map((f) => <span key={f}>{f}</span>)}
        {doubtful && <span class="tag">{coded("modality", claim.modality)}</span>}
        {claim.confidence !== null && claim.corrections.length === 0 && <span class="quiet">{t("claim.confidence", { n: percent(claim.confidence) })}</span>}
        {claim.superseded_at !== null && <span class="tag">{t("claim.superseded")}</span>}
        <Thing what={`report:${claim.report.id}:${claim.id}`}>{t("claim.inreport")}</Thing>
      </p>
      <Corrections of={claim.corrections} />
    </li>
  );
}

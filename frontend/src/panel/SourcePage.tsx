// A source: what it claims, how often alone, how often contradicted.
import { Fact, Given } from "../app/bits";
import { address } from "../core/api";
import { useTimes } from "../core/context";
import { useAnswer } from "../core/data";
import { coded, count, t } from "../core/i18n";
import type { Claim, Page } from "../core/model";
import { filter, go } from "../core/store";
import { ClaimCard } from "./ClaimCard";

export interface Source {
  name: string;
  kind: string | null;
  affiliation: string | string[] | null;
  reports: number;
  claims: number;
  alone: number;
  contradicted: number;
}

export function SourcePage({ id }: { id: string }) {
  const { known } = useTimes();
  const answer = useAnswer<Source>(address(`/sources/${encodeURIComponent(id)}`, { known_at: known }));
  const claims = useAnswer<Page<Claim>>(address("/claims", { source: id, known_at: known, limit: 50 }));
  return (
    <Given answer={answer}>{(source) => (
      <article>
        <p class="kicker">{t("source.page")}</p>
        <h1 dir="auto">{source.name}</h1>
        <dl class="facts">
          <Fact name={t("col.kind")}>{source.kind === null ? null : coded("sourcekind", source.kind)}</Fact>
          <Fact name={t("source.affiliation")}>{Array.isArray(source.affiliation) ? source.affiliation.join(", ") : source.affiliation}</Fact>
          <Fact name={t("source.reports")}>{count(source.reports)}</Fact>
          <Fact name={t("source.claims")}>{count(source.claims)}</Fact>
          <Fact name={t("source.alone")}>{count(source.alone)}</Fact>
          <Fact name={t("source.contradicted")}>{count(source.contradicted)}</Fact>
        </dl>
        <p class="quiet">{t("source.note")}</p>
        <p><button type="button" onClick={() => { filter("source", source.name); go({ tab: "lists", list: "claims" }, true); }}>{t("source.filter")}</button></p>
        <section>
          <h2>{t("source.claims")}</h2>
          <Given answer={claims}>{({ items }) => items.length === 0 ? <p class="quiet">{t("none")}</p> : <ul class="claims">{items.map((c) => <ClaimCard key={c.id} claim={c} />)}</ul>}</Given>
        </section>
      </article>
    )}</Given>
  );
}

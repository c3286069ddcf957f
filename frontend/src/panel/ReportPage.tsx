// A report: its text with the words of its claims marked; a mark leads to its claim, a claim to its mark.
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Fact, Given, Outside, Thing } from "../app/bits";
import { address } from "../core/api";
import { useTimes } from "../core/context";
import { useAnswer } from "../core/data";
import { languageName, longDay, moment, t } from "../core/i18n";
import type { Claim, Report } from "../core/model";
import { open } from "../core/store";
import { claimTitle } from "../core/words";
import { ClaimCard } from "./ClaimCard";
import { pieces } from "./marks";

export function ReportPage({ id, chosen }: { id: string; chosen: string | null }) {
  const { known } = useTimes();
  const answer = useAnswer<Report>(address(`/reports/${encodeURIComponent(id)}`, { known_at: known }));
  return <Given answer={answer}>{(report) => <Whole report={report} chosen={chosen} />}</Given>;
}

function Whole({ report, chosen }: { report: Report; chosen: string | null }) {
  return (
    <article>
      <p class="kicker">{t("report.page")}</p>
      <h1 dir="auto" lang={report.language ?? undefined}>{report.title ?? t("report.untitled")}</h1>
      <dl class="facts">
        <Fact name={t("col.source")}><Thing what={`source:${report.publisher ?? ""}`}>{report.publisher ?? t("unknown")}</Thing></Fact>
        <Fact name={t("col.published")}>{report.published === null ? t("undated") : longDay(report.published)}</Fact>
        <Fact name={t("col.language")}>{report.language === null ? null : languageName(report.language)}</Fact>
        <Fact name={t("report.note")}>{report.note}</Fact>
      </dl>
      <p><Outside url={report.url}>{t("report.open")}</Outside> <span class="quiet">{t("report.recorded", { time: moment(report.recorded_at) })}</span></p>
      <section>
        <h2>{t("report.text")}</h2>
        {report.text ? <Text report={report} chosen={chosen} /> : <p class="quiet">{t("report.notext")}</p>}
      </section>
      <section>
        <h2>{t("report.claims", { n: report.claims.length })}</h2>
        {report.claims.length === 0 ? <p class="quiet">{t("report.noclaims")}</p> : <ul class="claims">{report.claims.map((c) => <ClaimCard key={c.id} claim={c} marked={c.id === chosen} />)}</ul>}
      </section>
    </article>
  );
}

function Text({ report, chosen }: { report: Report; chosen: string | null }) {
  const cut = useMemo(() => pieces(report.text, report.claims, chosen), [report, chosen]);
  const mark = useRef<HTMLElement>(null);
  useEffect(() => mark.current?.scrollIntoView({ block: "center" }), [report.id, chosen]);
  const title = (ids: string[]): string => ids.map((id) => report.claims.find((c: Claim) => c.id === id)).filter((c): c is Claim => c !== undefined).map(claimTitle).join("\n");
  let placed = false;
  return (
    <div class="text" dir="auto" lang={report.language ?? undefined}>
      {cut.map((piece, i) => {
        if (piece.claims.length === 0) return <span key={i}>{piece.text}</span>;
        const lit = chosen !== null && piece.claims.includes(chosen);
        const first = lit && !placed;
        placed ||= lit;
        const kind = `${lit ? "lit" : ""} ${piece.fields.length > 0 ? "part" : ""}`.trim();
        const next = piece.claims[(piece.claims.indexOf(chosen ?? "") + 1) % piece.claims.length] as string;
        return (
          <mark key={i} class={kind} ref={first ? mark : undefined} title={title(piece.claims)} onClick={() => open(`report:${report.id}:${next}`)}>
            {piece.text}
          </mark>
        );
      })}
    </div>
  );
}

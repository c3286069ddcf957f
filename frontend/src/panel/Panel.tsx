// The side panel: the thing that is open, with a way back and a way out.
import { useEffect, useRef } from "preact/hooks";
import { t } from "../core/i18n";
import { open } from "../core/store";
import { ActorPage } from "./ActorPage";
import { ClaimPage } from "./ClaimPage";
import { EventPage } from "./EventPage";
import { PlacePage } from "./PlacePage";
import { ReportPage } from "./ReportPage";
import { SourcePage } from "./SourcePage";

/** The report, and the claim of it to be shown, where one is named behind it. */
function parted(id: string): [string, string | null] {
  const found = /^(.+):([0-9a-f]{8,64})$/.exec(id);
  return found === null ? [id, null] : [found[1] as string, found[2] as string];
}

function Content({ kind, id }: { kind: string; id: string }) {
  switch (kind) {
    case "place":
      return <PlacePage id={id} />;
    case "event":
      return <EventPage id={id} />;
    case "claim":
      return <ClaimPage id={id} />;
    case "actor":
      return <ActorPage id={id} />;
    case "source":
      return <SourcePage id={id} />;
    case "report": {
      const [report, claim] = parted(id);
      return <ReportPage id={report} chosen={claim} />;
    }
    default:
      return <p class="quiet">{t("state.notfound")}</p>;
  }
}

export function Panel({ what }: { what: string }) {
  const [kind, id] = [what.slice(0, Math.max(0, what.indexOf(":"))), what.slice(what.indexOf(":") + 1)];
  const top = useRef<HTMLElement>(null);
  const subject = kind === "report" ? parted(id)[0] : what;
  useEffect(() => {
    top.current?.scrollTo({ top: 0 });
    top.current?.focus({ preventScroll: true });
  }, [subject]);
  useEffect(() => {
    const escaped = (e: KeyboardEvent): void => {
      if (e.key === "Escape") open(null);
    };
    window.addEventListener("keydown", escaped);
    return () => window.removeEventListener("keydown", escaped);
  }, []);
  return (
    <aside class="panel item" ref={top} tabIndex={-1} aria-label={t(`${kind}.page` as "place.page")}>
      <div class="panel-bar">
        <button type="button" onClick={() => history.back()}><i class="chevron back" aria-hidden="true" /> {t("back")}</button>
        <button type="button" onClick={() => open(null)}>{t("close")}</button>
      </div>
      <Content kind={kind} id={id} />
    </aside>
  );
}

// The page: what the ledger is, then the view that the URL names.
import { useEffect, useState } from "preact/hooks";
import { address } from "../core/api";
import { useCalled } from "../core/called";
import { MetaContext } from "../core/context";
import { refresh, useAnswer } from "../core/data";
import { direction, percent, setUsualYear, t } from "../core/i18n";
import { type Live, useLive } from "../core/live";
import type { Meta, Page, Report } from "../core/model";
import { useView } from "../core/store";
import { Brief } from "../brief/Brief";
import { Desk } from "../desk/Desk";
import { Lists } from "../lists/Lists";
import { Active } from "../lists/Filters";
import { MapView } from "../map/MapView";
import { useColours, useControl } from "../map/holding";
import { Overview } from "../panel/Overview";
import { Panel } from "../panel/Panel";
import { Controls } from "../time/Controls";
import { Timeline } from "../time/Timeline";
import { Trouble, Waiting } from "./bits";
import { useDark } from "./dark";
import { Header } from "./Header";

const RETRY_MS = 5000;

/** Set the language, direction and colours of the whole document. */
function useDocument(): void {
  const lang = useView((v) => v.lang);
  const dark = useDark();
  useEffect(() => {
    document.documentElement.lang = lang;
    document.documentElement.dir = direction(lang);
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  }, [lang, dark]);
}

export function App() {
  useDocument();
  useView((v) => v.lang);
  useCalled();
  const meta = useAnswer<Meta>(address("/meta"));
  const live = useLive();
  const offline = meta.problem?.status === 0 || !live.connected;
  useEffect(() => {
    if (meta.problem === null) return undefined;
    const timer = window.setInterval(refresh, RETRY_MS);
    return () => window.clearInterval(timer);
  }, [meta.problem]);
  const [last, keepLast] = useState<Meta | null>(null);
  useEffect(() => {
    if (meta.data !== null) keepLast(meta.data);
  }, [meta.data]);
  const oldest = useAnswer<Page<Report>>(address("/reports", { order: "asc", limit: 1 }));
  const known = meta.data ?? last;
  setUsualYear(known?.last_day?.slice(0, 4) ?? "");
  if (known === null || (oldest.data === null && oldest.loading)) return <main class="alone">{meta.problem === null ? <Waiting /> : <Trouble answer={meta} />}</main>;
  return (
    <MetaContext.Provider value={{ ...known, published_from: oldest.data?.items[0]?.published ?? null }}>
      <a class="skip" href="#content">{t("app.skip")}</a>
      <Header />
      <News live={live} offline={offline} />
      {known.counts.reports === 0 && known.counts.events === 0 ? <Empty /> : <Views />}
    </MetaContext.Provider>
  );
}

function News({ live, offline }: { live: Live; offline: boolean }) {
  const { progress } = live;
  return (
    <div class="news" aria-live="polite">
      {offline && <p class="offline">{t("state.offline")}</p>}
      {progress !== null && (
        <p class="ingest">
          {progress.total === null ? t("state.ingest") : t("state.ingestof", { share: percent(Math.min(1, progress.done / Math.max(1, progress.total))) })}
          {progress.total !== null && <progress max={progress.total} value={progress.done} aria-label={t("state.ingest")} />}
        </p>
      )}
    </div>
  );
}

function Empty() {
  return (
    <main class="alone" id="content">
      <h1>{t("state.empty")}</h1>
      <p>{t("state.empty.how")}</p>
      <pre dir="ltr"><code>warledger ingest FOLDER</code></pre>
    </main>
  );
}

function Views() {
  const tab = useView((v) => v.tab);
  const opened = useView((v) => v.open);
  const coloured = useColours();
  if (!coloured && tab !== "map") return <main key="waiting" id="content" class="alone"><Waiting /></main>;
  return (
    <main key="view" id="content" class={`view view-${tab}${opened === null ? "" : " opened"}`} tabIndex={-1}>
      {tab === "map" && <MapTab opened={opened} coloured={coloured} />}
      {tab === "lists" && <Lists />}
      {tab === "brief" && <Brief />}
      {tab === "desk" && <Desk />}
      {tab !== "map" && opened !== null && <Panel what={opened} />}
    </main>
  );
}

function MapTab({ opened, coloured }: { opened: string | null; coloured: boolean }) {
  const control = useControl(coloured);
  const [only, setOnly] = useState<string | null>(null);
  return (
    <>
      <div class="stage">
        <MapView control={control} only={only} setOnly={setOnly} />
        <section class="time" aria-label={t("on.label")}>
          <Controls />
          <Active />
          <Timeline />
        </section>
      </div>
      {opened !== null ? <Panel what={opened} /> : <div class="panel"><Overview control={control} only={only} setOnly={setOnly} /><p class="foot">{t("foot.note")}</p></div>}
    </>
  );
}

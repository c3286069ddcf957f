// The brief of a day or of some days, as the command line writes it, with a map, the days, and notes that open the quotes.
import { useEffect, useState } from "preact/hooks";
import { Given, Outside, Thing } from "../app/bits";
import { address, authorised, token } from "../core/api";
import { useTimes } from "../core/context";
import { useAnswer } from "../core/data";
import { direction, languageName, longDay, t, toldIn } from "../core/i18n";
import type { Change, Control, EventItem } from "../core/model";
import { type Lang, go, useView } from "../core/store";
import { EventRow } from "../panel/EventRow";
import { ChangeRow } from "../panel/Overview";
import { BriefChart, BriefMap } from "./Figures";

interface Sentence {
  text: string;
  notes: number[];
  claims: string[];
}
interface Note {
  number: number;
  claims: string[];
  quotes: string[];
  sources: string[];
  publisher: string | null;
  url: string | null;
  published: string | null;
  report: string;
  language: string | null;
  corrections: string[];
}
interface Written {
  language: Lang;
  from: string;
  to: string;
  headline: Sentence | null;
  lead: Sentence[];
  sections: { key: string; title: string; sentences: Sentence[]; gaps: (Sentence | string)[] }[];
  notes: Note[];
  since?: { day: string; control: { before: Control | null; after: Control | null }[]; events: EventItem[] } | null;
}

interface Asked {
  from: string;
  to: string;
  since: string | null;
  known: string | null;
}

function useAsked(): Asked {
  const { on, known } = useTimes();
  const from = useView((v) => v.from);
  const to = useView((v) => v.to);
  const since = useView((v) => v.since);
  const [a, b] = [from ?? to ?? on, to ?? from ?? on];
  return { from: a <= b ? a : b, to: a <= b ? b : a, since, known };
}

function briefAddress(asked: Asked, format: string): string {
  const days = asked.from === asked.to ? { on: asked.to } : { from: asked.from, to: asked.to };
  return address("/brief", { ...days, known_at: asked.known, format, language: toldIn(), since: format === "json" ? asked.since : null });
}

export function Brief() {
  const asked = useAsked();
  const answer = useAnswer<Written>(briefAddress(asked, "json"));
  return (
    <div class="brief">
      <Tools asked={asked} />
      <Given answer={answer}>{(written) => <Sheet written={written} />}</Given>
    </div>
  );
}

function Tools({ asked }: { asked: Asked }) {
  const { first, last } = useTimes();
  const name = `brief-${asked.to}`;
  const day = (value: string, put: (v: string) => void, label: string) => (
    <label class="field"><span>{label}</span><input type="date" min={first} max={last} value={value} onChange={(e) => put(e.currentTarget.value)} /></label>
  );
  return (
    <div class="brief-tools">
      {day(asked.from, (v) => v !== "" && go({ from: v, to: asked.to < v ? v : asked.to }, true), t("brief.from"))}
      {day(asked.to, (v) => v !== "" && go({ to: v, from: asked.from > v ? v : asked.from }, true), t("brief.to"))}
      {day(asked.since ?? "", (v) => go({ since: v || null }, true), t("brief.since"))}
      <div class="downloads">
        <button type="button" onClick={() => window.print()}>{t("brief.print")}</button>
        <Download url={briefAddress(asked, "markdown")} name={`${name}.md`}>{t("brief.markdown")}</Download>
        <Download url={briefAddress(asked, "html")} name={`${name}.html`}>{t("brief.html")}</Download>
        <Download url={briefAddress(asked, "json")} name={`${name}.json`}>{t("brief.json")}</Download>
      </div>
    </div>
  );
}

/** A file to keep. Where the server wants a token, which no link carries, it is fetched first. */
function Download({ url, name, children }: { url: string; name: string; children: string }) {
  const fetched = (e: MouseEvent): void => {
    if (token() === "") return;
    e.preventDefault();
    void fetch(url, { headers: authorised() }).then((r) => r.blob()).then((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  };
  return <a href={url} download={name} onClick={fetched}>{children}</a>;
}

function Sheet({ written }: { written: Written }) {
  const [shown, show] = useState<Note | null>(null);
  const told = { lang: written.language, dir: direction(written.language) };
  const title = written.from === written.to ? t("brief.day", { day: longDay(written.to) }) : t("brief.period", { from: longDay(written.from), to: longDay(written.to) });
  const open = (n: number): void => show(written.notes.find((x) => x.number === n) ?? null);
  const empty = written.lead.length === 0 && written.sections.every((s) => s.sentences.length === 0);
  return (
    <article class="sheet">
      <header>
        <p class="kicker">{title}</p>
        {written.headline !== null && <h1 {...told}><Words sentence={written.headline} open={open} /></h1>}
      </header>
      {empty && <p class="empty">{t("brief.empty")}</p>}
      {written.lead.length > 0 && <p class="lead" {...told}>{written.lead.map((s, i) => <>{i > 0 && " "}<Words sentence={s} open={open} /></>)}</p>}
      <div class="brief-figures">
        <BriefMap day={written.to} />
        <BriefChart from={written.from} to={written.to} />
      </div>
      {written.since != null && <Since since={written.since} />}
      {written.sections.map((section) => (
        <section key={section.key} {...told}>
          <h2>{section.title}</h2>
          <ul class="sentences">
            {section.sentences.map((s, i) => <li key={i}><Words sentence={s} open={open} /></li>)}
            {section.gaps.map((g, i) => <li key={`gap${i}`} class="quiet">{typeof g === "string" ? g : g.text}</li>)}
          </ul>
        </section>
      ))}
      <Sources notes={written.notes} lit={shown?.number ?? null} />
      {shown !== null && <Pop note={shown} close={() => show(null)} />}
    </article>
  );
}

function Words({ sentence, open }: { sentence: Sentence; open: (n: number) => void }) {
  return <>{sentence.text}{sentence.notes.map((n) => <button key={n} type="button" class="note" aria-label={t("brief.note", { n: String(n) })} onClick={() => open(n)}>[{n}]</button>)}</>;
}

function Since({ since }: { since: NonNullable<Written["since"]> }) {
  const changes = since.control.map((c): Change => ({ place: (c.after ?? c.before as Control).place, before: c.before, after: c.after }));
  return (
    <div class="since-lists">
      <h2>{t("brief.new", { day: longDay(since.day) })}</h2>
      {changes.length === 0 && since.events.length === 0 && <p class="quiet">{t("brief.nothingnew", { day: longDay(since.day) })}</p>}
      <ul class="changes">{changes.map((c) => <ChangeRow key={c.place.key} change={c} />)}</ul>
      <ul class="event-rows">{since.events.map((e) => <EventRow key={e.id} event={e} dated />)}</ul>
    </div>
  );
}

function NoteBody({ note }: { note: Note }) {
  return (
    <div>
      {note.quotes.map((q, i) => <blockquote key={i} dir="auto" lang={note.language ?? undefined}>{q}</blockquote>)}
      <p class="said">
        {note.publisher !== null && <bdi>{note.publisher}</bdi>}{note.published !== null && <>{t("comma")}{longDay(note.published)}</>}
        {note.language !== null && note.language !== "en" && <> · {languageName(note.language)}</>}
        {note.corrections.length > 0 && <> · <span class="tag">{t("corrected.tag")}</span> <bdi>{note.corrections.join("; ")}</bdi></>}
        {" · "}<Thing what={`report:${note.report}:${note.claims[0] ?? ""}`}>{t("claim.inreport")}</Thing>
        {note.url !== null && <>{" · "}<Outside url={note.url}>{t("report.open")}</Outside></>}
      </p>
    </div>
  );
}

function Sources({ notes, lit }: { notes: readonly Note[]; lit: number | null }) {
  if (notes.length === 0) return null;
  return (
    <section>
      <h2>{t("brief.sources")}</h2>
      <ol class="sources">{notes.map((n) => <li key={n.number} id={`note-${n.number}`} class={lit === n.number ? "lit" : undefined}><span>[{n.number}]</span><NoteBody note={n} /></li>)}</ol>
    </section>
  );
}

function Pop({ note, close }: { note: Note; close: () => void }) {
  useEffect(() => {
    const escaped = (e: KeyboardEvent): void => {
      if (e.key === "Escape") close();
    };
    window.addEventListener("keydown", escaped);
    return () => window.removeEventListener("keydown", escaped);
  }, []);
  return (
    <aside class="note-pop" role="note" aria-label={t("brief.note", { n: String(note.number) })}>
      <div class="holder"><strong>{t("brief.note", { n: String(note.number) })}</strong><button type="button" onClick={close}>{t("close")}</button></div>
      <NoteBody note={note} />
    </aside>
  );
}


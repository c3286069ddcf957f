// The records: one list at a time, filtered; and the words found in reports and quotes.
import { useEffect, useState } from "preact/hooks";
import { Given, Trouble, Waiting } from "../app/bits";
import { address, ask } from "../core/api";
import { useRested, useTimes } from "../core/context";
import { type Answer, asProblem, useAnswer } from "../core/data";
import { coded, count, t } from "../core/i18n";
import type { Control, Hit, Page } from "../core/model";
import { LISTS, type ListName, go, open, useView } from "../core/store";
import { Active, Filters } from "./Filters";
import { LIST_OF, type List, listParams } from "./columns";

const PAGE = 60;
const WIDE = window.matchMedia("(min-width: 40rem)").matches;

export function Lists() {
  const name = useView((v) => v.list);
  const q = useView((v) => v.filters.q);
  const list = LIST_OF[name];
  return (
    <div class="lists">
      <h1 class="sr">{t("tab.lists")}: {coded("list", name)}</h1>
      <div class="list-head">
        <div role="tablist" aria-label={t("list.which")} class="tabs small">
          {LISTS.map((l) => <button key={l} type="button" role="tab" aria-selected={l === name} onClick={() => go({ list: l as ListName }, true)}>{coded("list", l)}</button>)}
        </div>
        <details class="filters-box" open={WIDE}>
          <summary>{t("filter.title")}</summary>
          <Filters known={list.filters} />
        </details>
        <Active />
      </div>
      {q !== undefined && <Found q={q} />}
      <Rows key={name} name={name} list={list} />
    </div>
  );
}

function Found({ q }: { q: string }) {
  const { known } = useTimes();
  const answer = useAnswer<{ items: Hit[] }>(address("/search", { q, known_at: known, limit: 20 }));
  return (
    <section class="found" aria-live="polite">
      <h2>{t("search.results")}</h2>
      <Given answer={answer}>{({ items }) => items.length === 0 ? <p class="quiet">{t("search.none", { q })}</p> : (
        <ul>{items.map((hit) => <HitRow key={`${hit.kind}${hit.id}`} hit={hit} />)}</ul>
      )}</Given>
    </section>
  );
}

function HitRow({ hit }: { hit: Hit }) {
  const points = Array.from(hit.excerpt);
  const parts = [];
  let at = 0;
  for (const { start, end } of [...hit.highlights].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(points.slice(at, start).join(""), <mark key={start}>{points.slice(start, end).join("")}</mark>);
    at = end;
  }
  parts.push(points.slice(at).join(""));
  const what = hit.kind === "claim" ? `report:${hit.report_id}:${hit.id}` : `report:${hit.report_id}`;
  return (
    <li>
      <button type="button" class="thing plain" onClick={() => open(what)}>
        <span class="kicker">{t(`search.${hit.kind}`)}</span> <strong dir="auto">{hit.title ?? t("report.untitled")}</strong>
        <span class="excerpt" dir="auto">{parts}</span>
      </button>
    </li>
  );
}

interface More {
  rows: never[];
  next: string | null;
}

/** The first page as an answer, and further ones as they are asked for. */
function usePages(url: string): { answer: Answer<Page<never>>; more: More; load: () => void; loading: boolean } {
  const answer = useAnswer<Page<never>>(url);
  const [more, set] = useState<More>({ rows: [], next: null });
  const [loading, wait] = useState(false);
  useEffect(() => set({ rows: [], next: answer.data?.next ?? null }), [answer.data]);
  const load = (): void => {
    if (more.next === null || loading) return;
    wait(true);
    ask<Page<never>>(`${url}${url.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(more.next)}`)
      .then((page) => set({ rows: [...more.rows, ...page.items], next: page.next }), (e: unknown) => console.warn(asProblem(e).message))
      .finally(() => wait(false));
  };
  return { answer, more, load, loading };
}

function Rows({ name, list }: { name: ListName; list: List<never> }) {
  const view = useView((v) => v);
  const { on, known } = useTimes();
  const rested = useRested(on);
  const url = address(list.path, { ...listParams(list, view, rested, known), limit: PAGE });
  const { answer, more, load, loading } = usePages(url);
  const beside = useAnswer<{ items: Control[] }>(list.beside?.(rested, known) ?? null);
  const plain = [...(answer.data?.items ?? []), ...more.rows];
  const rows = list.join === undefined ? plain : plain.map((row) => list.join?.(row, beside.data?.items ?? []) as never);
  if (answer.problem !== null) return <Trouble answer={answer} />;
  if (answer.data === null) return <Waiting />;
  if (rows.length === 0) return <p class="empty">{t("list.none")}</p>;
  const { total } = answer.data;
  return (
    <>
      <p class="total" aria-live="polite">{total === null ? t("list.shown", { n: rows.length }) : t("list.total", { n: total })}</p>
      <Table name={name} list={list} rows={rows} />
      {more.next !== null && <button type="button" class="load" disabled={loading} onClick={load}>{t("list.more")} {total !== null && `(${count(rows.length)} / ${count(total)})`}</button>}
    </>
  );
}

function Table({ name, list, rows }: { name: ListName; list: List<never>; rows: never[] }) {
  const columns = list.columns();
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={coded("list", name)}>
      <table class="records">
        <thead><tr>{columns.map((c) => <th key={c.name} scope="col" class={c.kind}>{c.name}</th>)}</tr></thead>
        <tbody>{rows.map((row) => <tr key={list.key(row)}>{columns.map((c) => <td key={c.name} class={c.kind} data-name={c.name}>{c.cell(row)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

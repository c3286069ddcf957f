// The desk: what a person should look at, and what a person decides of it. Each act is kept with author and reason.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Given, Thing, TokenForm } from "../app/bits";
import { Problem, address, send } from "../core/api";
import { placeName } from "../core/called";
import { useMeta } from "../core/context";
import { refresh, useAnswer } from "../core/data";
import { type Key, coded, listed, t, toldIn } from "../core/i18n";
import type { Claim, EventItem, Page } from "../core/model";
import { go, keep, preference, useView } from "../core/store";
import { claimTitle } from "../core/words";
import { ClaimCard, Quote, Said } from "../panel/ClaimCard";
import { Fields } from "../panel/ClaimPage";
import { EventRow } from "../panel/EventRow";
import { CORRECTED, Correct } from "./Correct";
import { useActors } from "./actors";

export interface QueueItem {
  kind: string;
  why: string;
  claim?: Claim | null;
  claims?: Claim[] | null;
  model?: Claim | null;
  fields?: string[] | null;
  event?: EventItem | null;
  name?: string | null;
  counts?: { claims: number } | null;
}

type Act = "accept" | "discount" | "merge" | "split" | "undo";
interface Decided {
  decision: { id: string };
}
interface Outcome {
  text: string;
  bad: boolean;
  token?: boolean;
}

const KINDS = ["contradiction", "low_confidence", "coder_disagreement", "new_name"];
const LIMIT = 200;
const ALIAS = "alias-name";
const ALIAS_OF = "alias-actor";
const CHOSEN = "chosen";
const MOST_TOLD = 10;

function titleOf(item: QueueItem): string {
  if (item.name != null) return item.name;
  if (item.event != null) return `${coded("family", item.event.family)} · ${item.event.place === null ? t("nowhere") : placeName(item.event.place)}`;
  const claim = item.claim ?? item.model;
  return claim != null ? claimTitle(claim) : coded("desk.kind", item.kind);
}

const keyOf = (item: QueueItem): string => `${item.kind}:${item.event?.id ?? item.claim?.id ?? item.model?.id ?? item.name ?? item.why}`;
const isReadTwice = (item: QueueItem): boolean => item.kind === "coder_disagreement";

function whyOf(item: QueueItem): string {
  if (item.name != null && item.counts != null) return t("desk.newname", { n: item.counts.claims });
  if (!isReadTwice(item)) return item.why;
  return item.claim != null && item.model != null ? t("desk.differ", { fields: listed((item.fields ?? []).map((f) => coded("desk.reading", f))) }) : t("desk.onlyone");
}

const eventOf = (item: QueueItem): string | null => item.event?.id ?? item.claim?.event_id ?? null;

export function Desk() {
  const meta = useMeta();
  const [kind, choose] = useState("");
  const review = useView((v) => v.review);
  const answer = useAnswer<{ items: QueueItem[] }>(meta.writable ? address("/queue", { limit: LIMIT, language: toldIn() }) : null);
  const brought = useAnswer<Claim>(meta.writable && review !== null ? address(`/claims/${encodeURIComponent(review)}`) : null);
  if (!meta.writable) return <div class="lists"><h1>{t("desk.title")}</h1><p>{meta.public ? t("desk.public") : t("desk.readonly")}</p></div>;
  if (answer.data === null) return <div class="lists"><h1>{t("desk.title")}</h1><Given answer={answer}>{() => null}</Given></div>;
  return (
    <Given answer={answer}>{({ items }) => {
      const chosen = review === null || brought.data === null ? [] : [{ kind: CHOSEN, why: "", claim: brought.data }];
      const shown = [...chosen, ...items.filter((i) => (kind === "" || i.kind === kind) && (review === null || i.claim?.id !== review))];
      return <Review items={shown} kinds={KINDS.filter((k) => items.some((i) => i.kind === k))} kind={kind} choose={choose} />;
    }}</Given>
  );
}

/** What stands in the review: which item, which events are marked, who signs, what came of the last act. */
function useReview(items: readonly QueueItem[]) {
  const [at, goTo] = useState(0);
  const [marked, mark] = useState<readonly string[]>([]);
  const [author, sign] = useState(preference("author") ?? "");
  const [reason, say] = useState("");
  const [outcome, tell] = useState<Outcome | null>(null);
  const [last, keepLast] = useState<string | null>(null);
  const index = Math.min(at, Math.max(0, items.length - 1));
  const item = items[index] ?? null;
  const toggle = (): void => {
    const id = item === null ? null : eventOf(item);
    if (id !== null) mark(marked.includes(id) ? marked.filter((m) => m !== id) : [...marked, id]);
  };
  const decide = async (path: string, body: object, words: string): Promise<void> => {
    if (author.trim() === "" || reason.trim() === "") return tell({ text: t("desk.need"), bad: true });
    try {
      const done = await send<Partial<Decided>>(path, { ...body, author: author.trim(), reason: reason.trim() });
      keep("author", author.trim());
      keepLast(done.decision?.id ?? null);
      tell({ text: words, bad: false });
      mark([]);
      say("");
      refresh();
    } catch (error) {
      tell({ text: t("desk.failed", { why: error instanceof Problem ? error.message : String(error) }), bad: true, token: error instanceof Problem && error.status === 401 });
    }
  };
  return { index, item, goTo, marked, toggle, author, sign, reason, say, outcome, tell, last, keepLast, decide };
}

type State = ReturnType<typeof useReview>;

/** Carry out one act on the item, or say why it cannot be. */
function actOn(state: State, act: Act): void {
  const { item, marked, last } = state;
  const decide = (ids: string[]): void => void state.decide("/decisions", { act, ids }, act === "undo" ? t("desk.undone") : t("desk.done", { act: coded("desk", act) }));
  const refuse = (key: Key): void => state.tell({ text: t(key), bad: true });
  if (act === "undo") return last === null ? undefined : decide([last]);
  if (act === "merge") return marked.length < 2 ? refuse("desk.mergeneeds") : decide([...marked]);
  if (item === null) return undefined;
  const event = eventOf(item);
  if (act === "split") return item.claim == null || event === null ? refuse("desk.splitneeds") : decide([event, item.claim.id]);
  if (act === "accept") return event === null ? refuse("desk.noevent") : decide([event]);
  const target = item.event?.id ?? item.claim?.id ?? item.model?.id ?? null;
  return target === null ? refuse("desk.noevent") : decide([target]);
}

function useKeys(now: State, count: number, field: { current: HTMLInputElement | null }): void {
  const latest = useRef(now); // a key pressed right after a word is typed must not act on what stood before it
  latest.current = now;
  useLayoutEffect(() => { // as soon as the desk is seen: an effect behind the paint would miss a key pressed at once
    const pressed = (e: KeyboardEvent): void => {
      const typing = e.target instanceof HTMLInputElement || e.target instanceof HTMLSelectElement || e.target instanceof HTMLTextAreaElement;
      if (typing || e.ctrlKey || e.metaKey || e.altKey) {
        if (typing && e.key === "Escape") (e.target as HTMLElement).blur();
        return;
      }
      const state = latest.current;
      const moves: Record<string, () => void> = {
        j: () => state.goTo(Math.min(state.index + 1, count - 1)),
        k: () => state.goTo(Math.max(state.index - 1, 0)),
        a: () => actOn(state, "accept"),
        d: () => actOn(state, "discount"),
        m: () => actOn(state, "merge"),
        s: () => actOn(state, "split"),
        u: () => actOn(state, "undo"),
        x: () => state.toggle(),
        r: () => field.current?.focus(),
        c: () => document.getElementById(CORRECTED)?.focus(),
        n: () => document.getElementById(state.item?.name != null ? ALIAS_OF : ALIAS)?.focus(),
      };
      const move = moves[e.key.toLowerCase()];
      if (move === undefined) return;
      e.preventDefault();
      move();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [count]);
}

interface Shown {
  items: readonly QueueItem[];
  kinds: readonly string[];
  kind: string;
  choose: (k: string) => void;
}

function Review({ items, kinds, kind, choose }: Shown) {
  const state = useReview(items);
  const brought = items[0]?.kind === CHOSEN ? items[0].claim?.id : undefined;
  useEffect(() => state.goTo(0), [brought]);
  const field = useRef<HTMLInputElement>(null);
  useKeys(state, items.length, field);
  return (
    <div class="desk">
      <div class="queue">
        <h1>{t("desk.title")}</h1>
        <select aria-label={t("desk.queue")} value={kind} onChange={(e) => { choose(e.currentTarget.value); state.goTo(0); }}>
          <option value="">{t("desk.all")}</option>
          {kinds.map((k) => <option key={k} value={k}>{coded("desk.kind", k)}</option>)}
        </select>
        <p class="quiet" aria-live="polite">{items.length === 0 ? t("desk.none") : t("desk.count", { n: items.length })}</p>
        <Queue items={items} state={state} />
      </div>
      <div class="review">
        {state.item !== null && <Item item={state.item} />}
        <Acts state={state} field={field} />
        <p class="quiet">{t("desk.keys")}</p>
      </div>
    </div>
  );
}

function Queue({ items, state }: { items: readonly QueueItem[]; state: State }) {
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => current.current?.scrollIntoView({ block: "nearest" }), [state.index]);
  return (
    <ol class="queue-items">
      {items.map((item, i) => (
        <li key={keyOf(item)}>
          <button type="button" ref={i === state.index ? current : undefined} aria-current={i === state.index ? "true" : undefined} onClick={() => state.goTo(i)}>
            <span class="kicker">{coded("desk.kind", item.kind)}{state.marked.includes(eventOf(item) ?? "") && " ✓"}</span>
            <bdi>{titleOf(item)}</bdi>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Item({ item }: { item: QueueItem }) {
  const claims = useMemo(() => [...(item.claim != null && !isReadTwice(item) ? [item.claim] : []), ...(item.claims ?? [])], [item]);
  return (
    <article class="review-item">
      <p class="kicker">{coded("desk.kind", item.kind)}</p>
      <h1 dir="auto">{titleOf(item)}</h1>
      {item.kind === CHOSEN ? <p><button type="button" onClick={() => go({ review: null })}>{t("desk.putaside")}</button></p> : <p dir="auto">{whyOf(item)}</p>}
      {item.event != null && <ul class="event-rows"><EventRow event={item.event} dated /></ul>}
      {item.event != null && <EventClaims id={item.event.id} />}
      <ul class="claims">{claims.map((c) => <ClaimCard key={c.id} claim={c} />)}</ul>
      {item.claim?.correctable != null && !isReadTwice(item) && <Fields claim={item.claim} />}
      {isReadTwice(item) && <Readings item={item} />}
      {item.name != null && <Told name={item.name} />}
      {item.event == null && item.claim?.event_id != null && <Around id={item.claim.event_id} />}
    </article>
  );
}

/** The event that a doubtful claim belongs to, with everything else that is said of it. */
function Around({ id }: { id: string }) {
  const answer = useAnswer<EventItem>(address(`/events/${encodeURIComponent(id)}`));
  return (
    <section class="around">
      <h2>{t("claim.event")}</h2>
      <Given answer={answer}>{(event) => <ul class="event-rows"><EventRow event={event} dated /></ul>}</Given>
      <EventClaims id={id} />
    </section>
  );
}

/** What two coders make of the same words, side by side. */
function Readings({ item }: { item: QueueItem }) {
  const said = item.claim ?? item.model;
  if (said == null) return null;
  return (
    <>
      <Said claim={said} />
      <p><Thing what={`report:${said.report.id}:${said.id}`}>{t("claim.inreport")}</Thing></p>
      <div class="versus">
        <div><h2>{t("desk.rules")}</h2><Reading claim={item.claim ?? null} /></div>
        <div><h2>{t("desk.model")}</h2><Reading claim={item.model ?? null} /></div>
      </div>
    </>
  );
}

function Reading({ claim }: { claim: Claim | null }) {
  if (claim === null) return <p class="quiet">{t("desk.noclaim")}</p>;
  return <><strong dir="auto">{claimTitle(claim)}</strong><Quote claim={claim} /><Fields claim={claim} /></>;
}

/** The newest claims that a new name takes part in: whose it is shows there. */
function Told({ name }: { name: string }) {
  const answer = useAnswer<Page<Claim>>(address("/claims", { actor: name, limit: MOST_TOLD, order: "desc" }));
  return (
    <section class="told">
      <h2>{t("event.claims")}</h2>
      <Given answer={answer}>{({ items }) => <ul class="claims">{items.map((c) => <ClaimCard key={c.id} claim={c} />)}</ul>}</Given>
    </section>
  );
}

function EventClaims({ id }: { id: string }) {
  const answer = useAnswer<{ claims: Claim[] }>(address(`/events/${encodeURIComponent(id)}`));
  return <Given answer={answer}>{({ claims }) => <ul class="claims">{claims.map((c) => <ClaimCard key={c.id} claim={c} titled={false} />)}</ul>}</Given>;
}

const BUTTONS: readonly [Act, string][] = [["accept", "A"], ["discount", "D"], ["merge", "M"], ["split", "S"], ["undo", "U"]];

function Acts({ state, field }: { state: State; field: preact.RefObject<HTMLInputElement | null> }) {
  const { item, marked, outcome, author, reason, last } = state;
  const fresh = `${item === null ? "" : keyOf(item)} ${last ?? ""}`; // a form is empty again when what it said is recorded
  return (
    <div class="list-head">
      <div class="signed">
        <label>{t("desk.author")}<input type="text" dir="auto" autocomplete="name" value={author} onInput={(e) => state.sign(e.currentTarget.value)} /></label>
        <label>{t("desk.reason")}<input type="text" dir="auto" ref={field} value={reason} onInput={(e) => state.say(e.currentTarget.value)} /></label>
      </div>
      <div class="acts">
        {BUTTONS.map(([act, key]) => <button key={act} type="button" disabled={act === "undo" ? last === null : act === "merge" ? marked.length < 2 : item === null || item.name != null || (act !== "discount" && eventOf(item) === null)} onClick={() => actOn(state, act)}>{coded("desk", act)}<kbd>{key}</kbd></button>)}
        <button type="button" disabled={item === null || eventOf(item) === null} aria-pressed={item !== null && marked.includes(eventOf(item) ?? "")} onClick={state.toggle}>{t("desk.mark")}<kbd>X</kbd></button>
      </div>
      {marked.length > 0 && <p class="quiet">{t("desk.marked", { n: marked.length })}</p>}
      {item !== null && <Correct key={`${fresh} ${item.claim?.corrections.length ?? 0}`} event={eventOf(item)} claim={item.claim ?? null} decide={state.decide} />}
      <Alias key={fresh} name={item?.name ?? ""} state={state} />
      {outcome?.token === true && <TokenForm done={() => state.tell(null)} />}
      {outcome !== null && <p class={outcome.bad ? "outcome bad" : "outcome"} role="status">{outcome.text}</p>}
    </div>
  );
}

/** Whose a name is; that of a new name stands there. Actors are offered as one types; Enter records it. */
function Alias({ name, state }: { name: string; state: State }) {
  const [said, write] = useState(name);
  const [actor, set] = useState("");
  const typed = actor.trim();
  const offered = useActors(typed);
  return (
    <form class="acts named" onSubmit={(e) => { e.preventDefault(); void state.decide("/aliases", { name: said.trim(), actor: typed }, t("desk.done", { act: t("desk.alias") })); }}>
      <label class="field"><span>{t("desk.aliasname")}</span><input id={ALIAS} type="text" dir="auto" value={said} onInput={(e) => write(e.currentTarget.value)} /></label>
      <label class="field"><span>{t("desk.aliasof")}</span><input id={ALIAS_OF} type="text" dir="auto" list="alias-actors" autocomplete="off" value={actor} onInput={(e) => set(e.currentTarget.value)} /></label>
      <datalist id="alias-actors">{offered.map((name) => <option key={name} value={name} />)}</datalist>
      <button type="submit" disabled={said.trim() === "" || typed === ""}>{t("desk.alias")}<kbd>N</kbd></button>
    </form>
  );
}

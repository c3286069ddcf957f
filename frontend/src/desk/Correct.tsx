// The right value of one field, of an event or of a claim: Enter records it, as the button does.
import { useState } from "preact/hooks";
import { coded, t } from "../core/i18n";
import type { Claim } from "../core/model";
import { useActors } from "./actors";

export const CORRECTED = "corrected-value";
const OF_EVENTS = ["type", "place", "days", "initiator", "target", "killed"];
const ACTORS = ["initiator", "target", "holder", "side", "subject", "object", "speaker", "about"];
const FIGURES = ["killed", "wounded", "captured", "detained", "displaced", "casualties"];
const CODES: Record<string, readonly string[]> = {
  status: ["held", "contested", "besieged", "abandoned"],
  modality: ["asserted", "alleged", "denied", "possible", "planned", "negated"],
  predicate: ["supports", "opposes", "part_of", "controls_group", "successor_of", "same_as"],
  act: ["condemn", "accuse", "deny", "demand", "appeal", "threaten", "promise", "praise", "support", "assess", "claim_responsibility", "announce"],
};
const EXTENTS = ["all", "most", "part"];

interface Corrected {
  event: string | null;
  claim: Claim | null;
  decide: (path: string, body: object, words: string) => Promise<void>;
}

/** A claim's own fields where it has any that are corrected by themselves, else those of its event; nothing without one. */
export function Correct({ event, claim, decide }: Corrected) {
  const own = claim?.correctable ?? null;
  const fields = own !== null ? Object.keys(own) : OF_EVENTS;
  const [field, choose] = useState(first(own, fields));
  const [value, set] = useState(own?.[field] ?? "");
  if (own === null && event === null) return null;
  const said = value.trim();
  const record = (): Promise<void> => decide("/corrections", { ...(own !== null ? { claim: claim?.id } : { event }), field, value: said }, t("desk.done", { act: t("desk.correct") }));
  return (
    <form class="acts named correct" onSubmit={(e) => { e.preventDefault(); if (said !== "" && said !== own?.[field]) void record(); }}>
      <label class="field"><span>{own !== null ? t("desk.claimfield") : t("desk.field")}</span>
        <select value={field} onChange={(e) => { choose(e.currentTarget.value); set(own?.[e.currentTarget.value] ?? ""); }}>{fields.map((f) => <option key={f} value={f}>{coded("desk.field", f)}</option>)}</select>
      </label>
      <label class="field"><span>{hint(field, own !== null)}</span><Value field={field} value={value} set={set} /></label>
      <button type="submit" disabled={said === "" || said === own?.[field]}>{t("desk.correct")}<kbd>C</kbd></button>
    </form>
  );
}

/** The field that is looked at first: who holds the place, a figure that is given, else the first. */
function first(own: Record<string, string> | null, fields: readonly string[]): string {
  const figure = fields.find((f) => FIGURES.includes(f) && own?.[f] !== undefined && own[f] !== "unknown");
  return (fields.includes("holder") ? "holder" : figure) ?? fields[0] ?? "";
}

function hint(field: string, ofClaim: boolean): string {
  if (ACTORS.includes(field)) return t("desk.value.actors");
  if (!ofClaim) return coded("desk.value", field);
  if (FIGURES.includes(field)) return t("desk.value.figures");
  return field === "days" ? t("desk.value.claimdays") : coded("desk.value", field);
}

function Value({ field, value, set }: { field: string; value: string; set: (v: string) => void }) {
  const before = value.slice(0, value.lastIndexOf(";") + 1);
  const actors = useActors(ACTORS.includes(field) ? value.slice(before.length).trim() : "");
  const codes = CODES[field];
  if (codes !== undefined) return <select id={CORRECTED} value={value} onChange={(e) => set(e.currentTarget.value)}>{codes.map((c) => <option key={c} value={c}>{coded(field, c)}</option>)}</select>;
  const offered = field === "extent" ? EXTENTS : actors.map((name) => (before === "" ? name : `${before} ${name}`));
  return (
    <>
      <input id={CORRECTED} type="text" dir="auto" autocomplete="off" list="correct-offered" value={value} onInput={(e) => set(e.currentTarget.value)} />
      <datalist id="correct-offered">{offered.map((o) => <option key={o} value={o} />)}</datalist>
    </>
  );
}

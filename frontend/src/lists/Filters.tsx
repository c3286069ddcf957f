// The filters of the lists, the map and the timeline. What is set stands in the URL.
import { useEffect, useState } from "preact/hooks";
import { address } from "../core/api";
import { useMeta } from "../core/context";
import { useAnswer } from "../core/data";
import { coded, countryName, languageName, t, typeName } from "../core/i18n";
import { FILTERS, type Filter, filter, go, useView } from "../core/store";
import { loadWorld } from "../map/basemap";
import { FAMILIES, GRADES } from "../map/icons";

const KINDS = ["event", "control", "toll", "relation", "statement"];
const CONFIDENCES = ["0.3", "0.5", "0.7", "0.9"];

function shown(name: Filter, value: string): string {
  if (name === "type") return typeName(value);
  if (name === "country") return countryName(value);
  if (name === "language") return languageName(value);
  if (name === "family" || name === "grade" || name === "kind") return coded(name, value);
  return value;
}

function Choice({ name, values, words }: { name: Filter; values: readonly string[]; words: (v: string) => string }) {
  const value = useView((v) => v.filters[name] ?? "");
  const all = value === "" || values.includes(value) ? values : [value, ...values];
  return (
    <label class="field">
      <span>{t(`filter.${name}` as "filter.type")}</span>
      <select value={value} onChange={(e) => filter(name, e.currentTarget.value)}>
        <option value="">{t("filter.any")}</option>
        {all.map((v) => <option key={v} value={v}>{words(v)}</option>)}
      </select>
    </label>
  );
}

const SUGGESTED: Partial<Record<Filter, string>> = { actor: "/actors", place: "/places", source: "/sources" };
const MOST_SUGGESTED = 500;

/** Words of a person's own; names that the record holds are suggested once the field is entered. */
function Words({ name }: { name: Filter }) {
  const value = useView((v) => v.filters[name] ?? "");
  const [entered, enter] = useState(false);
  const path = SUGGESTED[name];
  const { data } = useAnswer<{ items: { name: string }[] }>(entered && path !== undefined ? address(path, { limit: MOST_SUGGESTED }) : null);
  return (
    <label class="field">
      <span>{t(`filter.${name}` as "filter.type")}</span>
      <input type="text" dir="auto" list={`suggest-${name}`} value={value} onFocus={() => enter(true)} onChange={(e) => filter(name, e.currentTarget.value.trim())} />
      <datalist id={`suggest-${name}`}>{data?.items.map((i) => <option key={i.name} value={i.name} />)}</datalist>
    </label>
  );
}

function Countries() {
  const [codes, set] = useState<string[]>([]);
  useEffect(() => {
    void loadWorld().then((world) => set(world.features.map((f) => f.properties?.["country"] as string)), () => null);
  }, []);
  const sorted = [...codes].sort((a, b) => countryName(a).localeCompare(countryName(b)));
  return <Choice name="country" values={sorted} words={countryName} />;
}

/** The controls for the filters that a list knows. */
export function Filters({ known }: { known: readonly Filter[] }) {
  const meta = useMeta();
  const family = useView((v) => v.filters.family);
  const types = family !== undefined && meta.families[family] !== undefined ? meta.families[family] : Object.values(meta.families).flat();
  const has = (name: Filter): boolean => known.includes(name);
  return (
    <form class="filters" onSubmit={(e) => e.preventDefault()} aria-label={t("filter.title")}>
      {has("kind") && <Choice name="kind" values={KINDS} words={(v) => coded("kind", v)} />}
      {has("family") && <Choice name="family" values={FAMILIES} words={(v) => coded("family", v)} />}
      {has("type") && <Choice name="type" values={types} words={typeName} />}
      {has("actor") && <Words name="actor" />}
      {has("place") && <Words name="place" />}
      {has("country") && <Countries />}
      {has("grade") && <Choice name="grade" values={GRADES} words={(v) => coded("grade", v)} />}
      {has("source") && <Words name="source" />}
      {has("language") && <Choice name="language" values={meta.languages.map((l) => l.code).filter((c): c is string => c !== null)} words={languageName} />}
      {has("min_confidence") && <Choice name="min_confidence" values={CONFIDENCES} words={(v) => v} />}
    </form>
  );
}

/** The filters that are set, each with a way to remove it. */
export function Active() {
  const filters = useView((v) => v.filters);
  const set = FILTERS.filter((name) => filters[name] !== undefined);
  if (set.length === 0) return null;
  return (
    <ul class="active" aria-label={t("filter.title")}>
      {set.map((name) => {
        const label = `${t(`filter.${name}` as "filter.type")}: ${shown(name, filters[name] as string)}`;
        return <li key={name}><button type="button" title={t("filter.remove", { name: label })} onClick={() => filter(name, null)}><bdi>{label}</bdi> <span aria-hidden="true">×</span></button></li>;
      })}
      <li><button type="button" class="more" onClick={() => go({ filters: {} })}>{t("filter.clear")}</button></li>
    </ul>
  );
}

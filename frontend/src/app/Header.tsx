// The head of the page: views, search, language, colours.
import { useEffect, useState } from "preact/hooks";
import { useMeta } from "../core/context";
import { coded, t } from "../core/i18n";
import { TABS, type Theme, go, keep, useView } from "../core/store";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];

export function Header() {
  const tab = useView((v) => v.tab);
  return (
    <header class="head">
      <a class="brand" href="/" onClick={(e) => { e.preventDefault(); go({ tab: "map", open: null }, true); }}>{t("app.name")}</a>
      <nav aria-label={t("nav.views")} class="tabs">
        {TABS.map((name) => (
          <a key={name} href={`?tab=${name}`} aria-current={name === tab ? "page" : undefined} onClick={(e) => { e.preventDefault(); go({ tab: name }, true); }}>{coded("tab", name)}</a>
        ))}
      </nav>
      <Search />
      <Preferences />
    </header>
  );
}

function Search() {
  const q = useView((v) => v.filters.q ?? "");
  const filters = useView((v) => v.filters);
  const [text, set] = useState(q);
  useEffect(() => set(q), [q]);
  const search = (e: Event): void => {
    e.preventDefault();
    const words = text.trim();
    const { q: _, ...others } = filters;
    go({ filters: words === "" ? others : { ...others, q: words }, tab: "lists" }, true);
  };
  return (
    <form role="search" class="search" onSubmit={search}>
      <input type="search" dir="auto" aria-label={t("search.label")} placeholder={t("search.placeholder")} value={text} onInput={(e) => set(e.currentTarget.value)} />
    </form>
  );
}

function Preferences() {
  const lang = useView((v) => v.lang);
  const theme = useView((v) => v.theme);
  const meta = useMeta();
  const other = lang === "en" ? "ar" : "en";
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme;
  return (
    <div class="preferences">
      {meta.public && <span class="tag">{t("state.public")}</span>}
      <button type="button" lang={other} onClick={() => { keep("lang", other); go({ lang: other }); }}>{t("lang.switch")}</button>
      <button type="button" title={t("theme.label", { name: coded("theme", theme) })} aria-label={t("theme.label", { name: coded("theme", theme) })}
        onClick={() => { keep("theme", next); go({ theme: next }); }}><i class={`theme-sign ${theme}`} aria-hidden="true" /></button>
    </div>
  );
}

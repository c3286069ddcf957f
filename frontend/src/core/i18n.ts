// The interface's words are data: i18n/*.json. Days and numbers are written by the browser's own tables.
import ar from "../i18n/ar.json";
import en from "../i18n/en.json";
import typesAr from "../i18n/types.ar.json";
import typesEn from "../i18n/types.en.json";
import { type Lang, current } from "./store";

type Words = Record<string, string>;
const WORDS: Record<Lang, Words> = { en, ar };
const TYPES: Record<Lang, Words> = { en: typesEn, ar: typesAr };
const LOCALE: Record<Lang, string> = { en: "en-GB", ar: "ar-u-nu-latn-ca-gregory" };
const plural: Record<Lang, Intl.PluralRules> = { en: new Intl.PluralRules("en"), ar: new Intl.PluralRules("ar") };

type Base<K> = K extends `${infer B}.one` ? B : K extends `${infer B}.other` ? B : K;
export type Key = Base<keyof typeof en>;

function words(key: string, lang: Lang): string {
  return WORDS[lang][key] ?? WORDS.en[key] ?? key;
}

function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = values[name];
    return value === undefined ? all : typeof value === "number" ? count(value) : value;
  });
}

/** The words for a key in the language of the page; `n` chooses singular or plural. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const lang = current().lang;
  const n = values["n"];
  const form = typeof n === "number" ? `${key}.${plural[lang].select(n)}` : key;
  const found = WORDS[lang][form] ?? WORDS[lang][`${key}.other`] ?? words(key, lang);
  return fill(found, values);
}

/** The words for a key that comes from the data: a code that no table has is shown as it is. */
export function coded(group: string, code: string): string {
  const lang = current().lang;
  return WORDS[lang][`${group}.${code}`] ?? WORDS.en[`${group}.${code}`] ?? code.replaceAll("_", " ");
}

export const typeName = (type: string): string =>
  TYPES[current().lang][type] ?? TYPES.en[type] ?? type.replaceAll("_", " ");

/** The language that the server is asked to tell in; English is its own and is not asked for. */
export const toldIn = (): Lang | null => (current().lang === "en" ? null : current().lang);

export const direction = (lang: Lang): "rtl" | "ltr" => (lang === "ar" ? "rtl" : "ltr");

const formats = new Map<string, unknown>();

/** A format of the page's language, made once: making one takes longer than writing with it. */
function format<T>(name: string, make: (locale: string) => T): T {
  const key = current().lang + name;
  const found = (formats.get(key) as T | undefined) ?? make(LOCALE[current().lang]);
  formats.set(key, found);
  return found;
}

const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  format(`dates${JSON.stringify(options)}`, (locale) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }));

export const longDay = (day: string): string =>
  dates({ day: "numeric", month: "long", year: "numeric" }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
let usualYear = "";

/** Days of this year are written without it. */
export function setUsualYear(year: string): void {
  usualYear = year;
}

export const shortDay = (day: string): string =>
  dates({ day: "numeric", month: "short", ...(day.startsWith(usualYear) ? {} : { year: "numeric" }) }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
export const monthName = (day: string): string =>
  dates({ month: "short", year: "numeric" }).format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
export const moment = (time: string): string =>
  `${dates({ day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }).format(new Date(time))} UTC`;
export const count = (n: number): string => format("numbers", (locale) => new Intl.NumberFormat(locale)).format(n);
export const percent = (share: number): string =>
  format("shares", (locale) => new Intl.NumberFormat(locale, { style: "percent" })).format(share);

/** A list of names in words: "A, B and C". */
export const listed = (names: readonly string[]): string =>
  names.length === 1 ? (names[0] as string) : format("lists", (locale) => new Intl.ListFormat(locale, { type: "conjunction" })).format(names);

/** A country's name in the language of the page; an unknown code is shown as it is. */
export function countryName(code: string): string {
  try {
    return format("regions", (locale) => new Intl.DisplayNames([locale], { type: "region" })).of(code) ?? code;
  } catch {
    return code;
  }
}

export function languageName(code: string): string {
  try {
    return format("languages", (locale) => new Intl.DisplayNames([locale], { type: "language" })).of(code) ?? code;
  } catch {
    return code;
  }
}

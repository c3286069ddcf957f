// Questions to the API. Answers are kept for as long as the ledger has not grown; a problem is told in the API's own words.
const BASE = "/api/v1";
const MOST_KEPT = 240;

export type Params = Record<string, string | number | boolean | null | undefined>;

/** What the API or the network answered instead of data. `status` 0: it could not be reached. */
export class Problem extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

const TOKEN = "warledger.token";

/** The token that a person gave, for as long as the tab is open. */
export function token(): string {
  try {
    return sessionStorage.getItem(TOKEN) ?? "";
  } catch {
    return "";
  }
}

export function setToken(value: string): void {
  try {
    sessionStorage.setItem(TOKEN, value.trim());
  } catch {
    // without storage it must be given again
  }
}

/** Headers with the token, where one was given. */
export function authorised(headers: Record<string, string> = {}): Record<string, string> {
  return token() === "" ? headers : { ...headers, authorization: `Bearer ${token()}` };
}

const kept = new Map<string, Promise<unknown>>();

/** The path with its parameters, empty ones left out, in a stable order. */
export function address(path: string, params: Params = {}): string {
  const pairs = Object.entries(params)
    .filter(([, value]) => value !== null && value !== undefined && value !== "")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [key, String(value)]);
  const query = new URLSearchParams(pairs).toString();
  return `${BASE}${path}${query === "" ? "" : `?${query}`}`;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const told = (await response.json()) as { title?: string; detail?: unknown };
    const detail = typeof told.detail === "string" ? told.detail : "";
    return new Problem(response.status, detail || told.title || response.statusText);
  } catch {
    return new Problem(response.status, response.statusText);
  }
}

async function request<T>(url: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers: authorised(init?.headers as Record<string, string> | undefined) });
  } catch {
    throw new Problem(0, "");
  }
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
}

/** Ask once; the same question again is answered from memory until `forget` is called. */
export function ask<T>(url: string): Promise<T> {
  const known = kept.get(url);
  if (known !== undefined) {
    kept.delete(url);
    kept.set(url, known);
    return known as Promise<T>;
  }
  const answer = request<T>(url);
  kept.set(url, answer);
  answer.catch(() => kept.delete(url));
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
  return answer;
}

/** Keep no more than so many answers to one sort of question: those of a large ledger weigh megabytes. */
export function keepAtMost(path: string, most: number): void {
  const urls = [...kept.keys()].filter((url) => url.split("?")[0] === `${BASE}${path}`);
  for (const url of urls.slice(0, Math.max(0, urls.length - most))) kept.delete(url);
}

/** Forget every answer: the ledger has grown, or a person decided something. */
export function forget(): void {
  kept.clear();
}

/** Write something; the answer is never kept. */
export function send<T>(path: string, body: unknown): Promise<T> {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return request<T>(`${BASE}${path}`, init);
}

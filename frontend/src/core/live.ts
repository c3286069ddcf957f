// What the server tells by itself: that the ledger grew, and how far an ingest has come. Read through fetch, not EventSource,
// which could carry no token.
import { useEffect, useState } from "preact/hooks";
import { authorised } from "./api";
import { refresh } from "./data";

export interface Live {
  connected: boolean;
  progress: { done: number; total: number | null } | null;
}

const REST_MS = 1500; // while an ingest runs, the page is drawn anew at most this often
const AGAIN_MS = 4000;

interface Told {
  event: string;
  data: string;
}

/** One event of a stream (WHATWG HTML, 9.2): its name and its data lines. */
export function readEvent(block: string): Told {
  const told: Told = { event: "message", data: "" };
  for (const line of block.split(/\r?\n/)) {
    const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === "event") told.event = value ?? "";
    if (field === "data") told.data += (told.data === "" ? "" : "\n") + (value ?? "");
  }
  return told;
}

async function listen(signal: AbortSignal, opened: () => void, tell: (t: Told) => void): Promise<void> {
  const response = await fetch("/api/v1/stream", { headers: authorised({ accept: "text/event-stream" }), signal });
  if (!response.ok || response.body === null) throw new Error(String(response.status));
  opened();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? "";
    blocks.map(readEvent).filter((t) => t.data !== "").forEach(tell);
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** How far an ingest is, in bytes of the reports; null where none runs. */
function progressOf(data: string): Live["progress"] {
  const told = JSON.parse(data) as Record<string, unknown> | null;
  const [done, total] = [numberOf(told?.["done_bytes"]), numberOf(told?.["total_bytes"])];
  return done === null ? null : { done, total };
}

/** Draws the page anew when the ledger is another than it was, not more often than it can be read. */
function growth(): { tell: (data: string) => void; end: () => void } {
  let known = "";
  let timer = 0;
  const tell = (data: string): void => {
    const first = known === "";
    const same = data === known;
    known = data;
    if (first || same || timer !== 0) return;
    timer = window.setTimeout(() => {
      timer = 0;
      refresh();
    }, REST_MS);
  };
  return { tell, end: () => window.clearTimeout(timer) };
}

/** Listen while the page is open; where the line breaks, try again. */
export function useLive(): Live {
  const [live, set] = useState<Live>({ connected: true, progress: null });
  useEffect(() => {
    const stop = new AbortController();
    const grown = growth();
    let again = 0;
    const tell = ({ event, data }: Told): void => {
      if (event === "ledger") grown.tell(data);
      if (event === "ingest") set((l) => ({ ...l, progress: progressOf(data) }));
    };
    const run = (): void => {
      listen(stop.signal, () => set((l) => ({ ...l, connected: true })), tell)
        .catch(() => null)
        .finally(() => {
          if (stop.signal.aborted) return;
          set({ connected: false, progress: null });
          again = window.setTimeout(run, AGAIN_MS);
        });
    };
    run();
    return () => {
      stop.abort();
      window.clearTimeout(again);
      grown.end();
    };
  }, []);
  return live;
}

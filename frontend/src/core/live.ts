// What the server tells by itself: that the ledger grew, and how far an ingest has come. The browser reconnects.
import { useEffect, useState } from "preact/hooks";
import { refresh } from "./data";

export interface Live {
  connected: boolean;
  progress: { done: number; total: number | null } | null;
}

const REST_MS = 1500; // while an ingest runs, the page is drawn anew at most this often

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** How far an ingest is, in bytes of the reports; null where none runs. */
function progressOf(data: string): Live["progress"] {
  const told = JSON.parse(data) as Record<string, unknown> | null;
  const [done, total] = [numberOf(told?.["done_bytes"]), numberOf(told?.["total_bytes"])];
  return told?.["running"] === false || done === null ? null : { done, total };
}

/** Listen while the page is open. */
export function useLive(): Live {
  const [live, set] = useState<Live>({ connected: true, progress: null });
  useEffect(() => {
    const stream = new EventSource("/api/v1/stream");
    let timer = 0;
    let known = "";
    stream.onopen = () => set((l) => ({ ...l, connected: true }));
    stream.onerror = () => set((l) => ({ ...l, connected: false }));
    stream.addEventListener("ledger", (event) => {
      const first = known === "";
      if (event.data === known) return;
      known = event.data as string;
      if (first || timer !== 0) return;
      timer = window.setTimeout(() => {
        timer = 0;
        refresh();
      }, REST_MS);
    });
    stream.addEventListener("ingest", (event) => set((l) => ({ ...l, progress: progressOf(event.data as string) })));
    return () => {
      window.clearTimeout(timer);
      stream.close();
    };
  }, []);
  return live;
}

// Answers of the API as state of a component: what came, whether more is coming, what went wrong.
import { useEffect, useRef, useState } from "preact/hooks";
import { Problem, ask, forget } from "./api";

export interface Answer<T> {
  data: T | null;
  problem: Problem | null;
  loading: boolean;
}

let edition = 0;
const watchers = new Set<() => void>();

/** Ask everything anew: the ledger has grown. */
export function refresh(): void {
  forget();
  edition += 1;
  for (const watcher of [...watchers]) watcher();
}

function useEdition(): number {
  const [seen, set] = useState(edition);
  useEffect(() => {
    const watcher = (): void => set(edition);
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  }, []);
  return seen;
}

/** The answer to one question; while another is awaited, the last one stands, so that nothing flickers. */
export function useAnswer<T>(url: string | null): Answer<T> {
  const [answer, set] = useState<Answer<T>>({ data: null, problem: null, loading: url !== null });
  const seen = useEdition();
  const asked = useRef<string | null>(null);
  useEffect(() => {
    if (url === null) {
      set({ data: null, problem: null, loading: false });
      return;
    }
    let wanted = true;
    const sameSubject = asked.current?.split("?")[0] === url.split("?")[0];
    asked.current = url;
    set((last) => ({ data: sameSubject ? last.data : null, problem: null, loading: true }));
    ask<T>(url).then(
      (data) => wanted && set({ data, problem: null, loading: false }),
      (error: unknown) => wanted && set({ data: null, problem: asProblem(error), loading: false }),
    );
    return () => {
      wanted = false;
    };
  }, [url, seen]);
  return answer;
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(-1, String(error));
}

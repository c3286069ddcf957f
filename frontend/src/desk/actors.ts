// Actors of the tables that a name may mean, as one types it.
import { address } from "../core/api";
import { useAnswer } from "../core/data";
import type { Page } from "../core/model";

const LEAST_TYPED = 2;
const MOST_OFFERED = 20;

/** Names of actors to offer for what is typed so far; none for a single letter. */
export function useActors(typed: string): readonly string[] {
  const found = useAnswer<Page<{ name: string; kind: string | null }>>(typed.length < LEAST_TYPED ? null : address("/actors", { q: typed, limit: MOST_OFFERED }));
  return (found.data?.items ?? []).filter((a) => a.kind !== null).map((a) => a.name);
}

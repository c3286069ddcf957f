// A report's text cut into pieces, so that the words of claims can be marked. The API counts characters as code points,
// the browser as UTF-16 units: the text is cut by code points.
import type { Claim, Span } from "../core/model";

export interface Piece {
  text: string;
  claims: string[];
  fields: string[];
}

interface Stretch {
  start: number;
  end: number;
  claim: string;
  field: string;
}

function quotes(claim: Claim, text: string[]): Span[] {
  const given = claim.spans["quote"];
  if (given !== undefined && given.length > 0) return given;
  const whole = text.join("");
  return claim.quote.flatMap((quote) => {
    const units = whole.indexOf(quote);
    if (units < 0) return [];
    const start = Array.from(whole.slice(0, units)).length;
    return [{ start, end: start + Array.from(quote).length, text: quote }];
  });
}

function stretches(claims: readonly Claim[], text: string[], chosen: string | null): Stretch[] {
  return claims.flatMap((claim) => {
    const words = quotes(claim, text).map((s) => ({ ...s, claim: claim.id, field: "" }));
    const fields = claim.id !== chosen ? [] : Object.entries(claim.spans).filter(([name]) => name !== "quote")
      .flatMap(([field, spans]) => spans.map((s) => ({ ...s, claim: claim.id, field })));
    return [...words, ...fields];
  });
}

/** The text in order; each piece with the claims whose quote it is, and the fields of the chosen claim that rest on it. */
export function pieces(text: string, claims: readonly Claim[], chosen: string | null): Piece[] {
  const points = Array.from(text);
  const all = stretches(claims, points, chosen).filter((s) => s.start >= 0 && s.end <= points.length && s.start < s.end);
  const edges = [...new Set([0, points.length, ...all.flatMap((s) => [s.start, s.end])])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, i) => {
    const end = edges[i + 1] as number;
    const over = all.filter((s) => s.start <= start && s.end >= end);
    return {
      text: points.slice(start, end).join(""),
      claims: [...new Set(over.filter((s) => s.field === "").map((s) => s.claim))],
      fields: [...new Set(over.filter((s) => s.field !== "").map((s) => s.field))],
    };
  });
}

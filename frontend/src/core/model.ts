// The shapes that the API answers with, as far as the page reads them. Days are ISO dates, times ISO in UTC.

export type Family = "battle" | "remote" | "civilians" | "demonstrations" | "strategic";
export type Grade = "confirmed" | "fair" | "weak" | "contested" | "discounted";
export type Precision = "exact" | "near" | "region" | "country";

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number | null;
}

export interface Meta {
  version: string;
  ledger: string;
  first_day: string | null;
  last_day: string | null;
  known_from: string | null;
  known_to: string | null;
  counts: { reports: number; claims: number; events: number; places: number };
  public: boolean;
  writable: boolean;
  families: Record<string, string[]>;
  grades: string[];
  languages: { code: string; reports: number }[];
}

export interface Place {
  key: string;
  name: string;
  latitude: number | null;
  longitude: number | null;
  precision: Precision;
  country: string | null;
  admin1: string | null;
  population: number | null;
}

/** One field of a claim as a person corrected it, and what stood there before. */
export interface Correction {
  claim: string;
  field: string;
  was: string;
  author: string | null;
  reason: string;
  decision: string;
}

export interface Control {
  place: Place;
  holder: string[];
  status: string;
  extent: string;
  since: string | null;
  confidence: number | null;
  inherited_from: Place | string | null;
  for: string[];
  against: string[];
  corrections: Correction[];
}

export interface Change {
  place: Place;
  before: Control | null;
  after: Control | null;
}

export interface Figure {
  low: number | null;
  best: number | null;
  high: number | null;
}

export interface Interval {
  start: string | null;
  end: string | null;
  precision: string;
}

export interface EventItem {
  id: string;
  version: number;
  recorded_at: string;
  type: string;
  family: Family;
  place: Place | null;
  time: Interval;
  initiator: string[];
  target: string[];
  figures: Record<string, Figure | null>;
  grade: Grade;
  reason: string;
  sources: number;
  geo_precision: number;
  time_precision: number;
  claim_ids: string[];
}

export interface Span {
  start: number;
  end: number;
  text: string;
}

export interface ReportHead {
  id: string;
  title: string | null;
  publisher: string | null;
  url: string | null;
  published: string | null;
  language: string | null;
}

export interface ClaimFigure {
  min: number | null;
  max: number | null;
  of: string | null;
}

export interface Claim {
  id: string;
  kind: string;
  quote: string[];
  spans: Record<string, Span[]>;
  attribution: string[];
  modality: string;
  time: Interval;
  place: Place | null;
  precedent: { rank: string; since: string | null; until: string | null } | null;
  confidence: number | null;
  type?: string;
  holder?: string[];
  status?: string;
  extent?: string;
  subject?: string | string[];
  predicate?: string;
  object?: string | string[];
  speaker?: string | string[];
  act?: string;
  about?: unknown;
  initiator?: string[];
  target?: string[];
  side?: string[];
  figures?: Record<string, ClaimFigure[]>;
  report: ReportHead;
  recorded_at: string;
  superseded_at: string | null;
  event_id: string | null;
  corrections: Correction[];
  /** Fields that a person may correct, with what each holds as one would type it; null of an event's claim. */
  correctable: Record<string, string> | null;
}

export interface Report extends ReportHead {
  note: string | null;
  recorded_at: string;
  text: string;
  claims: Claim[];
}

export interface DayRow {
  day: string;
  families: Partial<Record<Family, number>>;
  killed: Figure | null;
  changed: number;
}

export interface Hit {
  kind: "report" | "claim";
  id: string;
  report_id: string;
  title: string | null;
  excerpt: string;
  highlights: { start: number; end: number }[];
}

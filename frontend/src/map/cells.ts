// Areas of control: for each settlement the points nearer to it than to any other settlement of the record, no further away
// than REACH_KM, and inside its country. They say which settlement's reports an area borrows from, and nothing of a front.
import { Delaunay } from "d3-delaunay";

export type Point = [number, number];
export type Ring = Point[];
/** A country's polygons, each an outer ring and its holes, in degrees. */
export type Land = Ring[][];

export const REACH_KM = 20;
const KM_A_DEGREE = 111.32;
const CORNERS = 28;

export interface Site {
  key: string;
  at: Point;
  country: string | null;
}

/** What lies left of, or on, the line from a to b. */
function cutBy(ring: Ring, a: Point, b: Point): Ring {
  const side = (p: Point): number => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
  const out: Ring = [];
  for (let i = 0; i < ring.length; i += 1) {
    const p = ring[i] as Point;
    const q = ring[(i + 1) % ring.length] as Point;
    const [sp, sq] = [side(p), side(q)];
    if (sp >= 0) out.push(p);
    if ((sp > 0 && sq < 0) || (sp < 0 && sq > 0)) {
      const share = sp / (sp - sq);
      out.push([p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])]);
    }
  }
  return out;
}

/** A ring of any shape cut to a convex one that runs counter-clockwise (Sutherland and Hodgman, 1974). */
export function cutTo(ring: Ring, convex: Ring): Ring {
  let left = ring;
  for (let i = 0; i < convex.length && left.length > 0; i += 1) {
    left = cutBy(left, convex[i] as Point, convex[(i + 1) % convex.length] as Point);
  }
  return left;
}

function opened(ring: readonly (readonly number[])[]): Ring {
  const points = ring.map((p) => [p[0] as number, p[1] as number] as Point);
  const [first, last] = [points[0], points[points.length - 1]];
  if (points.length > 1 && first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1]) points.pop();
  return points;
}

function counterClockwise(ring: Ring): Ring {
  let twice = 0;
  ring.forEach((p, i) => {
    const q = ring[(i + 1) % ring.length] as Point;
    twice += p[0] * q[1] - q[0] * p[1];
  });
  return twice < 0 ? [...ring].reverse() : ring;
}

/** A round around a place, wide REACH_KM, counter-clockwise. */
export function around([x, y]: Point, km: number, corners = CORNERS): Ring {
  const stretch = Math.max(0.05, Math.cos((y * Math.PI) / 180));
  const r = km / KM_A_DEGREE;
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    return [x + (r / stretch) * Math.cos(angle), y + r * Math.sin(angle)] as Point;
  });
}

function boxOf(ring: Ring): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

interface Outline {
  rings: { ring: Ring; box: [number, number, number, number] }[];
}

function outlines(land: Land): Outline[] {
  return land.map((polygon) => ({ rings: polygon.map((r) => ({ ring: opened(r), box: boxOf(r) })) }));
}

function apart(a: readonly number[], b: readonly number[]): boolean {
  return (a[2] as number) < (b[0] as number) || (b[2] as number) < (a[0] as number) ||
    (a[3] as number) < (b[1] as number) || (b[3] as number) < (a[1] as number);
}

/** A cell cut to a country; each polygon of the answer is an outer ring and its holes. */
function within(cell: Ring, country: Outline[]): Land {
  const box = boxOf(cell);
  const out: Land = [];
  for (const { rings } of country) {
    const [outer, ...holes] = rings;
    if (outer === undefined || apart(box, outer.box)) continue;
    const cut = cutTo(outer.ring, cell);
    if (cut.length < 3) continue;
    const gaps = holes.filter((h) => !apart(box, h.box)).map((h) => cutTo(h.ring, cell)).filter((h) => h.length > 2);
    out.push([cut, ...gaps].map((r) => [...r, r[0] as Point]));
  }
  return out;
}

/**
 * The cells of settlements, in their order; an empty one where a place stands on no land that is known.
 *
 * Distances are taken in the plane of the sites' middle latitude, which a country is small enough for.
 */
export function cellsOf(sites: readonly Site[], lands: ReadonlyMap<string, Land>): Land[] {
  if (sites.length === 0) return [];
  const middle = sites.reduce((sum, s) => sum + s.at[1], 0) / sites.length;
  const stretch = Math.max(0.05, Math.cos((middle * Math.PI) / 180));
  const flat = sites.map((s) => [s.at[0] * stretch, s.at[1]] as Point);
  const [x0, y0, x1, y1] = boxOf(flat);
  const voronoi = Delaunay.from(flat).voronoi([x0 - 1, y0 - 1, x1 + 1, y1 + 1]);
  const shapes = new Map([...lands].map(([country, land]) => [country, outlines(land)]));
  const same = sameSpots(flat);
  return sites.map((site, i) => {
    const raw = voronoi.cellPolygon(same.get(i) ?? i) as [number, number][] | null;
    const round = around(site.at, REACH_KM);
    const cell = raw === null ? round : cutTo(round, counterClockwise(opened(raw).map(([x, y]) => [x / stretch, y] as Point)));
    const shape = site.country === null ? undefined : shapes.get(site.country);
    if (cell.length < 3) return [];
    return shape === undefined ? [[[...cell, cell[0] as Point]]] : within(cell, shape);
  });
}

/** Of places at one spot only the first has a cell of the diagram; the others point to it. */
function sameSpots(points: readonly Point[]): Map<number, number> {
  const first = new Map<string, number>();
  const out = new Map<number, number>();
  points.forEach(([x, y], i) => {
    const spot = `${x.toFixed(6)},${y.toFixed(6)}`;
    const earlier = first.get(spot);
    if (earlier === undefined) first.set(spot, i);
    else out.set(i, earlier);
  });
  return out;
}

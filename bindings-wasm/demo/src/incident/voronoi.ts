// The geometry of the map: a cell around the centre of each Kreis, cut to a circle so that the outline is that of the
// country. Kilometres on a plane; east is right, north is up.

import { Delaunay } from "d3-delaunay";
import type { Region } from "lotse";

export type Point = readonly [x: number, y: number];

export interface MapCell {
  code: string;
  name: string;
  centre: Point;
  path: string;
}

export interface Cells {
  cells: readonly MapCell[];
  /** The lines between Länder, as one path. */
  borders: string;
  /** The cell at a point, if any. */
  at: (x: number, y: number) => MapCell | null;
}

const KM_PER_DEGREE = 111.2;
/** Of longitude, in the middle of the country. */
const NARROWER = Math.cos((51 * Math.PI) / 180);
const RADIUS = 45;
const CORNERS = 40;

export function cellsOf(regions: readonly Region[]): Cells {
  const kreise = regions.filter(({ kind, lat, lon }) => kind === "kreis" && lat != null && lon != null);
  const centres = kreise.map(({ lat, lon }): Point => [
    (lon ?? 0) * KM_PER_DEGREE * NARROWER,
    -(lat ?? 0) * KM_PER_DEGREE,
  ]);
  const delaunay = Delaunay.from(
    centres,
    ([x]) => x,
    ([, y]) => y,
  );
  const voronoi = delaunay.voronoi(around(centres));
  const polygons = centres.map((centre, index) => cut(voronoi.cellPolygon(index) ?? [], centre));
  const cells = kreise.map(({ code, name }, index): MapCell => {
    const centre = centres[index] ?? [0, 0];
    return { code, name: name ?? code, centre, path: pathOf(polygons[index] ?? []) };
  });

  let borders = "";
  for (const [index, polygon] of polygons.entries()) {
    for (const [corner, from] of polygon.entries()) {
      const to = polygon[(corner + 1) % polygon.length] ?? from;
      const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      const other = across(index, middle, centres, delaunay.neighbors(index));
      const foreign = other !== null && kreise[other]?.parent !== kreise[index]?.parent;
      if (foreign && other > index) borders += `M${short(from)}L${short(to)}`;
    }
  }

  const at = (x: number, y: number): MapCell | null => {
    const index = delaunay.find(x, y);
    const centre = centres[index];
    return centre && Math.hypot(centre[0] - x, centre[1] - y) <= RADIUS ? (cells[index] ?? null) : null;
  };
  return { cells, borders, at };
}

/** The box around points, with room for the circles. */
export function around(points: readonly Point[]): [number, number, number, number] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs) - RADIUS, Math.min(...ys) - RADIUS, Math.max(...xs) + RADIUS, Math.max(...ys) + RADIUS];
}

/** Whose cell lies on the other side of the middle of an edge: the one that is as near. */
function across(index: number, middle: Point, centres: readonly Point[], neighbours: Iterable<number>): number | null {
  const far = (to: number): number =>
    Math.hypot((centres[to]?.[0] ?? 0) - middle[0], (centres[to]?.[1] ?? 0) - middle[1]);
  const own = far(index);
  for (const other of neighbours) if (Math.abs(far(other) - own) < 0.01) return other;
  return null;
}

/** A convex polygon cut to the circle around a centre, side by side. */
function cut(polygon: readonly Point[], [cx, cy]: Point): Point[] {
  const reach = RADIUS * Math.cos(Math.PI / CORNERS);
  // The last corner of a closed polygon is the first once more.
  let left = polygon.slice(0, -1);
  for (let side = 0; side < CORNERS; side += 1) {
    const angle = (2 * Math.PI * side) / CORNERS;
    const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
    const beyond = ([x, y]: Point): number => (x - cx) * nx + (y - cy) * ny - reach;
    const kept: Point[] = [];
    for (const [corner, from] of left.entries()) {
      const to = left[(corner + 1) % left.length] ?? from;
      const [a, b] = [beyond(from), beyond(to)];
      if (a <= 0) kept.push(from);
      if (a <= 0 !== b <= 0) {
        const part = a / (a - b);
        kept.push([from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])]);
      }
    }
    left = kept;
  }
  return left;
}

function pathOf(polygon: readonly Point[]): string {
  return polygon.length === 0 ? "" : `M${polygon.map(short).join("L")}Z`;
}

function short([x, y]: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

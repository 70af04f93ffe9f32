// The geometry of the map: the Voronoi cells of the centres of the Kreise (Delaunay triangulation in O(n log n)),
// clipped to circles, so that the outline resembles that of the country. Coordinates are kilometres on a plane; x grows
// to the east, y to the south.

import { Delaunay } from "d3-delaunay";
import type { Region } from "lotse";

export type Point = readonly [x: number, y: number];

export interface MapCell {
  code: string;
  name: string;
  centre: Point;
  path: string;
}

export interface VoronoiDiagram {
  cells: readonly MapCell[];
  /** The borders of Länder as one path. */
  borders: string;
  /** Returns the cell at a point, or `null` outside of all cells. */
  cellAt: (x: number, y: number) => MapCell | null;
}

const KM_PER_DEGREE = 111.2;
/** The factor for degrees of longitude, at the latitude of the middle of the country. */
const LONGITUDE_SCALE = Math.cos((51 * Math.PI) / 180);
/** The maximum distance of a point of a cell from its centre. */
const RADIUS = 45;
/** The number of corners of the polygon that approximates the circle. */
const CORNERS = 40;
/** The difference of distances up to which two centres count as equally near. */
const TOLERANCE = 0.01;

export function buildVoronoi(regions: readonly Region[]): VoronoiDiagram {
  const kreise = regions.filter(({ kind, lat, lon }) => kind === "kreis" && lat != null && lon != null);
  const centres = kreise.map(({ lat, lon }): Point => [
    (lon ?? 0) * KM_PER_DEGREE * LONGITUDE_SCALE,
    -(lat ?? 0) * KM_PER_DEGREE,
  ]);
  const delaunay = Delaunay.from(
    centres,
    ([x]) => x,
    ([, y]) => y,
  );
  const voronoi = delaunay.voronoi(boundingBox(centres));
  const polygons = centres.map((centre, index) => clipToCircle(voronoi.cellPolygon(index) ?? [], centre));
  const cells = kreise.map(({ code, name }, index): MapCell => {
    const centre = centres[index] ?? [0, 0];
    return { code, name: name ?? code, centre, path: pathOf(polygons[index] ?? []) };
  });

  let borders = "";
  for (const [index, polygon] of polygons.entries()) {
    for (const [corner, from] of polygon.entries()) {
      const to = polygon[(corner + 1) % polygon.length] ?? from;
      const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
      const other = neighbourAcross(index, middle, centres, delaunay.neighbors(index));
      const isBorder = other !== null && kreise[other]?.parent !== kreise[index]?.parent;
      // Each border once.
      if (isBorder && other > index) borders += `M${pointText(from)}L${pointText(to)}`;
    }
  }

  const cellAt = (x: number, y: number): MapCell | null => {
    const index = delaunay.find(x, y);
    const centre = centres[index];
    return centre && Math.hypot(centre[0] - x, centre[1] - y) <= RADIUS ? (cells[index] ?? null) : null;
  };
  return { cells, borders, cellAt };
}

/** Returns the bounding box [left, top, right, bottom] of the circles around points. */
export function boundingBox(points: readonly Point[]): [number, number, number, number] {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs) - RADIUS, Math.min(...ys) - RADIUS, Math.max(...xs) + RADIUS, Math.max(...ys) + RADIUS];
}

/** Returns the cell on the other side of an edge, given its midpoint: the neighbour whose centre is equally near. */
function neighbourAcross(
  index: number,
  middle: Point,
  centres: readonly Point[],
  neighbours: Iterable<number>,
): number | null {
  const distance = (to: number): number =>
    Math.hypot((centres[to]?.[0] ?? 0) - middle[0], (centres[to]?.[1] ?? 0) - middle[1]);
  const own = distance(index);
  for (const other of neighbours) if (Math.abs(distance(other) - own) < TOLERANCE) return other;
  return null;
}

/** Clips a convex polygon to the circle around a centre (Sutherland–Hodgman, one side of the circle at a time). */
function clipToCircle(polygon: readonly Point[], [cx, cy]: Point): Point[] {
  const apothem = RADIUS * Math.cos(Math.PI / CORNERS);
  // The last corner of a closed ring repeats the first one.
  let remaining = polygon.slice(0, -1);
  for (let side = 0; side < CORNERS; side += 1) {
    const angle = (2 * Math.PI * side) / CORNERS;
    const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
    const outside = ([x, y]: Point): number => (x - cx) * nx + (y - cy) * ny - apothem;
    const kept: Point[] = [];
    for (const [corner, from] of remaining.entries()) {
      const to = remaining[(corner + 1) % remaining.length] ?? from;
      const [a, b] = [outside(from), outside(to)];
      if (a <= 0) kept.push(from);
      if (a <= 0 !== b <= 0) {
        const ratio = a / (a - b);
        kept.push([from[0] + ratio * (to[0] - from[0]), from[1] + ratio * (to[1] - from[1])]);
      }
    }
    remaining = kept;
  }
  return remaining;
}

function pathOf(polygon: readonly Point[]): string {
  return polygon.length === 0 ? "" : `M${polygon.map(pointText).join("L")}Z`;
}

function pointText([x, y]: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

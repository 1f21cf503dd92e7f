import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import imported from '@svg-maps/world';

/** Of the drawing's 1010 × 666 units: how far a line may be off, and the smallest island that is drawn. */
const tolerance = 0.6;
const areaMin = 1;

/** Its own types come from a package that it does not bring. */
const world = imported as unknown as {
  readonly locations: readonly { readonly id: string; readonly path: string }[];
};

type Point = readonly [x: number, y: number];

/** Path of each country's outline by its code, with as few points as the page's size shows. */
export function drawWorldMap(): Readonly<Record<string, string>> {
  const countries = world.locations
    .filter(({ id }) => /^[a-z]{2}$/.test(id) && id !== 'aq')
    .map(({ id, path }) => [id.toUpperCase(), drawOutline(path)] as const);
  return Object.fromEntries(countries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function drawOutline(path: string): string {
  const rings = readRings(path).map((ring) => ({ ring, area: areaOf(ring) }));
  const largest = Math.max(...rings.map(({ area }) => area));
  return rings
    .filter(({ area }) => area === largest || area >= areaMin)
    .map(({ ring }) => drawRing(simplify(ring)))
    .join('');
}

/** The drawing has but "m x,y dx,dy … z", all relative. */
function readRings(path: string): Point[][] {
  const rings: Point[][] = [];
  let [x, y] = [0, 0];
  for (const part of path.split(/z/i)) {
    const numbers = (part.match(/-?\d*\.?\d+(?:e-?\d+)?/g) ?? []).map(Number);
    const ring: Point[] = [];
    for (let at = 0; at + 1 < numbers.length; at += 2) {
      x += numbers[at] ?? 0;
      y += numbers[at + 1] ?? 0;
      ring.push([x, y]);
    }
    const [first] = ring;
    if (!first) continue;
    rings.push(ring);
    // A closed ring ends where it began, and the next one counts from there.
    [x, y] = first;
  }
  return rings;
}

function areaOf(ring: readonly Point[]): number {
  const twice = ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length] ?? [0, 0];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** Douglas and Peucker's: what is nearer to the line than the tolerance goes. */
function simplify(points: readonly Point[]): readonly Point[] {
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last || points.length < 3) return points;
  const distances = points.map((point) => distance(point, first, last));
  const furthest = Math.max(...distances);
  if (furthest < tolerance) return [first, last];
  const at = distances.indexOf(furthest);
  return [...simplify(points.slice(0, at + 1)).slice(0, -1), ...simplify(points.slice(at))];
}

function distance([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const length = Math.hypot(dx, dy);
  if (length < 0.01) return Math.hypot(x - fromX, y - fromY);
  return Math.abs(dy * (x - fromX) - dx * (y - fromY)) / length;
}

/** In tenths, relative to the point before; a ring that shrank to less than three points becomes a small square. */
function drawRing(points: readonly Point[]): string {
  const tenths = points.map(([x, y]) => [Math.round(x * 10), Math.round(y * 10)] as const);
  const [[startX, startY] = [0, 0]] = tenths;
  if (points.length < 3) return `M${startX / 10},${startY / 10}h.8v.8h-.8z`;
  let [x, y] = [startX, startY];
  const steps = tenths.slice(1).map(([nextX, nextY]) => {
    const step = `${(nextX - x) / 10} ${(nextY - y) / 10}`;
    [x, y] = [nextX, nextY];
    return step;
  });
  const line = steps.join(' ').replaceAll('0.', '.').replaceAll(' -', '-');
  return `M${startX / 10},${startY / 10}l${line}z`;
}

if (import.meta.main) {
  const lines = Object.entries(drawWorldMap()).map(([code, path]) => `  ${code}: '${path}',`);
  const text = `/**
 * Path of each country's outline by ISO 3166-1 alpha-2, in 1010 × 666 units. Drawn by draw-world-map.ts from the map of
 * npm's @svg-maps/world, © Victor Cazanave, CC BY 4.0; simplified.
 */
export const worldMap: Readonly<Record<string, string>> = {\n${lines.join('\n')}\n};\n`;
  await writeFile(join(import.meta.dirname, 'world-map.ts'), text);
}

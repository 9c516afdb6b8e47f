import { layerOf } from './paper-marks.ts';
import { makePlaceGrid, nearestInGrid, type PlaceGrid, papersInBox } from './place-grid.ts';
import { type Location, locate, type Scene } from './scene.ts';
import type { MapPoint } from './viewport.ts';

/** Finds the paper at a point of the map. */
export interface Picker {
  /** Number of indexes built so far. */
  readonly builds: number;
  /** Index of the nearest paper drawn within `radius` (map units) of `point`, −1 when there is none. */
  pick(scene: Scene, point: MapPoint, radius: number): number;
  /** The placed papers within `radius` (map units) of paper `index`, ascending; itself alone while papers glide. */
  around(scene: Scene, index: number, radius: number): number[];
}

/**
 * A picker over a scene. A settled layout is indexed (a grid, O(n) once) at the first pick after it has settled, so
 * that layouts that only stream by are never indexed. While papers glide, every drawn place is compared instead (O(n),
 * measured 13 ms for a million): this is exact, and there is at most one pick an animation frame. Among papers at the
 * same distance the one drawn on top is picked.
 */
export function makePicker(): Picker {
  let grid: PlaceGrid | null = null;
  let builds = 0;
  const gridOf = (scene: Scene): PlaceGrid => {
    if (grid?.positions === scene.target) return grid;
    builds++;
    grid = makePlaceGrid(scene.target);
    return grid;
  };
  return {
    get builds() {
      return builds;
    },
    pick(scene, point, radius) {
      if (scene.origin) return pickByScan(scene, point, radius);
      return nearestInGrid(gridOf(scene), point, radius, (a, b) => isAbove(scene, a, b));
    },
    around(scene, index, radius) {
      const [x, y] = [scene.target[2 * index], scene.target[2 * index + 1]];
      if (scene.origin || !Number.isFinite(x) || !Number.isFinite(y)) return [index];
      const box = { minX: x - radius, maxX: x + radius, minY: y - radius, maxY: y + radius };
      return papersInBox(gridOf(scene), box)
        .filter((i) => Math.hypot(scene.target[2 * i] - x, scene.target[2 * i + 1] - y) <= radius)
        .sort((a, b) => a - b);
    },
  };
}

/** Compares every paper. O(n). */
function pickByScan(scene: Scene, point: MapPoint, radius: number): number {
  const at: Location = { x: 0, y: 0, presence: 0 };
  let best = -1;
  let bestSquare = radius * radius;
  for (let i = 0; i < scene.count; i++) {
    locate(scene, i, at);
    if (!(at.presence > 0)) continue;
    const square = (at.x - point.x) ** 2 + (at.y - point.y) ** 2;
    if (square > bestSquare) continue;
    if (square === bestSquare && best >= 0 && !isAbove(scene, i, best)) continue;
    best = i;
    bestSquare = square;
  }
  return best;
}

function isAbove(scene: Scene, a: number, b: number): boolean {
  const layerA = layerOf(scene.states[a] ?? 0);
  const layerB = layerOf(scene.states[b] ?? 0);
  return layerA === layerB ? scene.draw.slots[a] > scene.draw.slots[b] : layerA > layerB;
}

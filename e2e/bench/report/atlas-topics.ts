import { type DensityView, densityMap, openingView, placeOfPixel } from './density-map.ts';
import type { Grouping } from './grouping.ts';

/** Pixels along a side, and the two bandwidths in pixels, coarse and fine, whatever the map. */
const SIZE = 1000;
const BANDWIDTHS = [10, 5] as const;
/** Of the most massive cluster at the same bandwidth: those below have no name. */
const MIN_MASS = 0.005;

/** A rectangle on the map. */
interface Rectangle {
  readonly xMin: number;
  readonly yMin: number;
  readonly xMax: number;
  readonly yMax: number;
}

/** What the package's own `findClusters` says of a cluster, in pixels: the parts that are used. */
interface FoundCluster {
  readonly meanX: number;
  readonly meanY: number;
  readonly sumDensity: number;
  readonly boundaryRectApproximation: readonly (readonly [number, number, number, number])[];
}

/** A call of the package's worker; the density map is handed over. */
export type CallAtlas = (name: string, payload: readonly unknown[]) => Promise<unknown>;

interface Region {
  readonly band: number;
  readonly x: number;
  readonly y: number;
  readonly rects: readonly Rectangle[];
}

/**
 * The names of Embedding Atlas, one grouping a bandwidth of 10 and 5 px: `call` runs its own `findClusters` and
 * text summarizer; the density map, which it makes on the GPU, is made by `densityMap` and its time is not counted. What
 * its page does between the calls is done here: clusters with less than half a percent of the largest one's mass go, the
 * words of all regions are weighed together. It never says which papers are in a cluster: here those in its rectangles,
 * a paper in several in the one whose middle is nearest. Regions with neither a paper nor a name are left out.
 */
export async function atlasTopics(
  positions: Float32Array,
  texts: readonly string[],
  call: CallAtlas,
): Promise<readonly Grouping[]> {
  const view = openingView(positions);
  const maps = BANDWIDTHS.map((sigma) => densityMap(positions, view, SIZE, sigma));
  const regions: Region[] = [];
  const seconds: number[] = [];
  for (const [band, map] of maps.entries()) {
    const began = cpuSeconds();
    // The package's own worker answers with a list of this.
    const clusters = (await call('findClusters', [map, SIZE, SIZE])) as readonly FoundCluster[];
    seconds.push(cpuSeconds() - began);
    regions.push(...regionsOf(clusters, view, band));
  }
  const began = cpuSeconds();
  const names = await summarize(regions, positions, texts, call);
  const naming = cpuSeconds() - began;
  return BANDWIDTHS.map((sigma, band) => ({
    recipe: `Embedding Atlas, ${sigma} px`,
    ...groupsOf(regions, names, band, positions),
    // Names of both bandwidths are made in one go.
    seconds: seconds[band] + naming / BANDWIDTHS.length,
  }));
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function regionsOf(clusters: readonly FoundCluster[], view: DensityView, band: number): Region[] {
  const most = clusters.reduce((sum, { sumDensity }) => Math.max(sum, sumDensity), 0);
  return clusters
    .filter(({ sumDensity }) => sumDensity / most > MIN_MASS)
    .map(({ meanX, meanY, boundaryRectApproximation }) => {
      const [x, y] = placeOfPixel(view, SIZE, meanX, meanY);
      const rects = boundaryRectApproximation.map(([x0, y0, x1, y1]) => {
        const [a, b] = [placeOfPixel(view, SIZE, x0, y0), placeOfPixel(view, SIZE, x1, y1)];
        return {
          xMin: Math.min(a[0], b[0]),
          yMin: Math.min(a[1], b[1]),
          xMax: Math.max(a[0], b[0]),
          yMax: Math.max(a[1], b[1]),
        };
      });
      return { band, x, y, rects };
    });
}

/** By region: up to four words. */
async function summarize(
  regions: readonly Region[],
  positions: Float32Array,
  texts: readonly string[],
  call: CallAtlas,
): Promise<readonly (readonly string[])[]> {
  const id = await call('textSummarizerCreate', [{ regions: regions.map(({ rects }) => rects), stopWords: null }]);
  const x = positions.filter((_, at) => at % 2 === 0);
  const y = positions.filter((_, at) => at % 2 === 1);
  await call('textSummarizerAdd', [id, { x, y, text: texts }]);
  // The package's own worker answers with a list of words for each region.
  return (await call('textSummarizerSummarize', [id])) as readonly (readonly string[])[];
}

function groupsOf(
  regions: readonly Region[],
  names: readonly (readonly string[])[],
  band: number,
  positions: Float32Array,
): Pick<Grouping, 'groups' | 'groupOf'> {
  const homes = Int32Array.from({ length: positions.length / 2 }, (_, paper) =>
    homeOf(regions, band, positions[paper * 2], positions[paper * 2 + 1]),
  );
  const sizes = new Int32Array(regions.length);
  for (const region of homes) if (region >= 0) sizes[region]++;
  const kept = [...regions.keys()].filter((at) => regions[at].band === band && (sizes[at] > 0 || names[at].length > 0));
  const placeOf = new Map(kept.map((region, place) => [region, place]));
  return {
    groups: kept.map((region) => ({ id: region, phrases: names[region], parent: -1, size: sizes[region] })),
    groupOf: homes.map((region) => placeOf.get(region) ?? -1),
  };
}

function homeOf(regions: readonly Region[], band: number, x: number, y: number): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  regions.forEach((region, at) => {
    if (region.band !== band) return;
    const isIn = region.rects.some(({ xMin, yMin, xMax, yMax }) => x >= xMin && x <= xMax && y >= yMin && y <= yMax);
    const far = (region.x - x) ** 2 + (region.y - y) ** 2;
    if (isIn && far < least) [best, least] = [at, far];
  });
  return best;
}

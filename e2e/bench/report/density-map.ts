/** The square part of a map that a density map shows. */
export interface DensityView {
  readonly centreX: number;
  readonly centreY: number;
  /** Half its side is 1 / scale. */
  readonly scale: number;
}

/**
 * The view that Embedding Atlas opens with: around the medians, 0.95 of its half side three standard deviations of the
 * wider axis. `positions`: n×2, finite, at least two papers. O(n log n).
 */
export function openingView(positions: Float32Array): DensityView {
  const xs = positions.filter((_, at) => at % 2 === 0);
  const ys = positions.filter((_, at) => at % 2 === 1);
  const spread = Math.max(deviation(xs), deviation(ys), 0.001);
  return { centreX: middle(xs), centreY: middle(ys), scale: 0.95 / (3 * spread) };
}

/**
 * How densely papers stand, as Embedding Atlas reads it back from the GPU: size×size numbers, row by row from the bottom,
 * each paper shared by the four pixels around it and blurred by a Gaussian of `sigma` pixels (cut at four of them),
 * rounded to half precision, what is below its normal numbers to 0. Its own filter is a recursive one that is near to
 * this, with half precision between its passes too. Papers outside the view count for nothing. O(n + size² × sigma).
 */
export function densityMap(positions: Float32Array, view: DensityView, size: number, sigma: number): Float32Array {
  const counts = spreadPapers(positions, view, size);
  const kernel = gaussian(sigma);
  // Blurred along the rows and transposed, twice: the same as along rows, then along columns.
  const density = blurTransposed(blurTransposed(counts, size, kernel), size, kernel);
  roundToHalf(density);
  return density;
}

/** The place on the map of a pixel of a density map, the inverse of what `densityMap` does to papers, half a pixel aside as there. */
export function placeOfPixel(view: DensityView, size: number, x: number, y: number): [number, number] {
  return [view.centreX + ((x / size) * 2 - 1) / view.scale, view.centreY + ((y / size) * 2 - 1) / view.scale];
}

function spreadPapers(positions: Float32Array, { centreX, centreY, scale }: DensityView, size: number): Float32Array {
  const counts = new Float32Array(size * size);
  for (let at = 0; at < positions.length; at += 2) {
    const x = (((positions[at] - centreX) * scale + 1) / 2) * size - 0.5;
    const y = (((positions[at + 1] - centreY) * scale + 1) / 2) * size - 0.5;
    const [column, row] = [Math.trunc(x), Math.trunc(y)];
    if (!(x >= 0 && y >= 0 && column < size - 1 && row < size - 1)) continue;
    const [right, up] = [x - column, y - row];
    const from = row * size + column;
    counts[from] += (1 - right) * (1 - up);
    counts[from + 1] += right * (1 - up);
    counts[from + size] += (1 - right) * up;
    counts[from + size + 1] += right * up;
  }
  return counts;
}

function gaussian(sigma: number): Float32Array {
  const reach = Math.ceil(4 * sigma);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((a, b) => a + b);
  return Float32Array.from(weights, (weight) => weight / sum);
}

function blurTransposed(from: Float32Array, size: number, kernel: Float32Array): Float32Array {
  const reach = kernel.length >> 1;
  const to = new Float32Array(from.length);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const value = from[row * size + column];
      if (value === 0) continue;
      const last = Math.min(size - 1, column + reach);
      for (let at = Math.max(0, column - reach); at <= last; at++) {
        to[at * size + row] += value * kernel[at - column + reach];
      }
    }
  }
  return to;
}

/** Half precision has 10 bits after the leading one and no normal number below 2^−14. */
function roundToHalf(values: Float32Array): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < values.length; i++) {
    bits[i] = values[i] < 2 ** -14 ? 0 : (bits[i] + 0xfff + ((bits[i] >> 13) & 1)) & ~0x1fff;
  }
}

function middle(values: Float32Array): number {
  const sorted = values.toSorted();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Of a sample, as databases have it. */
function deviation(values: Float32Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

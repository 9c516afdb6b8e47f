// AssemblyScript, compiled by src/command/build-wasm.mjs; what each kernel does and in which order it adds is said in
// ../kernels.ts, and ../plain-kernels.ts is its twin, byte for byte. No relaxed SIMD: its last bit differs.

export { epoch } from './epoch.as';

/** Makes room for `bytes` from 0 on. False when there is not so much memory. */
export function reserve(bytes: f64): bool {
  const pages = i32(Math.ceil(bytes / 65536));
  const missing = pages - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

const DOT_CHUNK: i32 = 64;

export function dotTiles(a: usize, aBlocks: i32, b: usize, bBlocks: i32, cols: i32, out: usize): void {
  const blockBytes = <usize>cols * 32;
  const rowBytes = <usize>bBlocks * 32;
  for (let bb = 0; bb < bBlocks; bb++) {
    const right = b + <usize>bb * blockBytes;
    const blocks = a == b ? min(aBlocks, bb + 1) : aBlocks;
    for (let half = 0; half < blocks * 2; half++) {
      const left = a + <usize>(half >> 1) * blockBytes + <usize>(half & 1) * 16;
      dotFourByEight(left, right, cols, out + <usize>half * 4 * rowBytes + <usize>bb * 32, rowBytes);
    }
  }
}

function dotFourByEight(a: usize, b: usize, cols: i32, out: usize, rowBytes: usize): void {
  const zero = f32x4.splat(0);
  let t0 = zero, t1 = zero, t2 = zero, t3 = zero, t4 = zero, t5 = zero, t6 = zero, t7 = zero;
  let j = 0;
  while (j < cols) {
    const end = min(cols, j + DOT_CHUNK);
    let s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero;
    for (; j < end; j++) {
      const y0 = v128.load(b);
      const y1 = v128.load(b, 16);
      const x0 = v128.load_splat<f32>(a);
      s0 = f32x4.add(s0, f32x4.mul(x0, y0));
      s1 = f32x4.add(s1, f32x4.mul(x0, y1));
      const x1 = v128.load_splat<f32>(a, 4);
      s2 = f32x4.add(s2, f32x4.mul(x1, y0));
      s3 = f32x4.add(s3, f32x4.mul(x1, y1));
      const x2 = v128.load_splat<f32>(a, 8);
      s4 = f32x4.add(s4, f32x4.mul(x2, y0));
      s5 = f32x4.add(s5, f32x4.mul(x2, y1));
      const x3 = v128.load_splat<f32>(a, 12);
      s6 = f32x4.add(s6, f32x4.mul(x3, y0));
      s7 = f32x4.add(s7, f32x4.mul(x3, y1));
      a += 32;
      b += 32;
    }
    t0 = f32x4.add(t0, s0);
    t1 = f32x4.add(t1, s1);
    t2 = f32x4.add(t2, s2);
    t3 = f32x4.add(t3, s3);
    t4 = f32x4.add(t4, s4);
    t5 = f32x4.add(t5, s5);
    t6 = f32x4.add(t6, s6);
    t7 = f32x4.add(t7, s7);
  }
  v128.store(out, t0);
  v128.store(out, t1, 16);
  out += rowBytes;
  v128.store(out, t2);
  v128.store(out, t3, 16);
  out += rowBytes;
  v128.store(out, t4);
  v128.store(out, t5, 16);
  out += rowBytes;
  v128.store(out, t6);
  v128.store(out, t7, 16);
}

export function packRows(rows: usize, cols: i32, list: usize, count: i32, out: usize): void {
  const rowBytes = <usize>cols * 4;
  for (let r = 0; r < count; r += 8) {
    for (let half = r; half < r + 8; half += 4) {
      packFour(rows, rowBytes, list, half, count, out + <usize>(half - r) * 4);
    }
    out += rowBytes * 8;
  }
}

/** Four rows become a strip of four floats in each eight; places beyond the end of the list become 0. */
function packFour(rows: usize, rowBytes: usize, list: usize, first: i32, count: i32, out: usize): void {
  const p0 = rowAt(rows, rowBytes, list, first, count);
  const p1 = rowAt(rows, rowBytes, list, first + 1, count);
  const p2 = rowAt(rows, rowBytes, list, first + 2, count);
  const p3 = rowAt(rows, rowBytes, list, first + 3, count);
  const zero = f32x4.splat(0);
  const has1 = first + 1 < count;
  const has2 = first + 2 < count;
  const has3 = first + 3 < count;
  if (first >= count) {
    for (let at: usize = 0; at < rowBytes; at += 4) v128.store(out + at * 8, zero);
    return;
  }
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const r0 = v128.load(p0 + at);
    const r1 = has1 ? v128.load(p1 + at) : zero;
    const r2 = has2 ? v128.load(p2 + at) : zero;
    const r3 = has3 ? v128.load(p3 + at) : zero;
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    const to = out + at * 8;
    v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 64);
    v128.store(to, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 96);
  }
}

function rowAt(rows: usize, rowBytes: usize, list: usize, r: i32, count: i32): usize {
  return r < count ? rows + <usize>load<u32>(list + (<usize>r << 2)) * rowBytes : rows;
}

export function dotRows(rows: usize, cols: i32, list: usize, count: i32, width: i32, vector: usize, out: usize): void {
  const rowBytes = <usize>cols * 4;
  const end = <usize>width * 4;
  for (let r = 0; r < count; r++) {
    const row = rowAt(rows, rowBytes, list, r, count);
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    for (let at: usize = 0; at < end; at += 32) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(row + at), v128.load(vector + at)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(row + at, 16), v128.load(vector + at, 16)));
    }
    const s = f32x4.add(s0, s1);
    const low = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1);
    const high = f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3);
    store<f32>(out + (<usize>r << 2), low + high);
  }
}

export function nearPairs(tile: usize): i32 {
  const products: usize = load<u32>(tile);
  const width: usize = <usize>load<u32>(tile, 4) << 2;
  const rows = load<i32>(tile, 8);
  const count = load<i32>(tile, 12);
  const limits: usize = load<u32>(tile, 16);
  const others: usize = load<u32>(tile, 20);
  const squares: usize = load<u32>(tile, 24);
  const otherSquares: usize = load<u32>(tile, 28);
  const beyond = load<i32>(tile, 32);
  const from: usize = load<u32>(tile, 36);
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  let to = from;
  for (let p = 0; p < rows; p++) {
    const first = max(0, p + beyond + 1);
    const row = products + <usize>p * width;
    const limit = v128.load_splat<f32>(limits + (<usize>p << 2));
    const square = squares > 0 ? v128.load_splat<f32>(squares + (<usize>p << 2)) : zero;
    for (let q = first & ~3; q < count; q += 4) {
      const at = <usize>q << 2;
      const product = v128.load(row + at);
      const distance =
        squares > 0
          ? f32x4.pmax(zero, f32x4.sub(f32x4.add(square, v128.load(otherSquares + at)), f32x4.mul(two, product)))
          : f32x4.pmax(zero, f32x4.pmin(two, f32x4.sub(one, product)));
      let near = i32x4.bitmask(f32x4.le(distance, f32x4.pmax(limit, v128.load(others + at))));
      if (q < first) near &= -1 << (first - q);
      if (q + 4 > count) near &= (1 << (count - q)) - 1;
      while (near != 0) {
        store<u32>(to, (p << 16) | (q + ctz(near)));
        to += 4;
        near &= near - 1;
      }
    }
  }
  return i32((to - from) >> 2);
}

// AssemblyScript, compiled by src/command/build-wasm.mjs; what each kernel does and in which order it adds is said in
// ../kernels.ts, and ../plain-kernels.ts is its twin, byte for byte. No relaxed SIMD: its last bit differs.

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
    for (let half = 0; half < aBlocks * 2; half++) {
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

export function dotBytes(rows: usize, cols: i32, list: usize, fresh: i32, count: i32, out: usize): void {
  const width = (count + 3) & ~3;
  for (let p = 0; p < fresh; p++) {
    const one = byteRow(rows, cols, list, p);
    for (let q = 0; q < width; q += 4) {
      dotOneByFour(one, rows, cols, list, q, out + (<usize>(p * width + q) << 2));
    }
  }
}

function byteRow(rows: usize, cols: i32, list: usize, r: i32): usize {
  return rows + <usize>load<u32>(list + (<usize>r << 2)) * <usize>cols;
}

/** Eight products of int8 widened to int16, added in pairs: whole numbers, so in whatever order. */
function dotOneByFour(one: usize, rows: usize, cols: i32, list: usize, q: i32, out: usize): void {
  const b0 = byteRow(rows, cols, list, q);
  const b1 = byteRow(rows, cols, list, q + 1);
  const b2 = byteRow(rows, cols, list, q + 2);
  const b3 = byteRow(rows, cols, list, q + 3);
  const zero = i32x4.splat(0);
  let s0 = zero, s1 = zero, s2 = zero, s3 = zero;
  for (let j: usize = 0; j < <usize>cols; j += 8) {
    const x = v128.load_ext<i8>(one + j);
    s0 = i32x4.add(s0, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(b0 + j)));
    s1 = i32x4.add(s1, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(b1 + j)));
    s2 = i32x4.add(s2, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(b2 + j)));
    s3 = i32x4.add(s3, i32x4.dot_i16x8_s(x, v128.load_ext<i8>(b3 + j)));
  }
  // Four sums of four lanes each, turned so that the lanes are added at once.
  const low01 = v128.shuffle<i32>(s0, s1, 0, 4, 1, 5);
  const low23 = v128.shuffle<i32>(s2, s3, 0, 4, 1, 5);
  const high01 = v128.shuffle<i32>(s0, s1, 2, 6, 3, 7);
  const high23 = v128.shuffle<i32>(s2, s3, 2, 6, 3, 7);
  const lanes01 = i32x4.add(v128.shuffle<i32>(low01, low23, 0, 1, 4, 5), v128.shuffle<i32>(low01, low23, 2, 3, 6, 7));
  const lanes23 = i32x4.add(v128.shuffle<i32>(high01, high23, 0, 1, 4, 5), v128.shuffle<i32>(high01, high23, 2, 3, 6, 7));
  v128.store(out, i32x4.add(lanes01, lanes23));
}

export function dotRows(rows: usize, cols: i32, list: usize, count: i32, vector: usize, out: usize): void {
  const rowBytes = <usize>cols * 4;
  for (let r = 0; r < count; r++) {
    const row = rowAt(rows, rowBytes, list, r, count);
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    for (let at: usize = 0; at < rowBytes; at += 32) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(row + at), v128.load(vector + at)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(row + at, 16), v128.load(vector + at, 16)));
    }
    const s = f32x4.add(s0, s1);
    const low = f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1);
    const high = f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3);
    store<f32>(out + (<usize>r << 2), low + high);
  }
}

const LEAST_BITS: i32 = (127 - 24) << 23;
const GREATEST_BITS: i32 = LEAST_BITS + (48 << 23) - 1;
const TABLE_BYTES: usize = (48 * 256 + 1) * 4;

// @ts-ignore: decorator of AssemblyScript
@inline
function forceAt(table: usize, s: f32): f32 {
  const bits = min(GREATEST_BITS, max(LEAST_BITS, reinterpret<i32>(s))) - LEAST_BITS;
  const at = table + (<usize>(bits >> 15) << 2);
  const share = f32(bits & 0x7fff) * f32(0.000030517578125);
  const from = load<f32>(at);
  return from + (load<f32>(at, 4) - from) * share;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function pull(force: f32, difference: f32, alpha: f32): f32 {
  return max<f32>(-4, min<f32>(4, force * difference)) * alpha;
}

function densityPull(own: usize, other: usize, s: f32, force: f32, inverseB: f32): f32 {
  const half = f32(0.5) * force;
  const slope = s * half;
  const phi = f32(1) + slope * inverseB;
  const byRadius = load<f32>(own) + load<f32>(other);
  const bySum = load<f32>(own, 4) + load<f32>(other, 4);
  return phi * (byRadius * (f32(1) + slope) - bySum * half);
}

/** The words of `LAYOUT_RECORD`, in order. */
export function epoch(run: usize, from: i32, to: i32, epoch: f32, alpha: f32): void {
  const head: usize = load<u32>(run);
  const tail: usize = load<u32>(run, 4);
  const starts: usize = load<u32>(run, 8);
  const tails: usize = load<u32>(run, 12);
  const interval: usize = load<u32>(run, 16);
  const next: usize = load<u32>(run, 20);
  const nextNegative: usize = load<u32>(run, 24);
  const states: usize = load<u32>(run, 28);
  const table: usize = load<u32>(run, 32);
  const tailCount: u64 = load<u32>(run, 36);
  const movesBoth = load<u32>(run, 40) == 1;
  const rate = load<f32>(run, 44);
  const density: usize = load<u32>(run, 48);
  const inverseB = load<f32>(run, 52);
  const repulsion = table + TABLE_BYTES;
  for (let i = from; i < to; i++) {
    const own = head + (<usize>i << 3);
    let x = load<f32>(own);
    let y = load<f32>(own, 4);
    let state = load<u32>(states + (<usize>i << 2));
    const end: usize = <usize>load<u32>(starts + (<usize>i << 2), 4) << 2;
    for (let e: usize = <usize>load<u32>(starts + (<usize>i << 2)) << 2; e < end; e += 4) {
      const due = load<f32>(next + e);
      if (due > epoch) continue;
      const at = tail + (<usize>load<u32>(tails + e) << 3);
      const dx = x - load<f32>(at);
      const dy = y - load<f32>(at, 4);
      const s = dx * dx + dy * dy;
      if (s > 0) {
        const force = forceAt(table, s);
        let stepX = pull(force, dx, alpha);
        let stepY = pull(force, dy, alpha);
        if (density > 0) {
          const pair = density + (<usize>load<u32>(tails + e) << 3);
          const more = densityPull(density + (<usize>i << 3), pair, s, force, inverseB) * load<f32>(interval + e);
          stepX += pull(more, dx, alpha);
          stepY += pull(more, dy, alpha);
        }
        x += stepX;
        y += stepY;
        if (movesBoth) {
          store<f32>(at, load<f32>(at) - stepX);
          store<f32>(at, load<f32>(at, 4) - stepY, 4);
        }
      }
      const length = load<f32>(interval + e);
      store<f32>(next + e, due + length);
      const negativeInterval = length / rate;
      const dueNegative = load<f32>(nextNegative + e);
      const count = i32((epoch - dueNegative) / negativeInterval);
      let pushX: f32 = 0;
      let pushY: f32 = 0;
      for (let p = 0; p < count; p++) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        const other = i32((<u64>state * tailCount) >> 32);
        if (movesBoth && other == i) continue;
        const away = tail + (<usize>other << 3);
        const ax = x - load<f32>(away);
        const ay = y - load<f32>(away, 4);
        const far = ax * ax + ay * ay;
        if (far == 0) continue;
        const push = forceAt(repulsion, far);
        pushX += pull(push, ax, alpha);
        pushY += pull(push, ay, alpha);
      }
      x += pushX;
      y += pushY;
      store<f32>(nextNegative + e, dueNegative + f32(max(0, count)) * negativeInterval);
    }
    store<f32>(own, x);
    store<f32>(own, y, 4);
    store<u32>(states + (<usize>i << 2), state);
  }
}

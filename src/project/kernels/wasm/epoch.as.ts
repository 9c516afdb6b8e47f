// The part of kernels.as.ts that moves a layout; its twin stands in ../plain-kernels.ts.

/** Negative samples that a row collects before they push; `PUSHES` of plain-kernels.ts. */
const PUSHES: i32 = 16;

const MIN_BITS: i32 = (127 - 24) << 23;
const MAX_BITS: i32 = MIN_BITS + (48 << 23) - 1;
const TABLE_BYTES: usize = (48 * 256 + 1) * 4;

// @ts-ignore: decorator of AssemblyScript
@inline
function forceAt(table: usize, s: f32): f32 {
  const bits = min(MAX_BITS, max(MIN_BITS, reinterpret<i32>(s))) - MIN_BITS;
  const at = table + (<usize>(bits >> 15) << 2);
  const share = f32(bits & 0x7fff) * f32(0.000030517578125);
  const from = load<f32>(at);
  return from + (load<f32>(at, 4) - from) * share;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function forcesAt(table: usize, s: v128): v128 {
  const smallest = i32x4.splat(MIN_BITS);
  const bits = i32x4.sub(i32x4.min_s(i32x4.splat(MAX_BITS), i32x4.max_s(smallest, s)), smallest);
  const at = i32x4.shl(i32x4.shr_u(bits, 15), 2);
  const share = f32x4.mul(
    f32x4.convert_i32x4_s(v128.and(bits, i32x4.splat(0x7fff))),
    f32x4.splat(f32(0.000030517578125)),
  );
  let low = v128.load64_zero(table + <usize>i32x4.extract_lane(at, 0));
  let high = v128.load64_zero(table + <usize>i32x4.extract_lane(at, 2));
  low = v128.load_lane<u64>(table + <usize>i32x4.extract_lane(at, 1), low, 1);
  high = v128.load_lane<u64>(table + <usize>i32x4.extract_lane(at, 3), high, 1);
  const from = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
  const to = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
  return f32x4.add(from, f32x4.mul(f32x4.sub(to, from), share));
}

// @ts-ignore: decorator of AssemblyScript
@inline
function held(force: v128, difference: v128): v128 {
  return f32x4.pmax(f32x4.splat(-4), f32x4.pmin(f32x4.splat(4), f32x4.mul(force, difference)));
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
  const states: usize = load<u32>(run, 24);
  const table: usize = load<u32>(run, 28);
  const tailCount = i32x4.splat(load<i32>(run, 32));
  const movesBoth = load<u32>(run, 36) == 1;
  const rate = load<f32>(run, 40);
  const density: usize = load<u32>(run, 44);
  const inverseB = load<f32>(run, 48);
  const repulsion = table + TABLE_BYTES;
  const step = f32x4.splat(alpha);
  const lanes = i32x4(0, 1, 2, 3);
  let s0 = v128.load(states);
  let s1 = v128.load(states, 16);
  let s2 = v128.load(states, 32);
  let s3 = v128.load(states, 48);
  for (let i = from; i < to; i++) {
    const own = head + (<usize>i << 3);
    let place = v128.load64_zero(own);
    let pushes = 0;
    const end: usize = <usize>load<u32>(starts + (<usize>i << 2), 4) << 2;
    const self = i32x4.splat(movesBoth ? i : -1);
    for (let e: usize = <usize>load<u32>(starts + (<usize>i << 2)) << 2; e <= end; e += 4) {
      if (e < end) {
        const due = load<f32>(next + e);
        if (due > epoch) continue;
        const at = tail + (<usize>load<u32>(tails + e) << 3);
        const there = v128.load64_zero(at);
        const difference = f32x4.sub(place, there);
        const square = f32x4.mul(difference, difference);
        const s = f32x4.extract_lane(square, 0) + f32x4.extract_lane(square, 1);
        const force = forceAt(table, s);
        const length = load<f32>(interval + e);
        let move = f32x4.mul(held(f32x4.splat(force), difference), step);
        if (density > 0) {
          const pair = density + (<usize>load<u32>(tails + e) << 3);
          const more = densityPull(density + (<usize>i << 3), pair, s, force, inverseB) * length;
          move = f32x4.add(move, f32x4.mul(held(f32x4.splat(more), difference), step));
        }
        place = f32x4.add(place, move);
        if (movesBoth) v128.store_lane<u64>(at, f32x4.sub(there, move), 0);
        store<f32>(next + e, due + length);
        const often = rate / length;
        pushes += max(1, i32(epoch * often)) - max(1, i32(ceil<f32>(due - length) * often));
        if (pushes < PUSHES) continue;
      }
      const rest = e < end ? 7 : 0;
      for (; pushes > rest; pushes -= 8) {
        const left = pushes;
        let pushX = f32x4.splat(0);
        let pushY = f32x4.splat(0);
        const x = v128.shuffle<f32>(place, place, 0, 0, 0, 0);
        const y = v128.shuffle<f32>(place, place, 1, 1, 1, 1);
        for (let half = 0; half < 8; half += 4) {
          const mixed = v128.xor(s0, i32x4.shl(s0, 11));
          s0 = s1;
          s1 = s2;
          s2 = s3;
          s3 = v128.xor(v128.xor(s3, i32x4.shr_u(s3, 19)), v128.xor(mixed, i32x4.shr_u(mixed, 8)));
          const others = v128.shuffle<i32>(
            i64x2.extmul_low_i32x4_u(s3, tailCount),
            i64x2.extmul_high_i32x4_u(s3, tailCount),
            1,
            3,
            5,
            7,
          );
          const counts = v128.andnot(i32x4.lt_s(lanes, i32x4.splat(left - half)), i32x4.eq(others, self));
          const at = i32x4.shl(others, 3);
          let low = v128.load64_zero(tail + <usize>i32x4.extract_lane(at, 0));
          let high = v128.load64_zero(tail + <usize>i32x4.extract_lane(at, 2));
          low = v128.load_lane<u64>(tail + <usize>i32x4.extract_lane(at, 1), low, 1);
          high = v128.load_lane<u64>(tail + <usize>i32x4.extract_lane(at, 3), high, 1);
          const ax = f32x4.sub(x, v128.shuffle<f32>(low, high, 0, 2, 4, 6));
          const ay = f32x4.sub(y, v128.shuffle<f32>(low, high, 1, 3, 5, 7));
          const force = forcesAt(repulsion, f32x4.add(f32x4.mul(ax, ax), f32x4.mul(ay, ay)));
          pushX = f32x4.add(pushX, v128.and(counts, held(force, ax)));
          pushY = f32x4.add(pushY, v128.and(counts, held(force, ay)));
        }
        const sums = f32x4.add(
          v128.shuffle<f32>(pushX, pushY, 0, 1, 4, 5),
          v128.shuffle<f32>(pushX, pushY, 2, 3, 6, 7),
        );
        const push = f32x4.add(v128.shuffle<f32>(sums, sums, 0, 2, 0, 2), v128.shuffle<f32>(sums, sums, 1, 3, 1, 3));
        place = f32x4.add(place, f32x4.mul(push, step));
      }
    }
    v128.store_lane<u64>(own, place, 0);
  }
  v128.store(states, s0);
  v128.store(states, s1, 16);
  v128.store(states, s2, 32);
  v128.store(states, s3, 48);
}

import { describe, expect, it } from 'vitest';
import { type LevelOfDetail, MIN_DRAWN, makeLevelOfDetail } from './level-of-detail.ts';

const MILLION = 1_000_000;

/** Draws `frames` pictures with a fixed time for a picture and a time for each paper. Returns the last share. */
function drive(detail: LevelOfDetail, frames: number, { fixedMs = 8, perMillionMs = 0 }): number {
  for (let frame = 0; frame < frames; frame++) detail.tell(fixedMs + perMillionMs * detail.shareOf(MILLION));
  return detail.shareOf(MILLION);
}

describe('level of detail', () => {
  it('draws all papers where that is fast, and always so many at least', () => {
    const detail = makeLevelOfDetail();
    expect(drive(detail, 500, { perMillionMs: 8 })).toBe(1);
    expect(drive(makeLevelOfDetail(), 500, { perMillionMs: 1e6 })).toBe(MIN_DRAWN / MILLION);
    expect(makeLevelOfDetail().shareOf(0)).toBe(1);
    const slow = makeLevelOfDetail();
    drive(slow, 100, { perMillionMs: 300 });
    expect(slow.shareOf(MIN_DRAWN)).toBe(1);
  });

  it('cuts until frames are no longer slow, and no further', () => {
    const share = drive(makeLevelOfDetail(), 200, { perMillionMs: 300 });
    expect(8 + 300 * share).toBeLessThan(40);
    expect(8 + 300 * share).toBeGreaterThan(15);
  });

  it('does nothing for one slow frame, or two', () => {
    const detail = makeLevelOfDetail();
    for (let round = 0; round < 50; round++) for (const ms of [300, 300, 16]) detail.tell(ms);
    expect(detail.shareOf(MILLION)).toBe(1);
  });

  it('keeps what it has learnt for the next motion, and takes more when frames get fast', () => {
    const detail = makeLevelOfDetail();
    const learnt = drive(detail, 100, { perMillionMs: 300 });
    detail.rest();
    expect(detail.shareOf(MILLION)).toBe(learnt);
    expect(drive(detail, 1000, { perMillionMs: 5 })).toBe(1);
  });

  it('draws all again where fewer papers do not help, until the motion ends', () => {
    const detail = makeLevelOfDetail();
    expect(drive(detail, 300, { fixedMs: 90, perMillionMs: 5 })).toBe(1);
    detail.rest();
    expect(drive(detail, 200, { perMillionMs: 300 })).toBeLessThan(0.2);
  });

  it('comes back ever more rarely when more papers are slow again', () => {
    const detail = makeLevelOfDetail();
    let changes = 0;
    let last = drive(detail, 60, { fixedMs: 2, perMillionMs: 300 });
    const changesIn = (frames: number) => {
      changes = 0;
      for (let frame = 0; frame < frames; frame++) {
        // Fast below 6 %, slow above it: every share is one or the other.
        detail.tell(detail.shareOf(MILLION) < 0.06 ? 10 : 60);
        if (detail.shareOf(MILLION) !== last) changes++;
        last = detail.shareOf(MILLION);
      }
      return changes;
    };
    const early = changesIn(500);
    changesIn(2000);
    expect(changesIn(500)).toBeLessThan(early / 2);
  });
});

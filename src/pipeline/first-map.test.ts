import { describe, expect, it } from 'vitest';
import { beginFirstMap, type Places } from './first-map.ts';
import { corpus, makeOutliner, makeProjector, silent, soon, topicDrafter } from './fixtures/build-lab.ts';

/** The previews of a layout at these shares of its epochs, after a picture by words (or none). */
async function picturesOf(words: Float32Array | null, layouts: readonly (readonly [Float32Array, number])[]) {
  const pictures: Places[] = [];
  const tools = { outliner: makeOutliner({ count: 0 }, words), projector: makeProjector(), topicDrafter, after: soon };
  const watch = { ...silent, onPlaces: (places: Places) => pictures.push(places) };
  const first = beginFirstMap(corpus, 1, tools, watch);
  await first.outline;
  for (const [positions, share] of layouts) first.layingOut(positions, share);
  first.stop();
  return pictures;
}

describe('the first map on its way to the layout', () => {
  it('begins where the words stand once they have settled, goes straight, and is the layout after two fifths of it', async () => {
    const [from, to] = [Float32Array.of(0, 2, -1, 1), Float32Array.of(4, 2, 1, -3)];
    const shares = [0, 0.1, 0.4, 1];
    const pictures = await picturesOf(
      from,
      shares.map((share) => [to, share]),
    );
    expect(pictures.map(({ positions }) => positions)).toEqual([
      from,
      from,
      from,
      Float32Array.of(1, 2, -0.5, 0),
      to,
      to,
    ]);
    expect(pictures.map(({ by }) => by)).toEqual(['words', 'words', 'meaning', 'meaning', 'meaning', 'meaning']);
  });

  it('leaves a paper where it stands when only one picture has it', async () => {
    const from = Float32Array.of(Number.NaN, Number.NaN, 1, 1, Number.NaN, Number.NaN);
    const to = Float32Array.of(3, 4, Number.NaN, Number.NaN, Number.NaN, Number.NaN);
    const pictures = await picturesOf(from, [[to, 0.2]]);
    expect(pictures.at(-1)?.positions).toEqual(Float32Array.of(3, 4, 1, 1, Number.NaN, Number.NaN));
  });

  it('is the layout at once where the texts share no words', async () => {
    const to = Float32Array.of(4, 2, 1, -3);
    const pictures = await picturesOf(null, [[to, 0]]);
    expect(pictures.map(({ positions }) => positions)).toEqual([to]);
  });
});

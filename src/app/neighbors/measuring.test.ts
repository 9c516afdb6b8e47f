import { describe, expect, it } from 'vitest';
import { matrix, quantizeRows } from '../../model/matrix.ts';
import type { MapMeasures } from '../../project/measure/measure-map.ts';
import { corpusOf, mapOf } from '../fixtures/app-lab.ts';
import { wholeApp } from '../fixtures/whole-app.ts';
import { keptShares, makeMeasuring, measuresOf } from './measuring.ts';

const N = 30;
const vectors = quantizeRows(
  matrix(
    Float32Array.from({ length: N * 4 }, (_, i) => Math.sin(i * i)),
    N,
    4,
  ),
);
const indices = Int32Array.from({ length: 15 * N }, (_, i) => (Math.floor(i / 15) + 1 + (i % 15)) % N);
const map = {
  ...mapOf(corpusOf(N)),
  embedding: vectors,
  neighbors: { k: 15, indices, distances: new Float32Array(15 * N) },
};

function lab(measure?: () => Promise<MapMeasures>) {
  const app = wholeApp();
  app.show(map);
  let asked = 0;
  const analyst = {
    measure: (of: Parameters<typeof app.workers.analyst.measure>[0]) => {
      asked++;
      return measure ? measure() : app.workers.analyst.measure(of);
    },
  };
  return { ...app, measureShownMap: makeMeasuring(app.store, analyst), asked: () => asked };
}

describe('the measures of a map', () => {
  it('are there once they were asked for, once, and tell where the map can be trusted', async () => {
    const { store, measureShownMap, asked } = lab();
    expect([measuresOf(store.get()), keptShares(store.get())]).toEqual([null, null]);
    await Promise.all([measureShownMap(), measureShownMap()]);
    const shares = keptShares(store.get());
    expect(shares).toHaveLength(N);
    expect(shares?.every((share) => share >= 0 && share <= 1)).toBe(true);
    await measureShownMap();
    expect(asked()).toBe(1);
  });

  it('are still those of the map when it gets its topics', async () => {
    const { store, measureShownMap } = lab();
    await measureShownMap();
    const { shown } = store.get();
    store.set({ shown: shown && { ...shown, map: { ...map, summaries: null } } });
    expect(measuresOf(store.get())).not.toBeNull();
  });

  it('are not those of another map, nor shown where it has come meanwhile', async () => {
    const { store, measureShownMap, show } = lab();
    const measured = measureShownMap();
    show(mapOf(corpusOf(5)));
    await measured;
    expect([store.get().measured, measuresOf(store.get())]).toEqual([null, null]);
  });

  it('that fail are told of, and asked for again the next time', async () => {
    const { store, measureShownMap, asked } = lab(() => Promise.reject(new Error('no memory')));
    await measureShownMap();
    await measureShownMap();
    expect(asked()).toBe(2);
    const told = store.get().notices.map(({ details, times }) => [details, times]);
    expect(told).toEqual([['project/internal: Error: no memory', 2]]);
  });
});

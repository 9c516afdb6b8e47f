import { bench, describe } from 'vitest';
import { makeRandom } from '../math/random.ts';
import { brushOf, dragBrush } from './brush.ts';
import { columnFacet } from './column-facet.ts';
import { makeCrossFilter } from './cross-filter.ts';
import type { Facet, RangeFacet } from './facet.ts';
import { writeMask } from './filter.ts';
import { numberFacet } from './number-facet.ts';

const HISTOGRAMS = 12;

function facets(n: number): { readonly brushed: RangeFacet; readonly others: readonly Facet[] } {
  const random = makeRandom(1);
  const column = (): number[] => Array.from({ length: n }, () => 1000 * random());
  const others = Array.from({ length: HISTOGRAMS }, () => numberFacet(column()));
  return { brushed: numberFacet(column()), others };
}

for (const n of [100_000, 1_000_000]) {
  const { brushed, others } = facets(n);
  const words = Array.from({ length: n }, (_, i) => `word ${(i * 7919) % 300}`);
  describe(`${n} papers, ${HISTOGRAMS} histograms`, () => {
    const crossFilter = makeCrossFilter(n);
    const mask = new Uint8Array(n);
    crossFilter.watch(0, brushed.bins, brushed.size);
    others.forEach((facet, i) => void crossFilter.watch(i + 1, facet.bins, facet.size));
    let brush = { from: 4, to: 16 };
    let step = 1;
    const set = (): void => {
      writeMask(
        brushed,
        {
          kind: 'ranges',
          ranges: [{ from: brushed.edges[brush.from], to: brushed.edges[brush.to] }],
          keepsMissing: false,
        },
        mask,
      );
      crossFilter.setMask(0, mask);
    };
    bench('a brush moves by a bar', () => {
      const next = dragBrush(brush, 'whole', 0, step, brushed.size);
      if (next.from === brush.from) step = -step;
      brush = dragBrush(brush, 'whole', 0, step, brushed.size);
      set();
    });
    bench('a brush jumps to other papers altogether', () => {
      brush = brushOf(brushed, { from: brush.from === 0 ? 500 : 0, to: brush.from === 0 ? 999 : 499 }) ?? brush;
      set();
    });
    bench('a column becomes a facet', () => void columnFacet(words), { time: 300 });
  });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRandom } from '../../math/random.ts';
import { decodeMapFile } from '../../model/map-file/decode-map-file.ts';
import { topicView } from '../../model/topic-view.ts';
import type { Topic, TopicTree } from '../../model/topics.ts';
import { nearBounds } from '../../render/viewport.ts';
import { type Composed, composeSheet } from './compose.ts';
import type { SheetContent, SheetLook } from './content.ts';
import { countOverlaps } from './fixtures/overlaps.ts';
import { minCostMatching } from './min-cost-matching.ts';
import { sheetSvg } from './paint-svg.ts';
import type { SheetMark, SheetShape, TextMark } from './sheet.ts';

const NONE = { texts: 0, cut: 0, crossed: 0, lines: 0 };
const SHAPES: readonly SheetShape[] = ['wide', 'square', 'a4-landscape', 'a4-portrait'];

const LOOK: SheetLook = {
  shape: 'wide',
  names: 'more',
  background: '#ffffff',
  isTransparent: false,
  ink: '#000000',
  quietInk: '#444444',
  // Wider than most fonts are.
  widthOf: (text, font) => 0.6 * Number.parseFloat(/([\d.]+)px/u.exec(font)?.[1] ?? '') * Array.from(text).length,
};

const WORDS = 'learning of sequence models under shift, robust estimation and the graphs of a cell in space'.split(' ');

/** Topics that share the papers in turn around centres; `tops` of them coarse, each with two parts. */
function clumps(seed: number, tops: number, spread: number): SheetContent {
  const random = makeRandom(seed);
  const perTop = 30;
  const n = tops * perTop;
  const centres = Array.from({ length: tops }, () => [1.8 * random() - 0.9, 1.8 * random() - 0.9]);
  const positions = Float32Array.from({ length: 2 * n }, (_, at) => {
    const top = Math.floor(at / 2 / perTop);
    return centres[top][at % 2] + spread * (random() + random() - 1);
  });
  const nameOf = (id: number): string =>
    Array.from({ length: 1 + Math.floor(5 * random()) }, (_, i) => WORDS[(id + 3 * i) % WORDS.length]).join(' ');
  const topic = (id: number, level: number, parent: number, densest: number): Topic => {
    const name = nameOf(id);
    return { id, level, parent, phrases: [name], terms: [], densest, hue: id % 10 } as unknown as Topic; // Only what is read here.
  };
  const topics = Array.from({ length: tops }, (_, i) => topic(i, 0, -1, i * perTop));
  const parts = Array.from({ length: 2 * tops }, (_, i) =>
    topic(tops + i, 1, i >> 1, (i >> 1) * perTop + 15 * (i % 2)),
  );
  const paths = Int32Array.from({ length: 2 * n }, (_, at) => {
    const paper = at >> 1;
    const top = Math.floor(paper / perTop);
    return at % 2 === 0 ? top : tops + 2 * top + (paper % perTop < 15 ? 0 : 1);
  });
  const nearest = Int32Array.from({ length: n }, (_, i) => Math.floor(i / perTop));
  const edits = { names: {}, merged: {}, hidden: [] };
  const tree = { levels: 2, topics: [...topics, ...parts], paths, nearest, edits } as unknown as TopicTree;
  return contentOf(positions, tree);
}

function contentOf(positions: Float32Array, tree: TopicTree | null): SheetContent {
  return {
    title: 'Texts of many kinds, near where their meaning is alike',
    subtitle: 'a subtitle',
    source: 'where they are from',
    positions,
    rgb: new Uint8Array((positions.length / 2) * 3).fill(80),
    isDimmed: () => false,
    contours: [],
    legend: Array.from({ length: 14 }, (_, i) => ({
      label: `value ${i} of the column`,
      color: '#123456',
      count: 1000 * i,
      kind: 'category',
    })),
    legendTitle: 'A column',
    topics: tree && topicView(tree),
    colorOfTopic: () => '#ff0000',
    pin: null,
    bounds: nearBounds(positions),
  };
}

/** The sample, and synthetic maps with few and many topics, apart and on top of each other. */
async function tenMaps(): Promise<SheetContent[]> {
  const file = readFileSync(join(import.meta.dirname, '../../../public/data/sample.parquet'));
  const sample = await decodeMapFile(new Uint8Array(file).buffer);
  const synthetic = [2, 5, 9, 13, 18, 24].map((tops, i) => clumps(i, tops, 0.15));
  const onePlace = [6, 12, 40].map((tops, i) => clumps(90 + i, tops, 1));
  return [contentOf(sample.positions, sample.topics), ...synthetic, ...onePlace];
}

function texts({ sheet }: Composed): TextMark[] {
  return sheet.marks.filter((mark): mark is TextMark => mark.kind === 'text');
}

describe('the names of a picture', () => {
  it('overlap nothing, are cut by nothing and crossed by no line, on ten maps in every shape', async () => {
    const maps = await tenMaps();
    expect(maps).toHaveLength(10);
    for (const content of maps) {
      for (const shape of SHAPES) {
        const composed = composeSheet(content, { ...LOOK, shape });
        expect(countOverlaps(composed.sheet)).toEqual(NONE);
        const tops = content.topics?.tops.length ?? 0;
        const names = texts(composed).filter(({ halo }) => halo !== null);
        expect(names.length).toBeGreaterThanOrEqual(Math.min(tops - composed.unnamed.length, 1));
      }
    }
  }, 60_000);

  it('are all there, on the map or beside it, as long as there is room', () => {
    for (const shape of SHAPES) {
      const composed = composeSheet(clumps(7, 12, 0.8), { ...LOOK, names: 'top', shape });
      expect(composed.unnamed).toEqual([]);
      expect(composed.sheet.marks.some((mark) => mark.kind === 'line' && mark.role === 'leader')).toBe(true);
    }
  });

  it('that have no room are told', () => {
    const { unnamed, sheet } = composeSheet(clumps(3, 90, 1), { ...LOOK, names: 'top' });
    expect(unnamed.length).toBeGreaterThan(0);
    expect(countOverlaps(sheet)).toEqual(NONE);
  });

  it('are the same each time', () => {
    const content = clumps(5, 14, 0.6);
    expect(composeSheet(content, LOOK)).toEqual(composeSheet(content, LOOK));
  });
});

describe('a picture', () => {
  const content = clumps(1, 3, 0.1);

  it('has a dot for each paper in its part of the map, and counts the others', () => {
    const dots = (marks: readonly SheetMark[]): number =>
      marks.reduce((sum, mark) => sum + (mark.kind === 'dots' ? mark.places.length / 2 : 0), 0);
    const whole = composeSheet(content, { ...LOOK, names: 'none' });
    expect(dots(whole.sheet.marks) + whole.outside).toBe(90);
    const { minX, minY } = content.bounds;
    const part = composeSheet(
      { ...content, bounds: { minX, minY, maxX: minX + 0.1, maxY: minY + 0.1 } },
      { ...LOOK, names: 'none' },
    );
    expect(part.outside).toBeGreaterThan(0);
    expect(dots(part.sheet.marks) + part.outside).toBe(90);
  });

  it('shows texts as texts in SVG, with the width that they were measured at', () => {
    const strange = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(strange, (text) => {
        const title = `<script>${text}</script>"><image href="x"/>&\u0000`;
        const { sheet } = composeSheet({ ...content, title, legendTitle: title }, LOOK);
        const svg = sheetSvg(sheet);
        expect(svg.match(/<(?:script|image)/gu)).toBeNull();
        expect(() => encodeURIComponent(svg)).not.toThrow();
      }),
      { numRuns: 100 },
    );
    const svg = sheetSvg(composeSheet(content, LOOK).sheet);
    expect(svg).toContain('textLength=');
    expect(svg).toContain('Georgia, serif');
  });

  it('is transparent if wanted, and has its size on paper', () => {
    const { sheet } = composeSheet(content, { ...LOOK, isTransparent: true, shape: 'a4-portrait' });
    expect(sheet.background).toBeNull();
    const svg = sheetSvg(sheet);
    expect(svg).toContain('width="210mm" height="297mm"');
    expect(svg).not.toContain('fill="#ffffff"/>\n<g clip-path');
  });
});

describe('the cheapest matching', () => {
  it('is what trying all of them finds', () => {
    const cost = fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 5, maxLength: 5 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(cost, (rows) => {
        const best = (row: number, taken: readonly number[]): number =>
          row === rows.length
            ? 0
            : Math.min(
                ...rows[row].flatMap((price, c) => (taken.includes(c) ? [] : [price + best(row + 1, [...taken, c])])),
              );
        const found = minCostMatching(rows.length, 5, (row, column) => rows[row][column]);
        expect(new Set(found).size).toBe(rows.length);
        expect(found.reduce((sum, column, row) => sum + rows[row][column], 0)).toBe(best(0, []));
      }),
      { numRuns: 300 },
    );
  });
});

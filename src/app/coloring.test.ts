import { describe, expect, it } from 'vitest';
import { topicTree } from '../model/map-file/fixtures/topic-tree.ts';
import { colorChoices, colorValues, shownColoring } from './coloring.ts';
import { corpusOf, mapOf } from './fixtures/app-lab.ts';
import { wholeApp } from './fixtures/whole-app.ts';

const N = 10;
const NOTHING = { topics: false, kept: false, drift: false };

function lab() {
  const app = wholeApp();
  const { papers } = corpusOf(N, ['a.csv', 'b.csv']);
  const dated = papers.map((paper, i) => ({ ...paper, date: i < 8 ? `${2010 + i}` : null }));
  const columns = [{ name: 'source', values: [...'xyxyxyxyxy'] }];
  const map = mapOf({ papers: dated, columns }, topicTree(N, 2, 'maps'));
  app.show({ ...map, preservation: Float32Array.from({ length: N }, (_, i) => i / N) });
  const topics = () => app.selectors.topics(app.store.get());
  const values = (choice: string) => colorValues(app.store.get(), topics(), choice);
  const coloring = (colorBy: string) => {
    app.store.set({ colorBy });
    return shownColoring(app.store.get(), topics(), 'light');
  };
  const labels = (colorBy: string) => coloring(colorBy)?.legend.map(({ label, count }) => `${label} ${count}`);
  return { ...app, values, coloring, labels };
}

describe('what papers can be coloured by', () => {
  it('is their file and one colour where nothing else is known', () => {
    const choices = colorChoices({ corpus: corpusOf(3), map: null }, NOTHING);
    expect(choices.map(({ label }) => label)).toEqual(['File', 'One colour']);
  });

  it('is all that there is, columns last, none of which can be taken for anything else', () => {
    const { store } = lab();
    const { shown } = store.get();
    if (!shown) throw new Error('no map');
    const choices = colorChoices(shown, { topics: true, kept: true, drift: true });
    expect(choices.map(({ value }) => value)).toEqual([
      ...['drift', 'topic', 'nearest-topic', 'kept', 'trust', 'source', 'none', 'year', 'column:source'],
    ]);
  });
});

describe('colours and their legend', () => {
  it.each<[string, string[]]>([
    ['source', ['a.csv 5', 'b.csv 5']],
    ['column:source', ['x 5', 'y 5']],
    ['topic', ['Maps 6', 'renamed 2', 'between topics 2']],
    ['nearest-topic', ['Maps 8', 'renamed 2']],
    ['trust', ['0–20 % kept 2', '20–40 % 2', '40–60 % 2', '60–80 % 2', '80–100 % 2']],
  ])('by %s', (choice, legend) => {
    expect(lab().labels(choice)).toEqual(legend);
  });

  it('by kept selections give a paper in several the last one', () => {
    const { labels, store, values } = lab();
    store.set({
      kept: [
        { id: 0, name: 'first', hue: 0, papers: Int32Array.of(1, 2) },
        { id: 1, name: 'second', hue: 1, papers: Int32Array.of(2) },
      ],
    });
    expect(labels('kept')).toEqual(['first 1', 'second 1', 'in none 8']);
    expect(values('kept').slice(0, 3)).toEqual([null, 'first', 'second']);
  });

  it('are one and the same for one colour, and for what is not there', () => {
    const { coloring, values } = lab();
    expect([coloring('none'), coloring('drift')]).toEqual([null, null]);
    expect(new Set(values('column:mood'))).toEqual(new Set(['Papers']));
  });

  it('tell each paper’s value as the legend calls it', () => {
    const { values } = lab();
    expect(values('year')).toEqual([2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, null, null]);
    expect(values('topic').slice(3, 5)).toEqual(['renamed', null]);
    expect(values('nearest-topic').slice(3, 5)).toEqual(['renamed', 'Maps']);
    expect(values('trust')[9]).toBe('80–100 %');
  });

  it('are none without a map', () => {
    const { store } = wholeApp();
    expect(shownColoring(store.get(), null, 'dark')).toBeNull();
    expect(colorValues(store.get(), null, 'source')).toEqual([]);
  });
});
